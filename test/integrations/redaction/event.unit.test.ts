import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { maskEvent } from "../../../worker/integrations/redaction/event";
import { inBatches, type Redaction, redactionSchema } from "../../../worker/integrations/redaction/rules";
import { growth, LINEAR_MAX } from "../../given/growth";

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;

function mask(
	body: string | ArrayBuffer,
	redaction: Partial<Redaction>,
	given: { type?: string; query?: string; path?: string; headers?: [string, string][] } = {},
) {
	const { type = "application/json", query = "", path = "/", headers = [] } = given;
	const event = {
		path,
		query,
		headers: [["content-type", type], ...headers] as [string, string][],
		body: typeof body === "string" ? bytes(body) : body,
	};
	const { masked, findings } = maskEvent(event, { fields: [], patterns: [], ...redaction });
	return { ...masked, text: new TextDecoder().decode(masked.body), findings };
}

describe("masking fields of an event", () => {
	it("masks a member, a member of each item, and whole objects; all else stays to the letter", () => {
		const body =
			'{ "card": {"number": "4111", "exp": [12, 27]}, "items":[{"ssn":"078-05-1120","n":1.0},{"ssn":78051120}], "big":12345678901234567890 }';
		const { text } = mask(body, { fields: ["event.body.card", "event.body.items[].ssn"] });
		expect(text).toBe('{ "card": "••••", "items":[{"ssn":"••••","n":1.0},{"ssn":"••••"}], "big":12345678901234567890 }');
	});

	it("passes through lists whether the path says so or not, and takes a number for one element", () => {
		expect(mask('[{"a":{"b":"x"}},[{"a":[{"b":"y"}]}]]', { fields: ["event.body.a.b"] }).text).toBe(
			'[{"a":{"b":"••••"}},[{"a":[{"b":"••••"}]}]]',
		);
		expect(mask('{"a":["x","y"]}', { fields: ["event.body.a.1"] }).text).toBe('{"a":["x","••••"]}');
	});

	it("masks each of doubled names, and names that are written with escapes", () => {
		expect(mask('{"pin":"1","pin":"2","\\u0070in":"3","p\\u0069n":{"x":["]}"]}}', { fields: ["event.body.pin"] }).text).toBe(
			'{"pin":"••••","pin":"••••","\\u0070in":"••••","p\\u0069n":"••••"}',
		);
	});

	it("is not led astray by quotes, braces and backslashes in texts", () => {
		const body = '{"a":"\\"}],{\\\\","pin":"s","b":"\\\\\\"","c":{"pin":"t"}}';
		expect(mask(body, { fields: ["event.body.pin"] }).text).toBe('{"a":"\\"}],{\\\\","pin":"••••","b":"\\\\\\"","c":{"pin":"t"}}');
	});

	it("leaves null, which is nothing", () => {
		expect(mask('{"pin":null}', { fields: ["event.body.pin"] }).text).toBe('{"pin":null}');
	});

	it("masks members of a form, of a query, and headers in any letter case", () => {
		const result = mask(
			"card%5Bnumber%5D=41%2B11&a=b+c&token=t",
			{ fields: ["event.body.card.number", "event.query.key", "event.headers.X-Token"] },
			{
				type: "application/x-www-form-urlencoded",
				query: "?key=s%20t&b=1&k%65y=2",
				headers: [["x-token", "abcdef"]],
			},
		);
		expect(decodeURIComponent(result.text)).toBe("card[number]=••••&a=b+c&token=t");
		expect(decodeURIComponent(result.query)).toBe("?key=••••&b=1&key=••••");
		expect(result.headers).toContainEqual(["x-token", "••••"]);
		expect([...result.findings.values].sort()).toEqual(["41+11", "abcdef"]);
	});

	it("keeps nothing of a body in which the fields cannot be found", () => {
		for (const type of ["application/xml", "text/plain", "application/octet-stream", "multipart/form-data; boundary=x"]) {
			const result = mask("<card>4111</card>", { fields: ["event.body.card"] }, { type });
			expect(result.body.byteLength).toBe(0);
			expect(result.findings.bodyDropped).toBe(true);
		}
		expect(mask('{"card":"4111', { fields: ["event.body.card"] }).findings.bodyDropped).toBe(true);
	});

	it.each([
		["whole", "--x--\r\n", "\r\n"],
		["cut off", "", "\r\n"],
		["with lines that LF alone ends", "--x--\n", "\n"],
	])("keeps nothing of a multipart form where fields are named: %s", (_, close, lineEnd) => {
		const body = ["--x", 'Content-Disposition: form-data; name="card"', "", "4111", close].join(lineEnd);
		const { findings, body: kept } = mask(body, { fields: ["event.body.card"] }, { type: "multipart/form-data; boundary=x" });
		expect([findings.bodyDropped, kept.byteLength]).toEqual([true, 0]);
	});

	it("finds the fields of JSON that is called text, and of one value a line", () => {
		expect(mask(' {"pin":"s"}', { fields: ["event.body.pin"] }, { type: "text/plain" }).text).toBe(' {"pin":"••••"}');
		expect(mask('{"pin":"s"}\n\n{"pin":7}\n', { fields: ["event.body.pin"] }, { type: "application/x-ndjson" }).text).toBe(
			'{"pin":"••••"}\n\n{"pin":"••••"}\n',
		);
	});

	it("finds the fields of JSON that is called a form, as curl calls everything", () => {
		const type = "application/x-www-form-urlencoded";
		const fields = ["event.body.pin"];
		expect(mask('{"pin":"s3cret","a":1}', { fields }, { type }).text).toBe('{"pin":"••••","a":1}');
		expect(mask(' [{"pin":"s3cret"}]', { fields }, { type: `${type}; charset=utf-8` }).text).toBe(' [{"pin":"••••"}]');
		expect(mask('{"pin":"s3cret"}\n{"pin":7}', { fields }, { type }).text).toBe('{"pin":"••••"}\n{"pin":"••••"}');
		expect(decodeURIComponent(mask('{"a":"&pin=s3cret&b="}', { fields }, { type }).text)).toBe('{"a":"&pin=••••&b="}');
		for (const broken of ['{"pin":"s3cret",', '[{"pin":"s3cret"}', '{"pin":"s3cret"} x']) {
			const { body, findings } = mask(broken, { fields }, { type });
			expect([body.byteLength, findings.bodyDropped]).toEqual([0, true]);
		}
		// A form whose first name begins like a list is a form.
		expect(decodeURIComponent(mask("[a]=1&pin=s3cret", { fields }, { type }).text)).toBe("[a]=1&pin=••••");
	});

	it("finds the fields of JSON in a field of a form", () => {
		const payload = encodeURIComponent('{"card":{"pin":"s3cret"},"n":1}');
		const { text, findings } = mask(
			`payload=${payload}&a=1`,
			{ fields: ["event.body.payload.card.pin"] },
			{ type: "application/x-www-form-urlencoded" },
		);
		expect(decodeURIComponent(text)).toBe('payload={"card":{"pin":"••••"},"n":1}&a=1');
		expect([...findings.values]).toEqual(["s3cret"]);
	});

	it("finds the fields of JSON in a text of JSON, as deep as that goes, and leaves what is no JSON", () => {
		const fields = ["event.body.payload.card.pin"];
		const inner = JSON.stringify({ card: JSON.stringify({ pin: "s3cret", n: 1 }), m: 2 });
		const { text, findings } = mask(JSON.stringify({ payload: inner, other: inner }), { fields: [...fields, "event.body.other.m"] });
		const { payload, other } = JSON.parse(text) as Record<string, string>;
		expect(JSON.parse(JSON.parse(payload ?? "").card)).toEqual({ pin: "••••", n: 1 });
		expect(JSON.parse(other ?? "")).toMatchObject({ m: "••••", card: expect.stringContaining("s3cret") });
		expect([...findings.values]).toEqual(["s3cret"]);
		expect(mask('{"payload":"{card pin s3cret"}', { fields }).text).toBe('{"payload":"{card pin s3cret"}');
	});

	it("masks a field of a batch in its items and in the whole, whichever of the two its path was written for", () => {
		const path = "event.body.data.events";
		const whole = '{"data":{"events":[{"ssn":"s1","n":1},{"ssn":"s2"}]},"ssn":"s3"}';
		for (const field of ["event.body.ssn", "event.body.data.events[].ssn", "event.body.data.events.0.ssn"]) {
			const redaction = inBatches(redactionSchema.parse({ fields: [field] }), path);
			expect(mask('{"ssn":"s1","n":1}', redaction).text).toBe('{"ssn":"••••","n":1}');
			expect(mask(whole, redaction).text).not.toMatch(/s1/);
		}
		const everyItem = inBatches(redactionSchema.parse({ fields: ["event.body.ssn"] }), path);
		expect(mask(whole, everyItem).text).toBe('{"data":{"events":[{"ssn":"••••","n":1},{"ssn":"••••"}]},"ssn":"••••"}');
		// What holds the list holds each item.
		for (const field of ["event.body.data", "event.body.data.events", "event.body"]) {
			const redaction = inBatches(redactionSchema.parse({ fields: [field] }), path);
			expect(mask('{"ssn":"s1"}', redaction).text).toBe('"••••"');
		}
		const other = inBatches(redactionSchema.parse({ fields: ["event.body.data.total", "event.headers.x-a", "event.query.b"] }), path);
		expect(mask('{"data":{"total":"s1"},"total":"t"}', other).text).toBe('{"data":{"total":"••••"},"total":"t"}');
		expect(other.fields).toEqual(expect.arrayContaining(["event.headers.x-a", "event.query.b"]));
	});

	it("reads JSON in UTF-16, and keeps it in UTF-8", () => {
		const utf16 = new Uint16Array([...'{"pin":"s","a":1}'].map((character) => character.charCodeAt(0))).buffer;
		const result = mask(utf16, { fields: ["event.body.pin"] }, { type: "application/json; charset=utf-16le" });
		expect(result.text).toBe('{"pin":"••••","a":1}');
		expect(result.headers[0]).toEqual(["content-type", "application/json; charset=utf-8"]);
	});

	it.each([
		"body.card",
		"event.bodies",
		"event.headers",
		"event.headers.a.b",
		"event.body..a",
		"event.query",
		"event.path",
		"event.body.a b",
		"",
	])("refuses the path %j", (path) => {
		expect(redactionSchema.safeParse({ fields: [path] }).success).toBe(false);
	});

	it("takes fifty fields at most, and not nothing at all", () => {
		const fields = Array.from({ length: 51 }, (_, at) => `event.body.f${at}`);
		expect(redactionSchema.safeParse({ fields: fields.slice(0, 50) }).success).toBe(true);
		expect(redactionSchema.safeParse({ fields }).success).toBe(false);
		expect(redactionSchema.safeParse({}).success).toBe(false);
	});
});

describe("masking kinds of values", () => {
	it("finds a card number that is a number, also one with an exponent, and one in a name", () => {
		expect(mask('{"a":4111111111111111,"b":4.111111111111111e15,"4111111111111111":1,"c":1.5e3}', { patterns: ["card"] }).text).toBe(
			'{"a":"••••","b":"••••","••••":1,"c":1.5e3}',
		);
	});

	it("finds what is written with escapes in JSON, broken JSON, XML, forms, the query and the path", () => {
		const patterns: Redaction["patterns"] = ["email"];
		expect(mask('{"a":"ada\\u0040example.com"}', { patterns }).text).toBe('{"a":"••••"}');
		expect(mask('{"a":"ada\\u0040example.com"', { patterns }).text).toBe('{"a":"••••"');
		expect(mask("<a>ada&#64;example.com</a>", { patterns }, { type: "application/xml" }).text).toBe("<a>••••</a>");
		expect(decodeURIComponent(mask("a=ada%40example.com&b=1", { patterns }, { type: "application/x-www-form-urlencoded" }).text)).toBe(
			"a=••••&b=1",
		);
		const { query, path } = mask("", { patterns }, { query: "?to=ada%40example.com", path: "/of/ada@example.com/x" });
		expect(decodeURIComponent(query)).toBe("?to=••••");
		expect(decodeURIComponent(path)).toBe("/of/••••/x");
	});

	it("finds a value beside letters of another charset", () => {
		const type = "application/x-www-form-urlencoded; charset=iso-8859-1";
		expect(mask("mail=ren%E9%40example.com&x=%E9", { patterns: ["email"] }, { type }).text).not.toContain("example");
	});

	it("keeps nothing of what is no text, since nobody can look through it", () => {
		for (const body of [new Uint8Array([0xff, 0x41]), new Uint8Array([0x41, 0, 0x42])]) {
			expect(mask(body.buffer, { patterns: ["card"] }, { type: "application/octet-stream" }).findings.bodyDropped).toBe(true);
		}
	});

	it("leaves an event without any as it came, byte for byte", () => {
		const body = bytes('{"a": 1 }');
		const { masked, findings } = maskEvent(
			{ path: "/%zz", query: "?a=%zz", headers: [], body },
			redactionSchema.parse({ patterns: ["card", "email"] }),
		);
		expect(masked).toEqual({ path: "/%zz", query: "?a=%zz", headers: [], body });
		expect(masked.body).toBe(body);
		expect(findings.any).toBe(false);
	});

	it("stays JSON with the same shape, and never keeps what it masks, whatever the JSON", () => {
		const marker = "marker@example.com";
		fc.assert(
			fc.property(fc.json({ maxDepth: 6 }), fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (other, value, escaped) => {
				const text = JSON.stringify(marker);
				const mail = escaped ? text.replace("@", "\\u0040") : text;
				const body = `{"x":${other},"secret":{"v":${JSON.stringify(value)},"m":${mail}},"m":[${mail},${other}],"y":${other}}`;
				const masked = mask(body, { fields: ["event.body.secret"], patterns: ["email"] }).text;
				const parsed = JSON.parse(masked) as { x: unknown; secret: unknown; m: unknown[] };
				expect(parsed.secret).toBe("••••");
				expect(parsed.m[0]).toBe("••••");
				expect(parsed.x).toEqual(JSON.parse(JSON.stringify(parsed.x)));
				expect(masked).not.toContain("marker");
			}),
			{ numRuns: 500 },
		);
	});

	it("is not slowed down by lists in lists where fields are named by numbers", () => {
		const fields = ["event.body.0.0.0.0.0.0.0.0.a", "event.body.0.1.0.a", "event.body.a.0.b"];
		const startedAt = performance.now();
		const deep = `${"[".repeat(100_000)}{"a":"s3cret"}${"]".repeat(100_000)}`;
		expect(mask(deep, { fields }).text).not.toContain("s3cret");
		const name = `a${"[0]".repeat(100_000)}[b]`;
		expect(decodeURIComponent(mask(`${name}=s3cret`, { fields }, { type: "application/x-www-form-urlencoded" }).text)).toBe(`${name}=••••`);
		expect(performance.now() - startedAt).toBeLessThan(5_000);
	});

	it("takes ten megabytes and a hundred thousand levels", () => {
		const deep = `${"[".repeat(100_000)}"ada@example.com"${"]".repeat(100_000)}`;
		expect(mask(deep, { patterns: ["email"], fields: ["event.body.a"] }).text).not.toContain("ada");
		const wide = `[${'{"pin":"12345","a":"ada@example.com"},'.repeat(250_000)}1]`;
		const startedAt = performance.now();
		const result = mask(wide, { fields: ["event.body.pin"], patterns: ["card", "iban", "email", "phone", "bearer", "jwt"] });
		expect(performance.now() - startedAt).toBeLessThan(15_000);
		expect(result.text).not.toMatch(/12345|ada@/);
	});
});

describe("a body of many small parts", () => {
	const PATTERNS_ALL: Redaction["patterns"] = ["card", "iban", "email", "phone", "bearer", "jwt"];
	const FIELDS = Array.from({ length: 50 }, (_, at) => `event.body.a${at}`);
	it.each<[string, string, (size: number) => string]>([
		["numbers in a list", "application/json", (size) => `[${"4,".repeat(size)}4]`],
		["texts in a list", "application/json", (size) => `["${Array(size).fill("4").join('","')}"]`],
		["names", "application/json", (size) => `{${'"b":4,'.repeat(size)}"b":4}`],
		["lines", "application/x-ndjson", (size) => "[4]\n".repeat(size)],
		["pairs", "application/x-www-form-urlencoded", (size) => "b=4&".repeat(size)],
		["names in a pair", "application/x-www-form-urlencoded", (size) => `b${"[1]".repeat(size)}=1`],
		["entities", "text/xml", (size) => "&#52;".repeat(size)],
		["sections", "text/xml", (size) => "<![CDATA[".repeat(size)],
	])("is masked in no more time than its length asks for: %s", (_, type, make) => {
		const work = (body: string) => mask(body, { fields: FIELDS, patterns: PATTERNS_ALL }, { type });
		expect(growth(make, work, 8_000)).toBeLessThan(LINEAR_MAX);
	});

	it("is not parsed where it is more than an execution would read, and dropped where fields are named", () => {
		const parse = vi.spyOn(JSON, "parse");
		for (const body of ["[".repeat(1_000_000), `${"[".repeat(65)}${"]".repeat(65)}`])
			expect(mask(body, { fields: ["event.body.pin"] }).findings.bodyDropped).toBe(true);
		expect(parse).not.toHaveBeenCalled();
		parse.mockRestore();
	});

	it("holds values also behind the escapes and sections of XML", () => {
		const patterns: Redaction["patterns"] = ["card", "email"];
		const xml = (text: string) => mask(text, { patterns }, { type: "application/xml" }).text;
		expect(xml("<a>joe&#x00040;example.com</a>")).toBe("<a>••••</a>");
		expect(xml("<a>joe<![CDATA[@]]>example.com</a>")).toBe("<a>••••</a>");
		expect(xml("<a><![CDATA[4111 1111 1111 1111]]></a>")).toBe("<a>••••</a>");
		expect(xml("<a><![CDATA[1 < 2]]></a><b>4111111111111111</b>")).toBe("<a><![CDATA[1 < 2]]></a><b>••••</b>");
	});

	it("in Latin-1 is masked, pairs too", () => {
		const latin1 = Uint8Array.from("name=J\u00f6rg&mail=j\u00f6rg@example.com", (one) => one.charCodeAt(0)).buffer;
		const { text } = mask(latin1, { patterns: ["email"] }, { type: "application/x-www-form-urlencoded; charset=iso-8859-1" });
		expect(decodeURIComponent(text)).toBe("name=J\u00f6rg&mail=••••");
	});
});
