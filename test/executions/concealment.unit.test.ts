import { describe, expect, it } from "vitest";
import type { AttemptRecord, StepRecord } from "../../worker/events/protocol/journal";
import { Concealment } from "../../worker/executions/concealment";
import { Findings } from "../../worker/integrations/redaction/findings";

const SECRET = 'Zoë "Q" 7';

function concealing(values: unknown[], set: { bodyDropped?: boolean } = {}): Concealment {
	const findings = new Findings();
	findings.valuesIn(values);
	findings.bodyDropped = set.bodyDropped ?? false;
	return new Concealment({ fields: ["event.body.who"], patterns: ["email"] }, findings);
}

const attempt: AttemptRecord = {
	number: 1,
	startedAt: 0,
	durationMs: 5,
	status: "failed",
	error: { code: "http_status", message: `No such person: ${SECRET}` },
	request: {
		method: "POST",
		url: `https://shop.example/${encodeURIComponent(SECRET)}?q=${encodeURIComponent(SECRET).replaceAll("%20", "+")}`,
		headers: [["x-who", SECRET]],
		body: JSON.stringify({ who: SECRET, n: 41110000, mail: "ada@example.com", ok: 12 }),
	},
	response: { status: 404, headers: [["x-echo", SECRET]], body: '{"escaped":"Zo\\u00eb \\"Q\\" 7","at":"ada\\u0040example.com"}' },
	redirects: [{ status: 302, location: `/x?${encodeURIComponent(SECRET)}` }],
};
const step: StepRecord = { path: "push", id: "push", type: "http", status: "failed", attempts: [attempt] };

describe("what an execution leaves behind", () => {
	it("shows a masked value nowhere, in whatever spelling, and no value of a masked kind", () => {
		const [shown] = concealing([SECRET, 41110000]).steps([step]);
		const text = JSON.stringify(shown);
		expect(text).not.toMatch(/Zo|%22Q%22|41110000|ada/);
		expect(JSON.parse(shown?.attempts[0]?.request?.body ?? "")).toEqual({ who: "••••", n: "••••", mail: "••••", ok: 12 });
		expect(shown?.attempts[0]?.request?.url).toBe("https://shop.example/••••?q=••••");
		expect(JSON.parse(shown?.attempts[0]?.response?.body ?? "")).toEqual({ escaped: "••••", at: "••••" });
		expect(shown?.attempts[0]).toMatchObject({
			status: "failed",
			durationMs: 5,
			error: { code: "http_status", message: "No such person: ••••" },
		});
	});

	it("leaves the journal that it was given as it is, and a value without anything to conceal the same", () => {
		const before = JSON.stringify(step);
		concealing([SECRET]).steps([step]);
		expect(JSON.stringify(step)).toBe(before);
		const output = { a: [1, true, null, "x"], b: { c: "short" } };
		expect(concealing([SECRET]).value(output)).toBe(output);
	});

	it("conceals names, numbers and parts of texts in an output", () => {
		const output = { [SECRET]: 1, list: [`to ${SECRET}!`, { n: 41110000, m: 411100001 }] };
		expect(concealing([SECRET, 41110000]).value(output)).toEqual({ "••••": 1, list: ["to ••••!", { n: "••••", m: "••••" }] });
	});

	it("does not look for what is in everything", () => {
		expect(concealing(["12", true, null, 7]).value({ a: "12", b: true, c: 7 })).toEqual({ a: "12", b: true, c: 7 });
	});

	it("shows nothing of what is no text", () => {
		const binary: AttemptRecord = {
			...attempt,
			request: { method: "PUT", url: "https://a.example/", headers: [], body: "AAEC", bodyEncoding: "base64" },
		};
		const [shown] = concealing([SECRET]).steps([{ ...step, attempts: [binary] }]);
		expect(shown?.attempts[0]?.request?.body).toBe("••••");
	});

	it("shows no value at all where it cannot know what to look for", () => {
		const many = Array.from({ length: 501 }, (_, at) => `value ${at}`);
		for (const concealment of [concealing([], { bodyDropped: true }), concealing(many)]) {
			const [shown] = concealment.steps([{ ...step, output: { any: ["thing"] } }]);
			expect(JSON.stringify(shown)).not.toMatch(/thing|person|ok|escaped/);
			expect(shown).toMatchObject({ output: "••••", attempts: [{ number: 1, response: { status: 404 } }] });
			expect(shown?.attempts[0]?.request?.url).toBe("https://shop.example/••••");
			expect(concealment.outcome({ status: "waiting", delayMs: 1, reason: SECRET })).toEqual({
				status: "waiting",
				delayMs: 1,
				reason: "••••",
			});
		}
	});
});
