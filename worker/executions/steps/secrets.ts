import { MASK } from "../../events/mask";
import type { Headers } from "../../events/protocol/delivery";
import type { OutboundRequest, OutboundResult } from "../outbound";

/**
 * What a connection lent is shown to nobody, also where the called system sends it back. Shorter values are left: they
 * would be found in everything.
 */
const SECRET_MIN_LENGTH = 6;

const encoder = new TextEncoder();

/** Every spelling under which a lent header's secret may come back, longest first. */
export function secretsOf(credentials: Headers): string[] {
	const secrets = new Set<string>();
	for (const [, value] of credentials) {
		const [, scheme = "", token] = /^([A-Za-z][\w-]*)\s+(\S+)$/.exec(value) ?? [];
		const pair = scheme.toLowerCase() === "basic" && token !== undefined ? decoded(token) : null;
		for (const secret of [value, token, pair, pair?.slice(pair.indexOf(":") + 1)]) {
			if (secret === undefined || secret === null || secret.length < SECRET_MIN_LENGTH) continue;
			for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())])
				secrets.add(spelling);
		}
	}
	return [...secrets].sort((a, b) => b.length - a.length);
}

export function concealText(text: string, secrets: string[]): string {
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
}

export function concealHeaders(headers: Headers, secrets: string[]): Headers {
	return headers.map(([name, value]) => [concealText(name, secrets), concealText(value, secrets)]);
}

/** The request as it may be recorded. Its credentials stay, for the record masks them by name. */
export function concealRequest(request: OutboundRequest, secrets: string[]): OutboundRequest {
	if (secrets.length === 0) return request;
	const { url, headers, body } = request;
	const concealed = body === null ? null : typeof body === "string" ? concealText(body, secrets) : concealBytes(body, secrets);
	return { ...request, url: concealText(url, secrets), headers: concealHeaders(headers, secrets), body: concealed };
}

/** The answer without what was lent for its call. */
export function concealResult(result: OutboundResult, secrets: string[]): OutboundResult {
	if (secrets.length === 0) return result;
	const redirects = result.redirects.map(({ status, location }) => ({ status, location: concealText(location, secrets) }));
	if (!result.ok) return { ...result, redirects, error: { ...result.error, message: concealText(result.error.message, secrets) } };
	return { ...result, redirects, headers: concealHeaders(result.headers, secrets), body: concealBytes(result.body, secrets) };
}

function concealBytes(bytes: Uint8Array<ArrayBuffer>, secrets: string[]): Uint8Array<ArrayBuffer> {
	const mask = encoder.encode(MASK);
	return secrets.reduce((rest, secret) => replaceAll(rest, encoder.encode(secret), mask), bytes);
}

function replaceAll(bytes: Uint8Array<ArrayBuffer>, wanted: Uint8Array, replacement: Uint8Array): Uint8Array<ArrayBuffer> {
	const places = placesOf(bytes, wanted);
	if (places.length === 0) return bytes;
	const result = new Uint8Array(bytes.length + places.length * (replacement.length - wanted.length));
	let from = 0;
	let to = 0;
	for (const place of places) {
		result.set(bytes.subarray(from, place), to);
		to += place - from;
		result.set(replacement, to);
		to += replacement.length;
		from = place + wanted.length;
	}
	result.set(bytes.subarray(from), to);
	return result;
}

function placesOf(bytes: Uint8Array, wanted: Uint8Array): number[] {
	const places: number[] = [];
	const first = wanted[0] ?? 0;
	for (let at = bytes.indexOf(first); at !== -1 && at + wanted.length <= bytes.length; ) {
		let same = 1;
		while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
		const found = same === wanted.length;
		if (found) places.push(at);
		at = bytes.indexOf(first, at + (found ? wanted.length : 1));
	}
	return places;
}

/** The text of a Basic credential, null where it is not base64. */
function decoded(token: string): string | null {
	try {
		return new TextDecoder().decode(Uint8Array.from(atob(token), (character) => character.charCodeAt(0)));
	} catch {
		return null;
	}
}
