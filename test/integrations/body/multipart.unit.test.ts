import { afterEach, describe, expect, it, vi } from "vitest";
import { readMultipart } from "../../../worker/integrations/body/multipart";
import { parseBody } from "../../../worker/integrations/body/parse";
import { growth, LINEAR_MAX } from "../../given/growth";

const CRLF = "\r\n";
const TYPE = "multipart/form-data; boundary=X";
const CLOSE = "--X--\r\n";

const part = (name: string, value: string, lineEnd = CRLF) => partOf(`Content-Disposition: form-data; name="${name}"`, value, lineEnd);
const partOf = (head: string, value: string, lineEnd = CRLF) => `--X${lineEnd}${head}${lineEnd}${lineEnd}${value}${lineEnd}`;
const parts = (count: number) => Array.from({ length: count }, (_, at) => part(`p${at}`, String(at))).join("");

const parse = (body: string | Uint8Array, type = TYPE) => parseBody(typeof body === "string" ? new TextEncoder().encode(body) : body, type);
const fields = (body: string | Uint8Array, type = TYPE) => {
	const read = parse(body, type);
	if (!read.ok) throw new Error(read.error.message);
	return read.value;
};
const reason = (body: string, type = TYPE) => {
	const read = parse(body, type);
	if (read.ok) throw new Error(`it was read: ${JSON.stringify(read.value)}`);
	expect(read.error).toMatchObject({ code: "body_invalid", field: "event.body" });
	return read.error.message.replace(/^The body is not valid multipart\/form-data: (.*)\.$/, "$1");
};

describe("a multipart form", () => {
	it("is its fields, a list where a name comes twice, and its files", () => {
		const body = [
			...["preamble", part("a", "1"), part("a", "zwei ü")],
			...[partOf('Content-Disposition: form-data; name="file"; filename="x.csv"\r\nContent-Type: text/csv', "a,b\r\n1,2")],
			...[part("empty", ""), "--X--", "epilogue"],
		];
		expect(fields(body.join(CRLF).replaceAll("\r\n\r\n--X", "\r\n--X"), 'multipart/form-data; boundary="X"')).toEqual({
			a: ["1", "zwei ü"],
			file: { filename: "x.csv", contentType: "text/csv", size: 8, encoding: "utf-8", content: "a,b\r\n1,2" },
			empty: "",
		});
	});

	it("is read as the platform itself writes it", async () => {
		const sent = new FormData();
		sent.append("sku", "A-1");
		sent.append("photo", new Blob([new Uint8Array([0xff, 0x00])], { type: "image/png" }), "p.png");
		const request = new Request("http://x", { method: "POST", body: sent });
		const bytes = new Uint8Array(await request.arrayBuffer());
		expect(fields(bytes, request.headers.get("content-type") ?? "")).toEqual({
			sku: "A-1",
			photo: { filename: "p.png", contentType: "image/png", size: 2, encoding: "base64", content: "/wA=" },
		});
	});

	it.each([
		["begins with the boundary", "Dear all,\r\n--Xavier wrote:\r\nhello"],
		["begins as the last boundary does", "a\r\n--X--y"],
		["is the boundary, in a line that LF alone ends", "a\n--X\nb"],
		["is the boundary after a blank", "a\r\n --X\r\nb"],
	])("keeps a value with a line that %s", (_, value) => {
		expect(fields(`${part("note", value)}${part("id", "7")}${CLOSE}`)).toEqual({ note: value, id: "7" });
	});

	it.each([
		["no parts", CLOSE, {}],
		["no parts, with a boundary before the last", `--X\r\n${CLOSE}`, {}],
		["blanks behind its boundaries", `${part("a", "1").replace(CRLF, " \t\r\n")}--X-- \t`, { a: "1" }],
		["no line end at its end", `${part("a", "1")}--X--`, { a: "1" }],
		["its last boundary twice", `${part("a", "1")}${CLOSE}${CLOSE}`, { a: "1" }],
		["lines that LF alone ends", `pre\n${part("a", "1\r", "\n")}${part("b", "2", "\n")}--X--\n`, { a: "1\r", b: "2" }],
		["heads whose lines LF alone ends", `--X\r\nContent-Disposition: form-data; name="a"\n\n1\r\n${CLOSE}`, { a: "1" }],
	])("is read with %s", (_, body, expected) => expect(fields(body)).toEqual(expected));

	it.each([
		["without quotes", "name=a", "a"],
		["between blanks", 'name = "a"', "a"],
		["in the header's next line", '\r\n\tname="a"', "a"],
		["with a quote in it", 'name="a\\"%22"', 'a""'],
		["as RFC 5987 writes it", "name*=UTF-8''a%C3%BC", "aü"],
		["in another charset", "name*=iso-8859-1''a%FC", "a%FC"],
		["behind a file's that looks like one", 'filename="; name=\\"b\\""; name=a', "a"],
		["which is missing", "", ""],
		["without an end", 'name="a', "a"],
	])("finds a part's name %s", (_, parameters, name) => {
		expect(fields(`${partOf(`content-disposition: form-data; ${parameters}`, "1")}${CLOSE}`)).toEqual({
			[name]: parameters.includes("filename") ? expect.objectContaining({ filename: '; name="b"', content: "1" }) : "1",
		});
	});

	it("keeps a part without any head under the empty name, and a file's name beyond ASCII", () => {
		expect(fields(`--X\r\n\r\n1\r\n${CLOSE}`)).toEqual({ "": "1" });
		const file = partOf(`Content-Disposition: form-data; name="f"; filename*=utf-8''%C3%BC.txt`, "x");
		expect(fields(`${file}${CLOSE}`)).toMatchObject({ f: { filename: "ü.txt", content: "x" } });
	});
});

describe("a multipart form of which something would be left unread is none", () => {
	it.each([
		["its end is missing", part("a", "1") + part("b", "2"), "it ends in part 2, without its closing boundary"],
		["it ends in a value", part("a", "1") + part("b", "2").slice(0, -2), "it ends in part 2, without its closing boundary"],
		["it ends in a head", `${part("a", "1")}--X\r\nContent-Dispo`, "it ends in part 2, without its closing boundary"],
		["it ends in a boundary", `${part("a", "1")}--X`, "it ends in part 2, without its closing boundary"],
		["it goes on behind its end", `${part("a", "1")}${CLOSE}${part("b", "2")}${CLOSE}`, "it has parts behind its closing boundary"],
		["a head has no end", `${part("a", "1")}--X\r\nb: c\r\n${CLOSE}`, "part 2 has no empty line before its content"],
		[
			"a head is too long",
			`${partOf(`b: ${"c".repeat(8_190)}`, "")}${CLOSE}`,
			"what stands before the content of part 1 is longer than 8 KB",
		],
		["it has too many parts", parts(5_001) + CLOSE, "it has more than 5000 parts"],
		["its boundary does not occur", "--Xavier\r\n", "its boundary is missing or does not occur"],
	])("where %s", (_, body, expected) => expect(reason(body)).toBe(expected));

	it("where no boundary is named", () => {
		expect(reason(part("a", "1"), "multipart/form-data")).toBe("its boundary is missing or does not occur");
	});

	it("but has all of as many parts as may be", () => {
		expect(Object.keys(fields(parts(5_000) + CLOSE) as object)).toHaveLength(5_000);
	});
});

describe("a multipart form that is made to stall whoever reads it", () => {
	afterEach(() => vi.restoreAllMocks());

	/** Characters that were looked at on the way: by searches, patterns and one by one. */
	function stepsFor(body: string): number {
		const bytes = new TextEncoder().encode(body);
		let steps = 0;
		const { indexOf, charCodeAt } = String.prototype;
		const { exec } = RegExp.prototype;
		vi.spyOn(String.prototype, "indexOf").mockImplementation(function (this: string, sought: string, from = 0) {
			const at = indexOf.call(this, sought, from);
			steps += (at === -1 ? this.length : at + sought.length) - from;
			return at;
		});
		vi.spyOn(String.prototype, "charCodeAt").mockImplementation(function (this: string, at: number) {
			steps++;
			return charCodeAt.call(this, at);
		});
		vi.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, text: string) {
			const from = this.lastIndex;
			const found = exec.call(this, text);
			steps += (found === null ? text.length : found.index + found[0].length) - from;
			return found;
		});
		readMultipart(bytes, TYPE);
		vi.restoreAllMocks();
		return steps;
	}

	const LENGTH = 400_000;
	const fill = (text: string) => text.repeat(Math.ceil(LENGTH / text.length));
	it.each([
		["parts", fill(part("a", "1"))],
		["boundaries and nothing else", fill("--X\r\n")],
		["last boundaries", fill(CLOSE)],
		["lines that begin with the boundary", part("a", fill("\r\n--X-"))],
		["blanks behind a boundary", part("a", `--X${fill(" ")}y`)],
		["lines of blanks behind boundaries", part("a", fill(`--X${" ".repeat(99)}y\r\n`))],
		["line ends", part("a", fill("\r\n"))],
		["parts in a preamble of lines", `${fill("a\n")}${part("a", "1")}`],
	])("takes no more steps than a few for each of its characters: %s", (_, body) => {
		const steps = stepsFor(`${body}${CLOSE}`);
		expect(steps).toBeGreaterThan(LENGTH / 100);
		expect(steps).toBeLessThan(8 * body.length);
	});

	it.each([
		["quotes that never close", '; name="\\"'],
		["names without values", "; a"],
		["blanks behind a name", " "],
		["lines", "\r\n "],
	])("takes no more than the length of a part's head: %s", (_, text) => {
		const form = (length: number) => {
			const head = `Content-Disposition: form-data; name${text.repeat(length / text.length)}x`;
			return new TextEncoder().encode(`${partOf(head, "").repeat(100)}${CLOSE}`);
		};
		expect(growth(form, (bytes) => readMultipart(bytes, TYPE), 2_000)).toBeLessThan(LINEAR_MAX);
	});
});
