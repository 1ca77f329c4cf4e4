import { type Headers as HeaderList, LEFT_OUT } from "../events/protocol/delivery";

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
	LEFT_OUT,
]);
const DROPPED_PREFIXES = ["cf-", "x-forwarded-", "sec-fetch-", "mf-"];

/** Bytes of headers that are looked at; what comes after is dropped. */
const READ_MAX_BYTES = 64 * 1024;
/** Bytes of headers kept of one delivery. */
const KEPT_MAX_BYTES = 16 * 1024;
/** Characters of the names of those that are not. */
const NAMES_MAX_LENGTH = 500;
/** Of an address, from behind the endpoint's key on: as much as many proxies let pass. */
export const ADDRESS_MAX_LENGTH = 8 * 1024;

/** A delivery's headers as its sender is judged by them: lower-case names in the sender's order. */
export function readHeaders(headers: Headers): HeaderList {
	const kept: HeaderList = [];
	let room = READ_MAX_BYTES;
	for (const [name, value] of headers) {
		if (DROPPED.has(name) || DROPPED_PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
		room -= name.length + value.length;
		if (room < 0) break;
		kept.push([name, value]);
	}
	return kept;
}

/**
 * A delivery's headers as they are kept, in the sender's order: where they are too much together, the longest are left out,
 * and one more names them. The content type stays, since the body is read by it.
 */
export function keptHeaders(headers: HeaderList): HeaderList {
	let excess = -KEPT_MAX_BYTES;
	for (const [name, value] of headers) excess += name.length + value.length;
	if (excess <= 0) return headers;
	const leftOut = new Set<number>();
	excess += LEFT_OUT.length + NAMES_MAX_LENGTH;
	const longestFirst = headers.map(([name, value], at) => ({ at, name, length: name.length + value.length }));
	for (const { at, name, length } of longestFirst.sort((a, b) => b.length - a.length)) {
		if (excess <= 0) break;
		if (name === "content-type" && length <= CONTENT_TYPE_MAX_LENGTH) continue;
		leftOut.add(at);
		excess -= length;
	}
	const names = [...new Set(headers.flatMap(([name], at) => (leftOut.has(at) ? [name] : [])))].join(", ");
	const named = names.length > NAMES_MAX_LENGTH ? `${names.slice(0, NAMES_MAX_LENGTH - 1)}…` : names;
	return [...headers.filter((_, at) => !leftOut.has(at)), [LEFT_OUT, named]];
}

const CONTENT_TYPE_MAX_LENGTH = 1024;

/** A path and query as they are kept of one that is too long. */
export function keptAddress(path: string, query: string): { path: string; query: string } {
	const start = path.slice(0, ADDRESS_MAX_LENGTH);
	return { path: start, query: query.slice(0, ADDRESS_MAX_LENGTH - start.length) };
}
