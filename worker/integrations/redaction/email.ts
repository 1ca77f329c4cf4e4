import { isLetterOrDigit, type Span } from "./span";

const LOCAL_MAX = 64;
const DOMAIN_MAX = 253;
const AT_IN_XML = /&(?:#0{0,9}64|#x0{0,9}40|commat);/iy;

/** Email addresses, found by their `@`. */
export function findEmails(text: string): Span[] {
	const found: Span[] = [];
	let free = 0;
	for (let at = 0; at < text.length; at++) {
		const width = widthOfAt(text, at);
		if (width === 0) continue;
		let from = at;
		while (from > free && at - from < LOCAL_MAX && isLocal(text.charCodeAt(from - 1))) from--;
		const domain = at + width;
		let to = domain;
		while (to < text.length && to - domain <= DOMAIN_MAX && isInDomain(text.charCodeAt(to))) to++;
		while (to > domain && isMark(text.charCodeAt(to - 1))) to--;
		if (from === at || !isDomain(text, domain, to)) continue;
		found.push([from, to]);
		free = to;
		at = to - 1;
	}
	return found;
}

/** Characters of the `@` that stands here, also as a URL, JSON within a text or XML writes it; 0 where none does. */
function widthOfAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code === 0x40 || code === 0xff20) return 1;
	const next = text.charCodeAt(at + 1);
	if (code === 0x25) return next === 0x34 && text.charCodeAt(at + 2) === 0x30 ? 3 : 0;
	if (code === 0x5c) return next === 0x75 && text.startsWith("0040", at + 2) ? 6 : 0;
	if (code !== 0x26 || (next !== 0x23 && (next | 32) !== 0x63)) return 0;
	AT_IN_XML.lastIndex = at;
	return AT_IN_XML.exec(text)?.[0].length ?? 0;
}

const NOT_LOCAL = new Set(Array.from("\"'`<>()[]{},;:@\\/|=&?#•＠", (character) => character.charCodeAt(0)));
const SPACE = /\s/;

function isLocal(code: number): boolean {
	if (isLetterOrDigit(code)) return true;
	return code > 0x20 && !NOT_LOCAL.has(code) && (code < 128 || !SPACE.test(String.fromCharCode(code)));
}

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;

/** A point or a hyphen. */
const isMark = (code: number): boolean => code === 0x2d || code === 0x2e;

function isInDomain(code: number): boolean {
	return isLetterOrDigit(code) || isMark(code) || (code >= 128 && LETTER_OR_NUMBER.test(String.fromCharCode(code)));
}

/** A point, neither first nor last but one, and behind it two characters and more. */
function isDomain(text: string, from: number, to: number): boolean {
	let point = to - 1;
	while (point > from && text.charCodeAt(point) !== 0x2e) point--;
	return point > from && point <= to - 3 && text.charCodeAt(from) !== 0x2e;
}
