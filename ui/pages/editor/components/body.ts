import { MASK } from "../mask";

/** How a body is best shown. */
export type ReadBody =
	| { kind: "empty" }
	| { kind: "json"; value: unknown; size: number }
	| { kind: "text"; size: number }
	| { kind: "binary"; size: number };

/** @param size of the result is in bytes */
export function readBody(body: string | null, base64: boolean, contentType: string | null): ReadBody {
	if (body === null || body === "") return { kind: "empty" };
	if (base64) return { kind: "binary", size: Math.floor((body.replace(/=+$/, "").length * 3) / 4) };
	const size = new TextEncoder().encode(body).length;
	const value = /[+/]json\b/i.test(contentType ?? "") || /^\s*[[{]/.test(body) ? parse(body) : undefined;
	return value === undefined ? { kind: "text", size } : { kind: "json", value, size };
}

/** A query as it came, the marks of masked values apart: they are kept percent-encoded. */
export const shownQuery = (query: string): string => query.replaceAll(encodeURIComponent(MASK), MASK);

/** @param bytes of the whole */
export function describeSize(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The value of a header, its name in any case. */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | null {
	return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? null;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
