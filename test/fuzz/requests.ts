import { createHmac } from "node:crypto";
import { CONTENT_TYPES, makeBody } from "./bodies.ts";
import type { Random } from "./random.ts";

/** One request as bytes for a socket, and what is known of it before it is sent. */
export interface FuzzedRequest {
	mark: string;
	/** Index of the endpoint that it is for. */
	target: number;
	bytes: Buffer;
	method: string;
	/** The body as a server that follows HTTP reads it; null where the framing is broken and there is none to be had. */
	body: Buffer | null;
	/** Whether its length is not declared. The runtime hands over no such body of a GET, whole or broken. */
	chunked: boolean;
	/** Whether it names one host. */
	hosted: boolean;
	/** HTTP cannot be read beyond it, or ends before it should: the connection is closed behind it. */
	last: boolean;
	/** The only statuses that are right, where that is known; null for anything below 500. */
	statuses: readonly number[] | null;
}

export interface Target {
	/** `/in/<64 hex>` */
	path: string;
	secret: string | null;
}

/** Every mark, whatever stands around it. */
export const MARK = /mark-[0-9a-f]{16}/g;

const METHODS = [
	"POST",
	"POST",
	"POST",
	"POST",
	"POST",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"GET",
	"HEAD",
	"OPTIONS",
	"TRACE",
	"PROPFIND",
	"post",
];
const HEADER_NAMES = [
	"x-a",
	"X-A",
	"x-!#$%&'*+.^_`|~",
	"__proto__",
	"constructor",
	"x-forwarded-for",
	"cookie",
	"cf-connecting-ip",
	"authorization",
];
const TOO_LARGE = 10 * 1024 * 1024 + 1;

export function makeRequest(random: Random, targets: readonly Target[]): FuzzedRequest {
	const mark = `mark-${random.text(16, "0123456789abcdef")}`;
	const target = random.whole(0, targets.length - 1);
	const { path, secret } = targets[target] as Target;
	const method = random.pick(METHODS);
	const tooLarge = random.chance(0.0005);
	const body = tooLarge ? Buffer.alloc(TOO_LARGE, 0x61) : makeBody(random, mark);
	const headers = [`x-mark: ${mark}`, ...oddHeaders(random)];
	let statuses: readonly number[] | null = null;

	const signed = secret !== null && random.chance(0.7);
	if (signed) headers.push(`x-signature: ${createHmac("sha256", secret).update(body).digest("hex")}`);
	else if (secret !== null && random.chance(0.5)) headers.push(`x-signature: ${random.text(64, "0123456789abcdef")}`);

	const types = random.chance(0.9)
		? [random.pick(CONTENT_TYPES)]
		: random.chance(0.5)
			? []
			: [random.pick(CONTENT_TYPES), random.pick(CONTENT_TYPES)];
	for (const type of types) headers.push(`${random.pick(["content-type", "Content-Type", "CONTENT-TYPE"])}: ${type}`);
	const encoding = random.chance(0.06) ? random.pick(["gzip", "br", "deflate", "GZIP", "identity", "gzip, identity", "x"]) : null;
	if (encoding !== null) headers.push(`content-encoding: ${encoding}`);

	const key = random.chance(0.05) ? brokenKey(random, path) : path;
	const url = `${key}${random.pick(["", "/", `/${mark}`, "/a%2Fb", "/%", "/%00", "/..%2f..", "//x", "/%C3%BC", "/a\\b", "/;x=1"])}${query(random, mark)}`;
	const framed = frame(random, body);
	const malformed = random.chance(0.06) ? random.pick(MALFORMED)(method, url) : null;
	const line = malformed ?? `${method} ${url} HTTP/1.1`;
	const host = random.chance(0.98) ? ["host: localhost"] : random.pick([[], ["host: localhost", "host: localhost"], ["host: "]]);
	const head = [line, ...host, ...headers, ...framed.headers, "", ""].join("\r\n");

	const plain = malformed === null && framed.body !== null && host.length === 1 && key === path;
	if (plain && encoding !== null && encoding !== "identity" && method !== "HEAD" && method !== "OPTIONS")
		statuses = [415, 400, 431, 413, ...(method === "POST" ? [] : [405])]; // a method that is not taken is refused first
	if (malformed === null && key !== path && framed.body !== null) statuses = [404, 400, 405, 431];
	return {
		...{ mark, target, method, statuses },
		bytes: Buffer.concat([Buffer.from(head, "latin1"), framed.bytes]),
		body: framed.body,
		chunked: framed.headers[0]?.startsWith("transfer") ?? false,
		hosted: host.length === 1,
		last: malformed !== null || framed.last || method === "HEAD" || host.length !== 1 || method === "TRACE",
	};
}

function oddHeaders(random: Random): string[] {
	return Array.from({ length: random.whole(0, 5) }, () => {
		const name = random.pick(HEADER_NAMES);
		switch (random.whole(0, 60)) {
			case 0:
				return random.pick(["x y: 1", ": 1", "x", "x\u0000: 1", " folded: 1"]);
			case 1:
				return `${name}: ${random.pick(["\u0001", "\u007f", "\u001b[31m", "\u0000"])}`;
			case 2:
			case 3:
			case 4:
				return `${name}: ${random.text(random.whole(0, 9_000))}`;
			case 5:
			case 6:
			case 7:
				return `${name}:${random.pick(["a\tb", "\u00ff\u00fe", " a ", "{{ vars }}", "<b>", "%0d%0a"])}`;
			default:
				return `${name}: ${random.text(random.whole(0, 20))}`;
		}
	});
}

function query(random: Random, mark: string): string {
	const parts = [
		"a=1",
		"%",
		"%zz",
		"__proto__=1",
		"a=%00",
		"a=%E4",
		"a[]=1",
		"=",
		"&&",
		`mark=${mark}`,
		"x".repeat(3_000),
		"a=%3Cscript%3E",
	];
	return random.chance(0.4) ? "" : `?${Array.from({ length: random.whole(0, 5) }, () => random.pick(parts)).join("&")}`;
}

function brokenKey(random: Random, path: string): string {
	const hex = path.slice("/in/".length);
	const at = random.whole(0, 63);
	const flipped = `/in/${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}`;
	return random.pick([flipped, path.slice(0, -1), `${path}0`, `/in/${hex.toUpperCase()}G`, "/in/", "/in", `/in//${hex}`]);
}

const MALFORMED: readonly ((method: string, url: string) => string)[] = [
	(method, url) => `${method} ${url}`,
	(method, url) => `${method} ${url} HTTP/9.9`,
	(method, url) => `${method}  ${url} HTTP/1.1`,
	(method, url) => `${method} ${url} x HTTP/1.1`,
	(method) => `${method} HTTP/1.1`,
	(method, url) => `${method} ${url}/\u00fc?a=<script> HTTP/1.1`,
	(_method, url) => `M${"E".repeat(4_000)} ${url} HTTP/1.1`,
	(_method, url) => `\u0000\u0001 ${url} HTTP/1.1`,
	(method, url) => `${method} ${url}${"x".repeat(80_000)} HTTP/1.1`,
	() => "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
];

interface Framed {
	headers: string[];
	bytes: Buffer;
	body: Buffer | null;
	last: boolean;
}

function frame(random: Random, body: Buffer): Framed {
	const dice = random.next();
	if (dice < 0.8) return { headers: [`content-length: ${body.length}`], bytes: body, body, last: false };
	if (dice < 0.92) return { headers: ["transfer-encoding: chunked"], bytes: chunked(random, body), body, last: false };
	if (dice < 0.94 && body.length > 1) {
		const short = random.whole(0, body.length - 1);
		return { headers: [`content-length: ${short}`], bytes: body, body: body.subarray(0, short), last: true };
	}
	if (dice < 0.96) return { headers: [`content-length: ${body.length + random.whole(1, 500)}`], bytes: body, body: null, last: true };
	const length = random.pick(["-1", "x", "1e3", "99999999999999999999", "", "1, 2", "0x10"]);
	if (dice < 0.98) return { headers: [`content-length: ${length}`], bytes: body, body: null, last: true };
	const broken = random.pick(["zz\r\n", "5\r\nab", "ffffffffffffffff\r\na", "-1\r\n", "\r\n\r\n"]);
	return { headers: ["transfer-encoding: chunked"], bytes: Buffer.from(broken), body: null, last: true };
}

function chunked(random: Random, body: Buffer): Buffer {
	const pieces: Buffer[] = [];
	for (let at = 0; at < body.length; ) {
		const piece = body.subarray(at, at + random.whole(1, Math.max(1, body.length)));
		pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
		at += piece.length;
	}
	return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]);
}
