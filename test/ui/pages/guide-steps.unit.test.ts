import { describe, expect, it } from "vitest";
import { guideSteps } from "../../../ui/pages/editor/webhook/guide-steps";
import { privateHost } from "../../../ui/pages/editor/webhook/reach";
import type { SenderView } from "../../../worker/api/types";
import type { Sender } from "../../../worker/connectors/sender";
import { senderOf } from "../../../worker/connectors/senders";
import { PAGES } from "../../../worker/connectors/senders/pages";

/** Of a sender's view what its steps are made of. */
function viewOf(id: string): SenderView {
	const sender: Sender | null = senderOf(id);
	if (sender === null) throw new Error(`There is no ${id}.`);
	const { secretFirst = false, pasteUrl = [], findSecret = [], finish = [] } = PAGES[id]?.guide ?? {};
	return {
		id,
		name: sender.name,
		secret: sender.secret ?? null,
		options: (sender.options ?? []).map(({ name, required }) => ({ name, required })),
		handshake: (sender.handshakes ?? []).length > 0,
		bringsSecret: (sender.handshakes ?? []).some(({ answer }) => answer.kind === "keepSecret"),
		guide: { secretFirst, pasteUrl, findSecret, finish },
	} as unknown as SenderView;
}

/** Where the first step with these words stands. */
const at = (steps: string[], words: string): number => {
	const place = steps.findIndex((step) => step.includes(words));
	if (place < 0) throw new Error(`No step says “${words}”: ${steps.join(" / ")}`);
	return place;
};

describe("the steps of a guide", () => {
	it.each(["slack", "zoom", "okta", "x", "twitch", "discord", "ebay", "braintree", "meta", "aws-sns", "github", "telegram", "line"])(
		"have the secret of %s entered and saved before the URL is pasted",
		(id) => {
			const steps = guideSteps(viewOf(id), true);
			expect(at(steps, "press Save")).toBeLessThan(at(steps, "{url}"));
			expect(at(steps, "Enter it below")).toBe(at(steps, "press Save"));
		},
	);

	it("have what a sender shows only afterwards entered at the end, and the URL saved first", () => {
		const steps = guideSteps(viewOf("stripe"), false);
		expect(steps[0]).toContain("press Save");
		expect(at(steps, "{url}")).toBeLessThan(at(steps, "Reveal"));
		expect(steps.at(-1)).toBe("Enter it below as “Signing secret”, and press Save, at the top right.");
		expect(guideSteps(viewOf("stripe"), true)[0]).not.toContain("Save");
	});

	it("end where Xero is asked to try the URL, after its key was saved", () => {
		expect(guideSteps(viewOf("xero"), true).at(-1)).toContain("Send Intent to receive");
	});

	it("name what is needed beside the secret, and ask for none that comes by itself", () => {
		expect(guideSteps(viewOf("meta"), true).join()).toContain("as “App secret”, fill in “Verify token”, and press Save");
		expect(guideSteps(viewOf("asana"), true).join()).not.toContain("Enter it below");
	});
});

describe("a URL that other systems cannot reach", () => {
	it("is one of this machine, or of a network of its own", () => {
		for (const host of [
			"localhost:8787",
			"127.0.0.1",
			"10.0.0.7",
			"172.20.0.1",
			"192.168.1.4:80",
			"[::1]:8787",
			"[fd00::1]",
			"mac.local",
			"inlet",
		])
			expect([host, privateHost(`http://${host}/in/0`)]).toEqual([host, host.replace(/:80$/, "")]);
		for (const host of ["inlet.example.com", "172.32.0.1", "8.8.8.8", "[2606:4700::1]", "localhost.example.com", "local.host"])
			expect([host, privateHost(`https://${host}/in/0`)]).toEqual([host, null]);
	});
});
