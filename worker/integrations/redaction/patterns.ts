/**
 * Values that are recognized wherever they stand in a text. Every finder looks at each character a bounded number of
 * times, whatever the text is: nobody may slow an endpoint down by what he sends.
 */

export const PATTERNS = ["card", "iban", "email", "phone", "bearer", "jwt"] as const;
export type Pattern = (typeof PATTERNS)[number];

/** A stretch of a text: from the first character to behind the last. */
export type Span = [from: number, to: number];

const FINDERS: Record<Pattern, (text: string) => Span[]> = { card, iban, email, phone, bearer, jwt };

/** Where values of this kind stand in the text, in order and not overlapping. */
export const findPattern = (pattern: Pattern, text: string): Span[] => FINDERS[pattern](text);

const CARD_MIN_DIGITS = 13;
const CARD_MAX_DIGITS = 19;
const SEPARATORS = " \u00a0.-";

interface Group {
	digits: string;
	from: number;
	to: number;
}

/**
 * Card numbers: beginning and length of a brand's, and the check digit of Luhn. They may be written in groups with one
 * character between two; a number begins and ends with a group.
 */
function card(text: string): Span[] {
	const found: Span[] = [];
	let line: Group[] = [];
	for (let at = 0; at < text.length; ) {
		const from = at;
		while (isDigit(text.charCodeAt(at))) at++;
		if (at === from) {
			at++;
			continue;
		}
		const before = line.at(-1);
		const follows = before !== undefined && before.to === from - 1 && SEPARATORS.includes(text.charAt(from - 1));
		if (!follows || at - from > CARD_MAX_DIGITS) line = [];
		if (at - from > CARD_MAX_DIGITS) continue;
		line.push({ digits: text.slice(from, at), from, to: at });
		const start = cardStart(line);
		if (start !== null) {
			// A longer number may begin with a shorter one.
			if (found.at(-1)?.[0] === start) found.pop();
			found.push([start, at]);
			line = line.filter((group) => group.from >= start);
		}
	}
	return found;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Where the longest card number begins that ends with the last group; null where none does. */
function cardStart(line: Group[]): number | null {
	let digits = "";
	let start: number | null = null;
	for (let first = line.length - 1; first >= 0; first--) {
		const group = line[first];
		if (!group || digits.length + group.digits.length > CARD_MAX_DIGITS) {
			line.splice(0, first + 1); // too far away for all that follow, too
			break;
		}
		digits = group.digits + digits;
		if (isCard(digits)) start = group.from;
	}
	return start;
}

function isCard(digits: string): boolean {
	return digits.length >= CARD_MIN_DIGITS && isOfBrand(digits) && luhn(digits);
}

/** By the ranges that ISO/IEC 7812 gives the brands. */
function isOfBrand(digits: string): boolean {
	const length = digits.length;
	const [two, four] = [Number(digits.slice(0, 2)), Number(digits.slice(0, 4))];
	if (digits.startsWith("4")) return length === 13 || length === 16 || length === 19;
	if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16;
	if (two === 34 || two === 37) return length === 15;
	if (two === 30 || two === 36 || two === 38 || two === 39) return length === 14 || length >= 16;
	if (two === 35 || two === 81) return length >= 16;
	return two === 50 || (two >= 56 && two <= 69);
}

function luhn(digits: string): boolean {
	let sum = 0;
	for (let at = digits.length - 1, twice = false; at >= 0; at--, twice = !twice) {
		const digit = digits.charCodeAt(at) - 48;
		sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
	}
	return sum % 10 === 0;
}

const IBAN_START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}/g;
const IBAN_MIN_LENGTH = 15;

/** IBANs, also in groups: two letters, two digits, and the remainder of ISO 7064. */
function iban(text: string): Span[] {
	const found: Span[] = [];
	for (const { 0: candidate, index } of text.matchAll(IBAN_START)) {
		// The groups of words behind it look the same: the longest beginning that ends with a word and has the remainder.
		for (let to = candidate.length; to >= IBAN_MIN_LENGTH; to--) {
			if (/[A-Za-z0-9]/.test(text.charAt(index + to)) || !/[A-Za-z0-9]/.test(candidate.charAt(to - 1))) continue;
			if (!hasRemainder(candidate.slice(0, to).replaceAll(/[^A-Za-z0-9]/g, ""))) continue;
			found.push([index, index + to]);
			break;
		}
	}
	return found;
}

function hasRemainder(iban: string): boolean {
	if (iban.length < IBAN_MIN_LENGTH) return false;
	let rest = 0;
	for (const character of iban.slice(4) + iban.slice(0, 4)) {
		const value = Number.parseInt(character, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1;
}

const LOCAL_MAX = 64;
const DOMAIN_MAX = 253;
const NOT_LOCAL = /[\s"'`<>()[\]{},;:@\\/|=&?#•]/;
const IN_DOMAIN = /[\p{L}\p{N}.-]/u;

/** Email addresses, found by their `@`. */
function email(text: string): Span[] {
	const found: Span[] = [];
	let free = 0;
	for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
		let from = at;
		while (from > free && at - from < LOCAL_MAX && !NOT_LOCAL.test(text.charAt(from - 1))) from--;
		let to = at + 1;
		while (to < text.length && to - at <= DOMAIN_MAX && IN_DOMAIN.test(text.charAt(to))) to++;
		while (to > at + 1 && /[.-]/.test(text.charAt(to - 1))) to--;
		if (from === at || !/^[^.].*\.[\p{L}\d-]{2,}$/u.test(text.slice(at + 1, to))) continue;
		found.push([from, to]);
		free = to;
	}
	return found;
}

/** With `+` and the country's code, or as they are written in North America. */
const PHONE = /\+(?:[ \u00a0()./-]{0,3}\d){8,15}(?!\d)|(?<![\d.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d.-])/g;

function phone(text: string): Span[] {
	return spansOf(text, PHONE);
}

const CREDENTIAL_NAME = /(?<![A-Za-z0-9])(?:bearer|basic|token|apikey)[ \t]{1,5}/gi;
const CREDENTIAL_MIN_LENGTH = 8;

/** What follows the name of a scheme, as in `Bearer abc123…`; the name stays. */
function bearer(text: string): Span[] {
	const found: Span[] = [];
	let free = 0;
	for (const { 0: name, index } of text.matchAll(CREDENTIAL_NAME)) {
		const from = index + name.length;
		if (from < free) continue;
		free = runEnd(text, from, "-._~+/=");
		if (free - from >= CREDENTIAL_MIN_LENGTH) found.push([from, free]);
	}
	return found;
}

/** JSON Web Tokens: three parts or more, of which the first begins as every object does in base64. */
function jwt(text: string): Span[] {
	const found: Span[] = [];
	for (let from = text.indexOf("eyJ"); from !== -1; ) {
		const to = runEnd(text, from, "-._");
		const [header = "", payload = "", signature] = text.slice(from, to).split(".", 3);
		if (signature !== undefined && header.length >= 10 && payload.length > 0) found.push([from, to]);
		from = text.indexOf("eyJ", to);
	}
	return found;
}

/** Behind the letters, digits and `others` that begin at `from`. By hand: a regular expression runs out of stack in a long run. */
function runEnd(text: string, from: number, others: string): number {
	let to = from;
	for (; to < text.length; to++) {
		const code = text.charCodeAt(to);
		const letter = code | 32;
		if (!isDigit(code) && (letter < 97 || letter > 122) && !others.includes(text.charAt(to))) break;
	}
	return to;
}

function spansOf(text: string, pattern: RegExp): Span[] {
	return [...text.matchAll(pattern)].map(({ 0: match, index }) => [index, index + match.length]);
}
