import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { type CurlRequest, curlOf } from "../../../../ui/pages/editor/inbox/curl";

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
	expect(command).toContain(": 'Download the body first, and save it as event-7.json.'");
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
