import { isDigit, isLetterOrDigit, isSeparator, type Span } from "./span";

const MIN_LENGTH = 15;
const MAX_LENGTH = 34;
const NAME = "iban";

/** IBANs, also in groups: two letters, two digits, and the remainder of ISO 7064. They begin and end with a word. */
export function findIbans(text: string): Span[] {
	const found: Span[] = [];
	for (let at = 0; at < text.length; ) {
		if (!isLetterOrDigit(text.charCodeAt(at))) {
			at++;
			continue;
		}
		let from = at;
		let to = endOf(text, from);
		if (to === from && text.slice(at, at + NAME.length).toLowerCase() === NAME) {
			from = at + NAME.length;
			to = endOf(text, from);
		}
		if (to > from) found.push([from, to]);
		at = Math.max(to, at + 1);
		while (isLetterOrDigit(text.charCodeAt(at))) at++;
	}
	return found;
}

/** Behind the longest IBAN that begins here; `from` where none does. The groups of words behind it look the same. */
function endOf(text: string, from: number): number {
	if (!isLetter(text.charCodeAt(from)) || !isLetter(text.charCodeAt(from + 1))) return from;
	if (!isDigit(text.charCodeAt(from + 2)) || !isDigit(text.charCodeAt(from + 3))) return from;
	const country = valueAt(text, from) * 100 + valueAt(text, from + 1);
	const head = country * 100 + valueAt(text, from + 2) * 10 + valueAt(text, from + 3); // goes behind all that follows
	let end = from;
	let rest = 0;
	let length = 4;
	let value = valueAt(text, from + 4);
	for (let at = from + 4; length < MAX_LENGTH; ) {
		if (value < 0 && isSeparator(text.charCodeAt(at))) value = valueAt(text, ++at);
		if (value < 0) break;
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
		length++;
		value = valueAt(text, ++at);
		if (value < 0 && length >= MIN_LENGTH && (rest * 1_000_000 + head) % 97 === 1) end = at;
	}
	return end;
}

const isLetter = (code: number): boolean => !isDigit(code) && isLetterOrDigit(code);

const VALUES = Int8Array.from({ length: 128 }, (_, code) => (isLetterOrDigit(code) ? Number.parseInt(String.fromCharCode(code), 36) : -1));

/** 0 to 9, and 10 to 35 for letters; -1 for what is neither. */
function valueAt(text: string, at: number): number {
	return VALUES[text.charCodeAt(at)] ?? -1;
}
