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

	it("takes a short value for one where nothing else stands beside it, and nowhere else", () => {
		const output = { a: "737", b: true, c: 7, d: "1737", e: ["737 more", " 737 "], 737: null, x: "AbC" };
		expect(concealing(["737", true, null, 7, "abc"]).value(output)).toEqual({
			...{ a: "••••", b: true, c: "••••", d: "1737", e: ["737 more", "••••"], 737: null, x: "••••" },
		});
		const call: AttemptRecord = {
			number: 1,
			startedAt: 0,
			durationMs: 5,
			status: "failed",
			error: { code: "url_invalid", message: "This is not a URL: 737" },
			request: {
				method: "POST",
				url: "https://a.example/cards/737/7371?cvv=737&n=7370",
				headers: [["x-cvv", "737"]],
				body: "cvv=737&n=7370",
			},
			response: { status: 404, headers: [], body: '{"cvv":737,"n":7370}' },
		};
		const [shown] = concealing(["737"]).steps([{ ...step, attempts: [call] }]);
		expect(shown?.attempts[0]).toMatchObject({
			error: { message: "This is not a URL: ••••" },
			request: { url: "https://a.example/cards/••••/7371?cvv=••••&n=7370", headers: [["x-cvv", "••••"]], body: "cvv=••••&n=7370" },
			response: { body: '{"cvv":"••••","n":7370}' },
		});
	});

	it("knows a value in any letter case, as a host name has it", () => {
		const output = { host: "http://secretssn-77.invalid/", shout: "SECRETSSN-77!", odd: "İ secretSSN-77 ß" };
		expect(concealing(["SecretSSN-77"]).value(output)).toEqual({ host: "http://••••.invalid/", shout: "••••!", odd: "İ •••• ß" });
	});

	it("knows a Greek value in capitals, whatever stands behind its last sigma", () => {
		const name = "ΠΑΠΑΔΟΠΟΥΛΟΣ";
		const output = [`${name}.ΓΙΩΡΓΟΣ`, `${name}:abc`, `${name}x`, name.toLowerCase(), "ΣΟΦΙΑΣ"];
		expect(concealing([name]).value(output)).toEqual(["••••.ΓΙΩΡΓΟΣ", "••••:abc", "••••x", "••••", "ΣΟΦΙΑΣ"]);
	});

	it("knows a value whose white space was made one, within and around it, and one that is JSON's text within JSON", () => {
		const lines = "\r\n Ada  von\tLovelace ";
		expect(concealing([lines]).value({ trimmed: "by Ada von Lovelace!" })).toEqual({ trimmed: "by ••••!" });
		const quoted = 'she said "yes"';
		const twice = JSON.stringify(JSON.stringify({ text: quoted, n: 1 }));
		expect(concealing([quoted]).value(`echo: ${twice}`)).toBe(`echo: ${twice.replace('she said \\\\\\"yes\\\\\\"', "••••")}`);
	});

	it("shows no part of a value in a message that was cut, and none that a message quotes", () => {
		const long = "SecretSSN77412xyz".repeat(40);
		const said = (message: string): string => concealing([long, "Zo\n  Secret-41"]).error({ code: "x", message }).message;
		expect(said(`This is not a URL: ${long.slice(0, 200)}`)).toBe("This is not a URL: ••••");
		expect(said(`Unable to cast "${long}" to a number`.slice(0, 500))).toBe('Unable to cast "••••');
		expect(said(`Unexpected token in "${long.slice(8, 18)}"...`)).toBe('Unexpected token in "••••"...');
		expect(said(`${"x".repeat(195)} Secre`)).toBe(`${"x".repeat(195)} ••••`);
		expect(said("The secret of 41 is out")).toBe("The secret of 41 is out");
		expect(said("bad Zo Secret-41!")).toBe("bad ••••!");
	});

	it("masks values that overlap as one", () => {
		const output = concealing(["Ada Lovelace", "Lovelace Street 5", "Street"]).value("Ada Lovelace Street 5, not Ada Street");
		expect(output).toBe("••••, not Ada ••••");
	});

	it("conceals names of a masked object, but for those that any object may have", () => {
		const masked = { "ada@example.com": { number: "4111 1111", last4: 1111, address_line1: "Elm", "12-A": 1 }, [`x${"y".repeat(40)}`]: 2 };
		const output = {
			note: "of ada@example.com",
			"12-A": "flat 12-a",
			number: "by number",
			last4: "last4",
			address_line1: "address_line1",
			long: `x${"y".repeat(40)}`,
		};
		expect(concealing([masked]).value(output)).toEqual({
			...{ note: "of ••••", "••••": "flat ••••", number: "by number", last4: "last4", address_line1: "address_line1", long: "••••" },
		});
	});

	it("takes a short name of a masked object for none of its values", () => {
		expect(concealing([{ 1: "4111 1111", a1: true }]).value({ n: 1, a: "a1" })).toEqual({ n: 1, a: "a1" });
		expect(concealing([1]).value({ n: 1 })).toEqual({ n: "••••" });
	});

	it("masks a whole text in which the values could be looked for without end, and no other", () => {
		const values = Array.from({ length: 490 }, (_, at) => `${"a".repeat(60)}b${at}b${"a".repeat(2_000)}`);
		const output = { t: "a".repeat(500_000), note: "all is well", list: ["it is Ada@example.com!", `aaaa${"x".repeat(100)}`] };
		const concealment = concealing([...values, "ada@example.com"]);
		for (let times = 0; times < 3; times++)
			expect(concealment.value(output)).toEqual({ t: "••••", note: "all is well", list: ["it is ••••!", `aaaa${"x".repeat(100)}`] });
	});

	it("shows no beginning of a value at the end of a message of which a long value was masked", () => {
		const message = `${"SecretSSN77412xyz".repeat(12)} is not AdaLove`;
		expect(concealing(["SecretSSN77412xyz".repeat(12), "AdaLovelace"]).error({ code: "x", message }).message).toBe("•••• is not ••••");
	});

	it("shows no beginning of a value at the end of a body that was cut", () => {
		const body = `${"p".repeat(50)}SecretSSN77… (31 more characters were not kept)`;
		const cut: AttemptRecord = { ...attempt, request: { method: "PUT", url: "https://a.example/", headers: [], body } };
		const [shown] = concealing(["SecretSSN77412xyz"]).steps([{ ...step, attempts: [cut] }]);
		expect(shown?.attempts[0]?.request?.body).toBe(`${"p".repeat(50)}••••… (31 more characters were not kept)`);
	});

	it("takes no longer over values and messages that repeat themselves, or over many long ones", () => {
		const startedAt = performance.now();
		const values = [`${"a".repeat(1_000_000)}b`, `${"ab".repeat(500_000)}c`];
		const message = `${"ab".repeat(150)}${"a".repeat(200)}`;
		expect(concealing(values).error({ code: "x", message }).message).toMatch(/^•+$/);
		const body = `${"a".repeat(2_000_000)}… (31 more characters were not kept)`;
		const cut: AttemptRecord = { ...attempt, request: { method: "PUT", url: "https://a.example/", headers: [], body } };
		concealing(values).steps([{ ...step, attempts: [cut] }]);
		const many = Array.from({ length: 500 }, (_, at) => `${at}-${"value ".repeat(3_000)}`);
		expect(concealing(many).error({ code: "x", message: "It failed." }).message).toBe("••••");
		expect(performance.now() - startedAt).toBeLessThan(4_000);
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
