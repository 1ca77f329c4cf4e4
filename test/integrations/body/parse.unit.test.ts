import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvent } from "../../../worker/executions/event";
import { gather, queryOf } from "../../../worker/integrations/body/pairs";
import { parseBody } from "../../../worker/integrations/body/parse";
import { growth, LINEAR_MAX } from "../../given/growth";

const parse = (text: string | Uint8Array, contentType: string) =>
	parseBody(typeof text === "string" ? new TextEncoder().encode(text) : text, contentType);
const value = (text: string | Uint8Array, contentType: string) => {
	const parsed = parse(text, contentType);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
};

test.each([
	['{"a":1}', "application/json", { a: 1 }],
	['\ufeff{"a":1}', "application/json; charset=utf-8", { a: 1 }],
	['{"a":1}', "Application/VND.shop+JSON", { a: 1 }],
	['"text"', "application/json", "text"],
	["a=1&b=x%20y&a=2", "application/x-www-form-urlencoded", { a: ["1", "2"], b: "x y" }],
	['{"a":1}', "text/plain", '{"a":1}'],
	['{"a":1}', "application/x-www-form-urlencoded", { '{"a":1}': "" }],
	["a,b\n1,2", "text/csv", "a,b\n1,2"],
	["anything", "", "anything"],
	["anything", "application/octet-stream", "anything"],
	["", "application/json", null],
	["", "", null],
])("%j as %s", (text, contentType, expected) => {
	expect(value(text, contentType)).toEqual(expected);
});

test("bytes that are no text are base64", () => {
	expect(value(new Uint8Array([0xff, 0xfe, 0x00]), "application/octet-stream")).toBe("//4A");
	expect(value(new Uint8Array([0xff, 0xfe]), "")).toBe("//4=");
});

test("a text's declared charset is honoured", () => {
	expect(value(new Uint8Array([0xfc, 0x20, 0xe9]), "text/plain; charset=iso-8859-1")).toBe("ü é");
	expect(value(new Uint8Array([0x41]), "text/plain; charset=nonsense")).toBe("A");
});

test.each([
	["windows-1252", "a=%FC+%e9&b=%A480", { a: "ü é", b: "¤80" }],
	["ISO-8859-15", "preis=%A45&%fc=1&%fc=2", { preis: "€5", ü: ["1", "2"] }],
	["Shift_JIS", "a=%83A%83%43", { a: "アイ" }],
	["latin1", "a=%F&b=%zz&c&&=d", { a: "%F", b: "%zz", c: "", "": "d" }],
	["utf-8", "a=%C3%BC", { a: "ü" }],
])("a form in %s says so of what stands behind its percent signs too: %s", (charset, text, expected) => {
	expect(value(text, `application/x-www-form-urlencoded; charset=${charset}`)).toEqual(expected);
});

test("a form's values that are not in the charset it is said to be in stay apart", () => {
	const fields = { name: "Jörg", other: "Järg", city: "Köln", ß: "\ufffd" };
	expect(value("name=J%F6rg&other=J%E4rg&city=K%C3%B6ln&%DF=%EF%BF%BD", "application/x-www-form-urlencoded")).toEqual(fields);
	expect(queryOf("?name=J%F6rg&other=J%E4rg&city=K%C3%B6ln&%DF=%EF%BF%BD")).toEqual(fields);
});

test("a form of another charset reads as one in UTF-8 does, where all of it is ASCII", () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom("a", "=", "&", "+", "%", "2", "0"), maxLength: 30 }), (text) => {
			const type = "application/x-www-form-urlencoded";
			fc.pre(!/%a/i.test(text));
			expect(value(text, `${type}; charset=latin1`)).toEqual(value(text, type));
		}),
	);
});

describe("charsets", () => {
	const utf16 = (text: string, mark: boolean, big = false) => {
		const bytes = [...(mark ? `\ufeff${text}` : text)].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8]);
		return new Uint8Array(big ? bytes.map((_, at) => bytes[at ^ 1] ?? 0) : bytes);
	};
	const latin1 = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));
	test.each([
		["JSON in UTF-16 with a mark", utf16('{"a":"ü"}', true), "application/json"],
		["JSON in UTF-16, big end first", utf16('{"a":"ü"}', true, true), "application/json"],
		["JSON in UTF-16 without a mark", utf16('{"a":"ü"}', false), "application/json; charset=utf-16"],
		["JSON in UTF-16 without a mark, big end first", utf16('{"a":"ü"}', false, true), "application/json"],
		["JSON in UTF-8 that is called UTF-16", new TextEncoder().encode('{"a":"ü"}'), "application/json; charset=utf-16"],
		["JSON in UTF-8 that is called Latin-1", new TextEncoder().encode('{"a":"ü"}'), "application/json; charset=latin1"],
		["JSON in Latin-1", latin1('{"a":"ü"}'), 'application/json; charset="ISO-8859-1"'],
		["a form in Latin-1", latin1("a=ü"), "application/x-www-form-urlencoded; charset=latin1"],
		["a form in UTF-16", utf16("a=ü", true), "application/x-www-form-urlencoded"],
		["XML in Latin-1 by its own word", latin1("<?xml version='1.0' encoding='iso-8859-1'?><a>ü</a>"), "application/xml"],
		["XML in Latin-1 by its type's word", latin1("<?xml version='1.0' encoding='utf-8'?><a>ü</a>"), "text/xml; charset=latin1"],
		["XML in UTF-16", utf16("<?xml version='1.0' encoding='utf-16'?><a>ü</a>", true), "application/xml"],
		[
			"XML in UTF-8 that calls itself UTF-16",
			new TextEncoder().encode("<?xml version='1.0' encoding='utf-16'?><a>ü</a>"),
			"application/xml",
		],
	])("%s", (_name, bytes, contentType) => expect(value(bytes, contentType)).toEqual({ a: "ü" }));

	test("text with a mark of UTF-16, and bytes that are not of the charset they are said to be", () => {
		expect(value(utf16("ü", true), "text/plain")).toBe("ü");
		expect(value(new Uint8Array([0xff]), "text/plain; charset=utf-8")).toBe("/w==");
		expect(value(new Uint8Array([0xff, 0x22]), "text/plain; charset=x\u0000y")).toBe("/yI=");
	});
});

describe("NDJSON", () => {
	test.each(["application/x-ndjson", "application/ndjson; charset=utf-8", "application/jsonl", "application/x-jsonlines"])(
		"%s is an array of values",
		(type) => expect(value('{"a":1}\r\n\n[2]\n"x"\n', type)).toEqual([{ a: 1 }, [2], "x"]),
	);
	test("says which line is wrong", () => {
		expect(parse('{"a":1}\n{"a":}\n', "application/x-ndjson")).toMatchObject({
			error: { message: 'The body is not valid NDJSON: in line 2, unexpected "}" at column 6.' },
		});
		expect(parse(`1\n${"[".repeat(100)}`, "application/x-ndjson")).toMatchObject({
			error: { message: expect.stringContaining("deeper than 64") },
		});
		expect(parse("1\n".repeat(100_001), "application/x-ndjson").ok).toBe(false);
		expect(parse(new Uint8Array([0x22, 0xff, 0x22]), "application/x-ndjson").ok).toBe(false);
	});
});

describe("JWT", () => {
	const part = (given: unknown) => Buffer.from(JSON.stringify(given)).toString("base64url");
	const token = `${part({ alg: "RS256", kid: "k" })}.${part({ sub: "ü", iat: 1 })}.c2ln`;
	test.each(["application/jwt", "application/secevent+jwt", "APPLICATION/JWT; charset=utf-8"])(
		"%s is its header and its claims",
		(type) => {
			expect(value(`${token}\n`, type)).toEqual({ header: { alg: "RS256", kid: "k" }, claims: { sub: "ü", iat: 1 } });
		},
	);
	test.each(["", "a.b.c", token.slice(0, 20), `${token}.more`, "..", `${part([1])}.${part({})}.s`, `${part({})}.${part("x")}.s`])(
		"%j is none",
		(text) => {
			if (text === "") expect(value(text, "application/jwt")).toBeNull();
			else expect(parse(text, "application/jwt")).toMatchObject({ ok: false, error: { code: "body_invalid" } });
		},
	);
});

describe("invalid JSON says where parsing failed", () => {
	test.each([
		["{", "the text ends too early at line 1, column 2"],
		['{"a":1,}', 'unexpected "}" at line 1, column 8'],
		['{\n  "a": 1\n  "b": 2\n}', 'unexpected "\\"" at line 3, column 3'],
		["[1, 2", "the text ends too early at line 1, column 6"],
		["nope", 'unexpected "n" at line 1, column 1'],
		['{"a": 01}', 'unexpected "1" at line 1, column 8'],
		["{'a': 1}", 'unexpected "\'" at line 1, column 2'],
		['{"a": "\n"}', 'unexpected "\\n" at line 1, column 8'],
		["1 2", 'unexpected "2" at line 1, column 3'],
		['["\\x"]', 'unexpected "\\\\" at line 1, column 3'],
	])("%j", (text, place) => {
		const parsed = parse(text, "application/json");
		expect(parsed).toMatchObject({ ok: false, error: { code: "body_invalid", message: `The body is not valid JSON: ${place}.` } });
	});

	test("invalid UTF-8, too deep, too many members", () => {
		expect(parse(new Uint8Array([0x22, 0xff, 0x22]), "application/json")).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining("UTF-8") },
		});
		expect(parse("[".repeat(100_000), "application/json")).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining("deeper than 64") },
		});
		expect(parse(`${"[".repeat(64)}${"]".repeat(64)}`, "application/json").ok).toBe(true);
		expect(parse(JSON.stringify("[".repeat(100)), "application/json").ok).toBe(true);
		const members = `{${Array.from({ length: 500_001 }, (_, i) => `"${i}":1`).join(",")}}`;
		expect(parse(members, "application/json")).toMatchObject({ ok: false, error: { message: expect.stringContaining("members") } });
	});
});

test("__proto__ keys stay plain data and change nothing else", () => {
	const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1}}}';
	const parsed = value(hostile, "application/json") as Record<string, unknown>;
	expect(JSON.stringify(parsed)).toBe(hostile);
	expect((parsed as { polluted?: unknown }).polluted).toBeUndefined();
	expect(JSON.stringify(value("__proto__=1&__proto__=2&constructor=3", "application/x-www-form-urlencoded"))).toBe(
		'{"__proto__":["1","2"],"constructor":"3"}',
	);
	parse("<__proto__><polluted>1</polluted></__proto__>", "application/xml");
	parse("<a><constructor><prototype><polluted>1</polluted></prototype></constructor></a>", "application/xml");
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe("XML", () => {
	test("elements, attributes and repeated elements", () => {
		expect(
			value('<?xml version="1.0"?><order id="007"><line>A &amp; B</line><line>&lt;2&gt;</line><n>0012</n></order>', "application/xml"),
		).toEqual({
			order: { "@id": "007", line: ["A & B", "<2>"], n: "0012" },
		});
	});
	test("characters that are written as numbers", () => {
		expect(value('<a b="&#252;">&#xFC;&amp;#252;<![CDATA[&#252;]]></a>', "text/xml")).toEqual({
			a: { "@b": "ü", "#text": "ü&#252;&#252;" },
		});
	});
	test.each([
		["<r>\n<t>a", 'the element "t" is not closed at line 2, column 5'],
		["<r>", 'the element "r" is not closed at line 1, column 4'],
		["<r><t><!--", 'the element "t" is not closed at line 1, column 11'],
		[`<${"n".repeat(100)}>`, `the element "${"n".repeat(60)}…" is not closed at line 1, column 103`],
		["<r>\n <t></r>", 'the element "t" of line 2, column 2 is not closed before "r" is at line 2, column 5'],
		["</a>", 'the element "a" is closed and was not opened at line 1, column 1'],
		["<a></a", 'the end of the element "a" is not well formed at line 1, column 7'],
		["<a></a x>", 'the end of the element "a" is not well formed at line 1, column 4'],
		["<1a/>", '"1a" is not an element\'s name at line 1, column 4'],
		["<a\u0000\n/>", '"a\\u0000" is not an element\'s name at line 1, column 4'],
		["< a>", 'a name is missing behind "<" at line 1, column 2'],
		["<a b='1>", 'a quote in the element "a" is not closed at line 1, column 3'],
		["<a b='1'c='2'/>", 'a blank is missing before the attribute "c" at line 1, column 9'],
		["<a b/>", 'the attribute "b" has no value at line 1, column 4'],
		["<a b=/>", 'the attribute "b" has no value at line 1, column 4'],
		["<a 1='1'/>", '"1" is not an attribute\'s name at line 1, column 4'],
		["<a b='1' b='2'/>", 'the attribute "b" is there twice at line 1, column 10'],
		["<a>& b</a>", 'unexpected "&" at line 1, column 4'],
		["<a></a>x", "text stands behind the outermost element at line 1, column 8"],
		["<a/>\nx\n", "text stands behind the outermost element at line 3, column 1"],
		["<a></a><b></b>", "there is more than one outermost element at line 1, column 10"],
		["\n\n<?xml version='1.0'?><a/>", "the XML declaration is not at the start at line 3, column 6"],
		[" ", "there is no element in it"],
		["<a/><!-- >", "Comment is not closed"],
		["<a>".repeat(70) + "</a>".repeat(70), "it nests too deep"],
	])("%j is refused in words", (text, reason) => {
		expect(parse(text, "text/xml")).toMatchObject({ ok: false, error: { message: `The body is not valid XML: ${reason}.` } });
	});
	test.each([
		["<a><b></a>", "line 1"],
		["not xml", "XML"],
		['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"],
		['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"],
		["<a>".repeat(200) + "</a>".repeat(200), "XML"],
	])("%s is refused", (text, message) => {
		expect(parse(text, "text/xml")).toMatchObject({
			ok: false,
			error: { code: "body_invalid", message: expect.stringContaining(message) },
		});
	});
});

describe("a body that is made to stall whoever reads it", () => {
	const form = "multipart/form-data; boundary=b";
	const part = (head: string) => `--b\r\nContent-Disposition: form-data; name="f"; filename="a"${head}\r\n\r\nv\r\n`;
	const fill = (text: string, size: number) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
	test.each<[string, string, number, (size: number) => string]>([
		["spaces in a part's content type", form, 10_000, (size) => `${part(`\r\nContent-Type: x${fill(" ", size)}y`)}--b--`],
		["as many as may be in each of many parts", form, 200_000, (size) => `${fill(part(`\r\nContent-Type: x${fill(" ", 8_000)}y`), size)}`],
		["quotes that never close", form, 200_000, (size) => fill(part('; name="\\"'.repeat(800)), size)],
		["spaces around a token", "application/jwt", 200_000, (size) => `${fill(" ", size)}x`],
		["spaces in JSON", "application/json", 200_000, (size) => `[1${fill(" ", size)}x]`],
		["lines of spaces", "application/x-ndjson", 100_000, (size) => `${fill(" ", size)}\n${fill("\n", size)}x`],
		["broken percent signs", "application/x-www-form-urlencoded", 100_000, (size) => fill("%4=&", size)],
		["spaces in a tag", "text/xml", 100_000, (size) => `<a${fill(" ", size)}`],
		["comments that never end", "text/xml", 100_000, (size) => `<a>${fill("<!--", size)}`],
		["ends of sections without a beginning", "text/xml", 100_000, (size) => `<a>${fill("]]>", size)}`],
	])("takes no more than its length: %s", (_, type, size, make) => {
		const bytes = (length: number) => new TextEncoder().encode(make(length));
		expect(growth(bytes, (body) => parseBody(body, type), size)).toBeLessThan(LINEAR_MAX);
	});

	test("takes no more than its length: one name over and over", () => {
		const pairs = (size: number) => Array.from({ length: size }, (): [string, string] => ["a", ""]);
		expect(growth(pairs, gather, 20_000)).toBeLessThan(LINEAR_MAX);
	});

	test("is no form where a part's head is longer than 8 KB", () => {
		const head = (spaces: number) => `${part(`\r\nContent-Type: x${" ".repeat(spaces)}y`)}--b--`;
		expect(value(head(8_000), form)).toMatchObject({ f: { filename: "a", content: "v" } });
		expect(parse(head(8_192), form)).toMatchObject({
			ok: false,
			error: { code: "body_invalid", message: expect.stringContaining("8 KB") },
		});
	});

	test("is read to its mistake also in a string of megabytes", () => {
		const message = "The body is not valid JSON: the text ends too early at line 1, column 8000003.";
		expect(parse(`["${"a".repeat(8_000_000)}`, "application/json")).toMatchObject({ ok: false, error: { message } });
		expect(parse(`["${"a".repeat(8_000_000)}\\x"]`, "application/json")).toMatchObject({ ok: false, error: { code: "body_invalid" } });
	});
});

test("the event as expressions see it", () => {
	const reading = readEvent({
		id: "evt_1",
		sequence: 7,
		source: "webhook",
		receivedAt: Date.UTC(2026, 10, 21, 12, 0, 0, 5),
		method: "POST",
		path: "/orders",
		query: "?a=1&b=2&a=3&__proto__=4",
		headers: [
			["Content-Type", "application/json"],
			["X-Many", "1"],
			["x-many", "2"],
		],
		body: new TextEncoder().encode('{"sku":"A"}').buffer as ArrayBuffer,
		lane: null,
		hops: 0,
		sender: "stripe",
		name: "invoice.paid",
		occurredAt: Date.UTC(2026, 10, 21, 11, 59, 58),
	});
	expect(reading.ok && JSON.parse(JSON.stringify(reading.event))).toEqual(
		JSON.parse(
			'{"id":"evt_1","sequence":7,"receivedAt":"2026-11-21T12:00:00.005Z","sender":"stripe","name":"invoice.paid","occurredAt":"2026-11-21T11:59:58.000Z","method":"POST","path":"/orders","query":{"a":["1","3"],"b":"2","__proto__":"4"},"headers":{"content-type":"application/json","x-many":"1, 2"},"body":{"sku":"A"}}',
		),
	);
});

test("XML elements with names that JavaScript knows are plain members", () => {
	const text =
		"<a><__proto__><x>1</x></__proto__><constructor>2</constructor><constructor/><prototype p='4'>3</prototype><toString>5</toString></a>";
	const parsed = parseBody(new TextEncoder().encode(text), "application/xml");
	expect(parsed.ok && JSON.stringify(parsed.value)).toBe(
		'{"a":{"__proto__":{"x":"1"},"constructor":["2",""],"prototype":{"#text":"3","@p":"4"},"toString":"5"}}',
	);
	expect(Object.getPrototypeOf((parsed as { value: { a: object } }).value.a)).toBe(Object.prototype);
});
