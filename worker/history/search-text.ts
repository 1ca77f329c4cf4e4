import type { Headers } from "../events/protocol/delivery";
import { decodeStart, mediaType } from "../integrations/charset";
import { shownHeaders, shownRequest } from "./shown";
import type { Reading } from "./summaries";

/** The words of an event as people read them: what goes into the index, and what a snippet is cut from. */

/** Bytes of a body that are looked at for words. */
export const SEARCHED_BYTES = 64 * 1024;
/** Characters of a snippet, and how many of them stand before the word that was found. */
const SNIPPET_LENGTH = 160;
const SNIPPET_LEAD = 50;

/**
 * The beginning of a body as text, without the escapes of its format; null where it is not text.
 * @param bytes cut anywhere, also within a character
 */
export function readableText(bytes: Uint8Array, contentType: string): string | null {
	let text: string;
	try {
		text = decodeStart(bytes, contentType);
	} catch {
		return null;
	}
	if (text.includes("\0")) return null;
	const type = mediaType(contentType);
	if (type === "application/x-www-form-urlencoded") return unescapeForm(text);
	if (type.endsWith("xml")) return unescapeXml(text);
	return text.includes("\\") ? unescapeJson(text) : text;
}

/**
 * As `readableText`, without the secret of the sender where that comes along in the body. Of a body that was cut it cannot
 * be found to be hidden, so nothing is shown then.
 * @param size bytes that the whole body has
 */
export function shownText({ token }: Pick<Reading, "token">, start: Uint8Array, size: number, contentType: string): string | null {
	if (!token) return readableText(start, contentType);
	if (start.length < size) return null;
	const { body, bodyEncoding } = shownRequest({ token }, { query: "", headers: [["content-type", contentType]], body: start });
	return readableText(bodyEncoding === "utf8" ? new TextEncoder().encode(body) : start, contentType);
}

/** The values of headers that are shown as they came: a credential is not to be found by guessing. */
export function headerWords(headers: Headers, token: Reading["token"] = null): string {
	return shownHeaders({ token }, headers)
		.filter(([, value], at) => value === headers[at]?.[1])
		.map(([, value]) => value)
		.join(" ");
}

/** The path and query of a request as text. */
export function addressWords(path: string, query: string): string {
	return unescapeForm(`${path} ${query}`);
}

/** Whether all words and phrases occur in a text, by the rules of the index. */
export function holdsWords(text: string, words: readonly string[]): boolean {
	const all = ` ${tokensOf(text)} `;
	return words.every((word) => all.includes(` ${tokensOf(word)} `));
}

/** The words of a text without case and accents, one space between two. */
function tokensOf(text: string): string {
	const folded = text
		.normalize("NFD")
		.replaceAll(/\p{M}+/gu, "")
		.toLowerCase();
	return folded.replaceAll(/[^\p{L}\p{N}\p{Co}]+/gu, " ").trim();
}

/**
 * A piece of the text around the first of the words that occurs in it; its beginning where none does.
 * @param words as the person wrote them
 */
export function snippetOf(text: string, words: readonly string[]): string {
	const folded = text.toLowerCase();
	const places = words.map((word) => folded.indexOf(word.toLowerCase())).filter((place) => place >= 0);
	const found = places.length === 0 ? 0 : Math.min(...places);
	const start = Math.max(0, found - SNIPPET_LEAD);
	const end = start + SNIPPET_LENGTH;
	const piece = text.slice(start, end).replaceAll(/\s+/g, " ").trim();
	return `${start > 0 ? "…" : ""}${piece}${end < text.length ? "…" : ""}`;
}

const JSON_ESCAPE = /\\(?:u([0-9a-f]{4})|(.))/gi;

function unescapeJson(text: string): string {
	return text.replaceAll(JSON_ESCAPE, (_whole, code: string | undefined, character: string | undefined) => {
		if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
		return character !== undefined && "bfnrt".includes(character) ? " " : (character ?? "");
	});
}

function unescapeForm(text: string): string {
	return text.replaceAll("+", " ").replaceAll(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
		try {
			return decodeURIComponent(escaped);
		} catch {
			return escaped;
		}
	});
}

const XML_NAMES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
	return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
		if (name !== undefined) return XML_NAMES[String(name).toLowerCase()] ?? whole;
		const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
