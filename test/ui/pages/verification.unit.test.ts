import { describe, expect, it } from "vitest";
import { matching } from "../../../ui/components/matching";
import { patchBetween } from "../../../ui/pages/editor/draft";
import { ALIASES } from "../../../ui/pages/editor/sender-aliases";
import { jsonOfSample, senderOptions } from "../../../ui/pages/editor/senders";
import { type Companions, suggestionOf, withList } from "../../../ui/pages/editor/webhook/companions";
import {
	askingHandshake,
	errorOfSecret,
	forSender,
	lostSecrets,
	missingStart,
	type Secret,
	secretsOf,
	type VerificationDraft,
	withOption,
	withSecrets,
} from "../../../ui/pages/editor/webhook/verification";
import type { DeliverySummary, SenderView } from "../../../worker/api/types";
import { SENDERS } from "../../../worker/connectors/senders";

const saved: VerificationDraft = { scheme: "stripe", secrets: { count: 1 } };
const patch = (draft: VerificationDraft): unknown => patchBetween(saved, draft);

describe("the draft of who sends", () => {
	it("says nothing of secrets that were not touched, or that are as they were", () => {
		expect(secretsOf(saved)).toEqual([{ keep: 0 }]);
		const added = withSecrets(saved, [{ keep: 0 }, "new"], saved);
		expect(patch(added)).toEqual({ secrets: [{ keep: 0 }, "new"] });
		expect(patch(withSecrets(added, [{ keep: 0 }], saved))).toBeNull();
	});

	it("replaces, adds and removes secrets by naming those that stay", () => {
		expect(patch(withSecrets(saved, ["new"], saved))).toEqual({ secrets: ["new"] });
		expect(patch(withSecrets(saved, [], saved))).toEqual({ secrets: [] });
		const two: VerificationDraft = { scheme: "stripe", secrets: { count: 2 } };
		expect(patchBetween(two, withSecrets(two, [{ keep: 1 }], two))).toEqual({ secrets: [{ keep: 1 }] });
	});

	it("begins anew with another sender, and is as saved with the first one again", () => {
		const github = forSender("github", saved);
		expect(patch(github)).toEqual({ scheme: "github", secrets: [] });
		expect(patch(withSecrets(github, ["abc"], saved))).toEqual({ scheme: "github", secrets: ["abc"] });
		expect(patch(forSender("none", saved))).toEqual({ scheme: "none", secrets: [] });
		expect(patch(forSender("stripe", saved))).toBeNull();
	});

	it("loses saved secrets to another sender alone", () => {
		expect(lostSecrets(saved, forSender("github", saved))).toEqual({ senderId: "stripe", secrets: 1 });
		expect(lostSecrets(saved, forSender("none", saved))).toEqual({ senderId: "stripe", secrets: 1 });
		expect(lostSecrets(saved, withSecrets(saved, ["new"], saved))).toBeNull();
		expect(lostSecrets({ scheme: "stripe", secrets: { count: 0 } }, forSender("github", saved))).toBeNull();
	});

	it("notices a secret that does not begin as they usually do, once enough of it is typed", () => {
		expect(missingStart("whsec_…", "pk_live_1")).toBe("whsec_");
		for (const text of ["", "wh", "whsec_", "whsec_1", " whsec_1"]) expect([text, missingStart("whsec_…", text)]).toEqual([text, null]);
		for (const words of ["64 signs, 0–9 and a–f", "CBJCHB…", "whsec_… for a signing token", ""])
			expect([words, missingStart(words, "pk_live_1")]).toEqual([words, null]);
	});

	it("has what is wrong with all secrets at the first that can be typed, and what is wrong with one at that one", () => {
		const marks = (field: string, secrets: Secret[]) => [0, 1].map((index) => errorOfSecret(new Map([[field, "no"]]), secrets, index));
		const all = "webhook.verification.secrets";
		expect(marks(all, [{ keep: 0 }, ""])).toEqual([undefined, "no"]);
		expect(marks(all, ["", ""])).toEqual(["no", undefined]);
		expect(marks(all, [])).toEqual(["no", undefined]);
		expect(marks(`${all}.1`, ["", ""])).toEqual([undefined, "no"]);
	});

	it("takes an emptied option away", () => {
		const custom: VerificationDraft = { scheme: "hmac", header: "x-sig" };
		expect(withOption(custom, "header", "")).toEqual({ scheme: "hmac" });
		expect(withOption(custom, "prefix", "v1=")).toEqual({ scheme: "hmac", header: "x-sig", prefix: "v1=" });
	});
});

const sender = (part: Partial<SenderView>): SenderView => ({
	id: "xero",
	name: "Xero",
	kind: "hmac",
	secret: { name: "Key", looksLike: null },
	bringsSecret: false,
	options: [],
	handshake: false,
	duplicates: false,
	duplicateId: [],
	named: false,
	expects: { status: 202, emptyBody: false, withinSeconds: null, retries: null },
	batch: null,
	orderingKeys: [],
	guide: { secretFirst: false, pasteUrl: [], findSecret: [], finish: [] },
	samples: [],
	...part,
});
const webhook = {
	dedupe: { mode: "off" as const, windowSeconds: 60 },
	response: { mode: "accepted" as const, status: 202 as const, body: "json" as const },
	batch: null,
};

describe("what choosing a sender sets beside it", () => {
	it("is its answer and its own id for duplicates, each said", () => {
		const xero = sender({ duplicates: true, expects: { status: 200, emptyBody: true, withinSeconds: 5, retries: null } });
		const { words, response, dedupe } = suggestionOf(xero, webhook);
		expect(words).toHaveLength(3);
		expect(response).toMatchObject({ status: 200, body: "empty" });
		expect(dedupe).toEqual({ mode: "sender", windowSeconds: 60 });
	});

	it("never is a list of events; that of the sender before goes with it, and that of nobody in particular stays", () => {
		const hubspot = sender({ id: "hubspot", name: "HubSpot", batch: { path: "event.body", what: "up to 100 events", duplicateId: [] } });
		const klaviyo = sender({ id: "klaviyo", name: "Klaviyo", batch: { path: "event.body.data", what: "several events", duplicateId: [] } });
		expect(suggestionOf(hubspot, webhook)).toMatchObject({ batch: null, words: [] });

		const batch = { path: "event.body" };
		expect(suggestionOf(klaviyo, { ...webhook, batch }, hubspot)).toMatchObject({
			batch: null,
			words: [expect.stringContaining("HubSpot")],
		});
		expect(suggestionOf(null, { ...webhook, batch }, hubspot)).toMatchObject({ batch: null, words: [expect.stringContaining("HubSpot")] });

		expect(suggestionOf(hubspot, { ...webhook, batch }, hubspot)).toMatchObject({ batch, words: [] });
		expect(suggestionOf(klaviyo, { ...webhook, batch: { path: "event.body.own" } }, hubspot)).toMatchObject({
			batch: { path: "event.body.own" },
			words: [],
		});
	});

	it("recognizes a list's repeated items by their own ids where the list is taken, until another sender is chosen", () => {
		const list = { path: "event.body", what: "up to 100 events", duplicateId: ["event.body.eventId"] };
		const hubspot = sender({ id: "hubspot", name: "HubSpot", batch: list });
		const taken = { ...webhook, ...withList(list, webhook) };
		expect(taken).toMatchObject({ batch: { path: "event.body" }, dedupe: { mode: "sender" } });
		expect(suggestionOf(null, taken, hubspot)).toMatchObject({ batch: null, dedupe: { mode: "off" } });

		const chosen = { ...webhook, dedupe: { mode: "content" as const, windowSeconds: 60 } };
		expect(withList(list, chosen).dedupe, "what a person chose stays").toEqual(chosen.dedupe);
		expect(withList({ ...list, duplicateId: [] }, webhook).dedupe).toEqual(webhook.dedupe);
	});

	describe("goes with that sender again", () => {
		const slack = sender({
			id: "slack",
			name: "Slack",
			duplicates: true,
			expects: { status: 200, emptyBody: true, withinSeconds: 3, retries: null },
		});
		const stripe = sender({ id: "stripe", name: "Stripe", duplicates: true });
		const jwt = sender({ id: "jwt", name: "JSON Web Token" });
		const set: Companions = {
			response: { mode: "accepted", status: 200, body: "empty" },
			dedupe: { mode: "sender", windowSeconds: 60 },
			batch: null,
		};

		it("where anyone may send, or somebody who needs none of it, each said", () => {
			for (const next of [null, jwt]) {
				const { words, own: _, ...back } = suggestionOf(next, set, slack);
				expect(back).toEqual(webhook);
				expect(words).toHaveLength(3);
			}
		});

		it("but for what the next one needs as well", () => {
			const { words, own: _, ...next } = suggestionOf(stripe, set, slack);
			expect(next).toEqual({ ...webhook, dedupe: set.dedupe });
			expect(words).toEqual(["The answer’s status is 202 again.", "The answer has a body again."]);
		});

		it("back to what had been set by hand before", () => {
			const own: Companions = { ...webhook, dedupe: { mode: "header", header: "x-id", windowSeconds: 60 } };
			const { words, ...first } = suggestionOf(slack, own);
			expect(words).toHaveLength(3);
			expect(suggestionOf(null, first, slack, own)).toMatchObject(own);
			const second = suggestionOf(stripe, first, slack, first.own);
			expect(suggestionOf(null, second, stripe, second.own)).toMatchObject(own);
		});

		it("unless somebody changed it by hand since", () => {
			const changed: Companions = { ...set, dedupe: { mode: "content", windowSeconds: 60 } };
			expect(suggestionOf(null, changed, slack).dedupe).toEqual(changed.dedupe);
		});
	});

	it("is nothing where all suits it already", () => {
		expect(suggestionOf(sender({}), webhook).words).toEqual([]);
		expect(suggestionOf(sender({}), { ...webhook, response: { ...webhook.response, status: 200 } }).response.status).toBe(200);
	});
});

describe("the list of who may be chosen", () => {
	it("has anyone first, then what fits any sender, then all by name", () => {
		const listed = senderOptions([
			{ id: "x", name: "X" },
			{ id: "jwt", name: "JSON Web Token" },
			{ id: "adyen", name: "Adyen" },
			{ id: "hmac", name: "Custom HMAC" },
		]);
		expect(listed.map(({ value }) => value)).toEqual(["none", "hmac", "jwt", "adyen", "x"]);
	});
});

describe("the search for a sender", () => {
	const options = senderOptions(SENDERS);
	const found = (typed: string) => matching(options, typed).map(({ value }) => value);

	it.each([
		["fb", "meta"],
		["facebook", "instagram"],
		["intuit", "quickbooks"],
		["office", "microsoft-graph"],
		["outlook", "microsoft-graph"],
		["teams", "microsoft-teams"],
		["aws", "aws-sns"],
		["twitter", "x"],
		["wordpress", "woocommerce"],
		["atlassian", "jira"],
		["api key", "header-token"],
		["secret", "header-token"],
		["token", "header-token"],
	])("finds by %s %s", (typed, id) => expect(found(typed)).toContain(id));

	it("knows nobody by another word who is not there", () => {
		const ids = new Set(SENDERS.map(({ id }) => id));
		expect(Object.keys(ALIASES).filter((id) => !ids.has(id))).toEqual([]);
	});
});

describe("a sender's sample as an event's body", () => {
	const sample = (body: string, contentType: string) => jsonOfSample({ event: "e", title: "t", headers: {}, body, contentType });
	it("is JSON, made of a form where it is one", () => {
		expect(JSON.parse(sample('{"a":1}', "text/plain"))).toEqual({ a: 1 });
		expect(JSON.parse(sample("a=1&b=x+y", "application/x-www-form-urlencoded"))).toEqual({ a: "1", b: "x y" });
		expect(JSON.parse(sample("<a/>", "application/xml"))).toBe("<a/>");
	});
});

describe("a handshake that waits for a person", () => {
	const delivery = (id: string, status: DeliverySummary["status"], shows: DeliverySummary["shows"] = null) =>
		({ id, status, shows }) as DeliverySummary;
	it("is the newest that left something, until an event has come", () => {
		const asked = delivery("h", "handshake", "code");
		expect(askingHandshake([delivery("r", "rejected"), asked])?.id).toBe("h");
		expect(askingHandshake([delivery("a", "accepted"), asked])).toBeNull();
		expect(askingHandshake([delivery("plain", "handshake")])).toBeNull();
	});
});
