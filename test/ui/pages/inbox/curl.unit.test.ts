import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CurlRequest, curlOf, unwrittenHeaders } from "../../../../ui/pages/editor/inbox/curl";

const request = (fields: Partial<CurlRequest> = {}): CurlRequest => ({
	method: "POST",
	path: "/",
	query: "",
	headers: [["content-type", "application/json"]],
	body: '{"sku":"A-1"}',
	bodyEncoding: "utf8",
	fileName: "event-7.json",
	...fields,
});
const URL_OF = "https://inlet.example/in/abc";

test("reads as somebody would write it", () => {
	expect(curlOf(URL_OF, request({ path: "/orders", query: "?x=1" }))).toBe(
		["curl 'https://inlet.example/in/abc/orders?x=1'", "-H 'content-type: application/json'", `--data-raw '{"sku":"A-1"}'`].join(" \\\n  "),
	);
	expect(curlOf(URL_OF, request({ method: "GET", body: "", headers: [] }))).toBe(`curl '${URL_OF}'`);
	expect(curlOf(URL_OF, request({ method: "PUT", body: "", headers: [] }))).toBe(`curl -X PUT '${URL_OF}'`);
	expect(curlOf(URL_OF, request({ method: "HEAD", body: "", headers: [] }))).toBe(`curl --head '${URL_OF}'`);
});

test("keeps what is masked masked, and says so", () => {
	const command = curlOf(
		URL_OF,
		request({
			headers: [
				["authorization", "Bearer ••••"],
				["x-api-key", "••••"],
			],
		}),
	);
	expect(command).toContain("-H 'authorization: Bearer ••••'");
	expect(command.split("\n")[0]).toBe(": 'Masked by Inlet: authorization, x-api-key. Put the real value in.'");
	expect(curlOf(URL_OF, request())).not.toContain("Masked");
});

test("leaves what the connection says to curl", () => {
	const headers: [string, string][] = [
		["host", "x"],
		["content-length", "3"],
		["accept-encoding", "br"],
		["x-topic", "a"],
	];
	const command = curlOf(URL_OF, request({ headers }));
	expect(command.match(/-H '[^']*'/g)).toEqual(["-H 'x-topic: a'", "-H 'Content-Type:'"]);
});

test("asks for the URL where the viewer may not know it", () => {
	const command = curlOf(null, request({ path: "/orders" }));
	expect(command).toContain(`curl "$INLET_URL"'/orders'`);
	expect(command).toContain("Set INLET_URL");
});

test("names the downloaded file where the body is too long for a command", () => {
	const command = curlOf(URL_OF, request({ body: "x".repeat(200_000) }));
	expect(command).toContain("--data-binary '@event-7.json'");
	expect(command).toContain(": 'Download the body first, and save it as event-7.json");
});

test("sends nothing where that file is not there", () => {
	const folder = mkdtempSync(join(tmpdir(), "curl-"));
	const run = (body: string) =>
		execFileSync("sh", ["-c", `curl() { echo sent; }\n${curlOf(URL_OF, request({ body }))}\ntrue`], { cwd: folder, encoding: "utf8" });
	expect(run("x".repeat(200_000))).toBe("");
	expect(run("x")).toBe("sent\n");
	writeFileSync(join(folder, "event-7.json"), "x".repeat(200_000));
	expect(run("x".repeat(200_000))).toBe("sent\n");
	rmSync(folder, { recursive: true });
});

const HOSTILE = 'it\'s $(id) `id` $HOME \\ "double" !! \n\r\n\t* ~ # ; & | > < é 🪑 %s @file';

// In the place of curl stands a function that says what words it was given, and what came on its input.
test.each([
	["text that a shell would read", { body: HOSTILE }],
	["a body that looks like a file's name", { body: "@/etc/passwd" }],
	["a NUL", { body: "a\0b" }],
	["bytes that are no text", { body: Buffer.from([0, 255, 10, 39, 195]).toString("base64"), bodyEncoding: "base64" as const }],
	[
		"quotes and dollars in headers, path and query",
		{ headers: [["x-note", "it's $HOME `id`"]] as [string, string][], path: "/a'b", query: "?q=$(id)" },
	],
	["brackets and dots in the path", { path: "/a/../[1]/{x}", query: "?a[]=1" }],
	["an empty header", { headers: [["x-empty", ""]] as [string, string][] }],
	["another method", { method: "PATCH" }],
])("a shell takes %s for what it is", (_, fields) => {
	const given = request(fields);
	const printed = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; cat; }; ${curlOf(URL_OF, given)}`], { input: "" });
	const body = Buffer.from(given.body, given.bodyEncoding);
	const words = printed
		.toString("latin1")
		.split("\0")
		.map((word) => Buffer.from(word, "latin1").toString("utf8"));
	expect(words).toContain(`${URL_OF}${given.path === "/" ? "" : given.path}${given.query}`);
	for (const [name, value] of given.headers) expect(words).toContain(value === "" ? `${name};` : `${name}: ${value}`);
	if (words.includes("@-")) expect(printed.subarray(printed.length - body.length)).toEqual(body);
	else expect(words[words.indexOf("--data-raw") + 1]).toBe(given.body);
});

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
/** What a terminal shows as it stands: a command with anything else in it could do something while it is pasted. */
const SHOWN = /^[\t\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;

/** The request as a body is told of: text where its bytes are UTF-8. */
function withBody(bytes: Uint8Array): CurlRequest {
	try {
		return request({ body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) });
	} catch {
		return request({ body: Buffer.from(bytes).toString("base64"), bodyEncoding: "base64" });
	}
}

/** The bytes that a shell hands to curl as the body. */
function bodyIn(shell: string, command: string): Buffer {
	const prints = `curl() { for word; do [ "$before" = --data-raw ] && printf %s "$word"; before=$word; done; cat; }; ${command}`;
	return execFileSync(shell, ["-c", prints], { input: "" });
}

test.each(["sh", "bash"])("every byte in a body reaches curl through %s as it came, and none obeys in a terminal", (shell) => {
	const bodies = [
		...BYTES.filter((byte) => byte % (shell === "sh" ? 1 : 8) === 3 || byte < 40 || byte === 127).map((byte) =>
			Uint8Array.from([0x61, byte, 0x62, 0x0a]),
		),
		Uint8Array.from(BYTES),
		Buffer.from("hi\u0003\ntouch /tmp/pasted\n"),
		Buffer.from("\u001b[201~\rtouch /tmp/pasted\r"),
		Buffer.from("\u202eright to left\u2028next\u0085next\u009b201~"),
		Buffer.from("é 🪑 ist gut\n\tin two lines\n~. and on"),
	];
	for (const body of bodies) {
		const command = curlOf(URL_OF, withBody(body));
		expect(command).toMatch(SHOWN);
		expect(bodyIn(shell, command).equals(body), JSON.stringify(command)).toBe(true);
	}
});

test("a header with a character that a terminal would obey, or that would arrive as another, is left out and counted", () => {
	for (const byte of BYTES) {
		const given = request({ headers: [["x-note", `a${String.fromCharCode(byte)}b`]], query: `?q=${String.fromCharCode(byte)}` });
		const command = curlOf(URL_OF, given);
		const isPlain = byte >= 0x20 && byte < 0x7f;
		expect(command).toMatch(SHOWN);
		expect(unwrittenHeaders(given.headers)).toBe(isPlain ? 0 : 1);
		expect(command.includes("-H 'x-note")).toBe(isPlain);
		expect(command.includes("Left out by Inlet")).toBe(!isPlain);
	}
	expect(unwrittenHeaders([["authorization", "Bearer ••••"]])).toBe(0);
});

test("a long body that is no text is written in lines that any terminal takes", () => {
	const command = curlOf(URL_OF, withBody(Uint8Array.from({ length: 20_000 }, (_, at) => at % 256)));
	expect(Math.max(...command.split("\n").map((line) => line.length))).toBeLessThan(200);
});
