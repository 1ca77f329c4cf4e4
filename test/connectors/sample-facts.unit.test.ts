import { expect, it } from "vitest";
import type { Sample, Sender } from "../../worker/connectors/sender";
import { SENDERS } from "../../worker/connectors/senders";
import { PAGES } from "../../worker/connectors/senders/pages";
import { keySource } from "../../worker/integrations/key-source";
import { factsOf, type SenderFacts } from "../../worker/integrations/sender-facts";
import { trueHeaders } from "../../worker/integrations/sender-format";

const NOW = Date.UTC(2026, 10, 22);

function factsOfSample(sender: Sender, { headers = {}, body, contentType = "application/json" }: Sample): SenderFacts {
	const bytes = bytesOf(body);
	const source = keySource({
		method: "POST",
		path: "/",
		query: "",
		headers: trueHeaders(sender, [["content-type", contentType], ...Object.entries(headers)], bytes),
		body: bytes,
	});
	return factsOf(sender, source, NOW);
}

function bytesOf(body: unknown): ArrayBuffer {
	return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)).buffer as ArrayBuffer;
}

/** Senders that call their bodies something else. */
const MISNAMED = ["aws-sns"];

/** Bodies that name the event as its header does, signed; with the header changed on the way. */
it.each(["aws-sns", "buildkite", "circleci", "cursor", "lemon-squeezy", "linear", "twitch"])(
	"%s's events are called what their signed bodies say, whatever the headers do",
	(id) => {
		const sender = SENDERS.find((one) => one.id === id) as Sender;
		const samples: readonly Sample[] = PAGES[id]?.samples ?? [];
		expect(samples.length).toBeGreaterThan(0);
		for (const sample of samples) {
			const headers = Object.fromEntries(Object.keys(sample.headers ?? {}).map((name) => [name, "forged"]));
			const { name } = factsOfSample(sender, { ...sample, headers });
			expect(name).not.toBe("forged");
			expect(name).toBe(factsOfSample(sender, sample).name);
		}
	},
);

const sampled = SENDERS.flatMap((sender: Sender) => {
	const facts = (PAGES[sender.id]?.samples ?? []).map((sample) => factsOfSample(sender, sample));
	return facts.length > 0 ? [[sender.id, sender, facts] as const] : [];
});

it("most senders have samples", () => {
	expect(sampled.length).toBeGreaterThan(120);
});

it("samples are called what their senders send, but for senders that misname it", () => {
	const misnamed = SENDERS.filter((sender: Sender) =>
		PAGES[sender.id]?.samples?.some(({ body, contentType = "application/json" }: Sample) => {
			const declared: [string, string][] = [["content-type", contentType]];
			return trueHeaders(sender, declared, bytesOf(body)) !== declared;
		}),
	);
	expect(misnamed.map(({ id }) => id)).toEqual(MISNAMED);
});

it.each(sampled.filter(([, { eventName }]) => eventName))("each sample of %s is named, as its sender names its events", (_, __, facts) => {
	expect(facts.map(({ name }) => name)).not.toContain(null);
});

it.each(sampled.filter(([, { eventTime }]) => eventTime))("a sample of %s says when it happened, as its sender does", (_, __, facts) => {
	expect(facts.some(({ occurredAt }) => occurredAt !== null)).toBe(true);
});
