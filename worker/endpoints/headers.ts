import type { Headers as HeaderList } from "../events/protocol/delivery";

/**
 * Headers that are gone before anything is stored: cookies, since the UI shares the origin; what the platform and
 * proxies added; what speaks of the connection and not of the message.
 */
const DROPPED = new Set([
	"cookie",
	"set-cookie",
	"x-real-ip",
	"true-client-ip",
	"connection",
	"keep-alive",
	"proxy-authorization",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
	"host",
	"cdn-loop",
	"mf-original-url",
	"inlet-workspace",
	"inlet-until",
]);
const DROPPED_PREFIXES = ["cf-", "x-forwarded-", "sec-fetch-", "mf-"];

/** Bytes of headers kept of one delivery; what comes after is dropped. */
const HEADERS_MAX_BYTES = 64 * 1024;

/** A delivery's headers as they are kept: lower-case names in the sender's order. */
export function keptHeaders(headers: Headers): HeaderList {
	const kept: HeaderList = [];
	let room = HEADERS_MAX_BYTES;
	for (const [name, value] of headers) {
		if (DROPPED.has(name) || DROPPED_PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
		room -= name.length + value.length;
		if (room < 0) break;
		kept.push([name, value]);
	}
	return kept;
}
