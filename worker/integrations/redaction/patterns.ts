import { findCards } from "./card";
import { findEmails } from "./email";
import { findIbans } from "./iban";
import { isDigit, isLetterOrDigit, type Span } from "./span";

/**
 * Values that are recognized wherever they stand in a text. Every finder looks at each character a bounded number of
 * times, whatever the text is: nobody may slow an endpoint down by what he sends.
 */

export const PATTERNS = ["card", "iban", "email", "phone", "bearer", "jwt"] as const;
export type Pattern = (typeof PATTERNS)[number];

const FINDERS: Record<Pattern, (text: string) => Span[]> = {
	card: findCards,
	iban: findIbans,
	email: findEmails,
	phone: findPhones,
	bearer: findCredentials,
	jwt: findJwts,
};

/** Where values of this kind stand in the text, in order and not overlapping. */
export const findPattern = (pattern: Pattern, text: string): Span[] => FINDERS[pattern](text);

/** No value of any kind is shorter: `a@b.cc`. */
const SHORTEST = 6;

/**
 * The kinds of which a value may stand in the text at all, by one look at its characters; null where there are none. Most
 * texts hold what makes none: six finders for each of a million short ones would take seconds.
 */
export function possibleIn(text: string): Readonly<Record<Pattern, boolean>> | null {
	if (text.length < SHORTEST) return null;
	let digits = 0;
	let ats = 0;
	let pluses = 0;
	let gaps = 0;
	let capitalJs = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (isDigit(code)) digits++;
		else if (code === 0x4a) capitalJs++;
		else if (code === 0x20 || code === 0x09 || code === 0x3a) gaps++;
		else if (code === 0x40 || code === 0x5c || code === 0x26 || code === 0xff20) ats++;
		else if (code === 0x25) {
			ats++;
			gaps++;
		} else if (code === 0x2b) {
			pluses++;
			gaps++;
		}
	}
	const possible: Record<Pattern, boolean> = {
		card: digits >= 13,
		iban: digits >= 2 && text.length >= 15,
		email: ats > 0,
		phone: digits >= 10 || (pluses > 0 && digits >= 8),
		bearer: gaps > 0 && text.length >= 14,
		jwt: capitalJs > 0 && text.length >= JWT_MIN_LENGTH,
	};
	return PATTERNS.some((pattern) => possible[pattern]) ? possible : null;
}

/** With `+` and the country's code, or as they are written in North America. */
const PHONE = /\+(?:[ \u00a0\u202f\u2010-\u2013()./-]{0,3}\d){8,15}(?!\d)|(?<![\d.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d.-])/g;

function findPhones(text: string): Span[] {
	const found: Span[] = [];
	for (const { 0: match, index } of text.matchAll(PHONE)) found.push([index, index + match.length]);
	return found;
}

/** The name of a scheme with what parts it from its value, also where that stands in a URL. */
const CREDENTIAL_NAME =
	/(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))(?:(?:bearer|basic|token|apikey)(?:[ \t]{1,5}|%20|\+)|(?:bearer|apikey):[ \t]{0,5})/gi;
const CREDENTIAL_MIN_LENGTH = 8;

/** What follows the name of a scheme, as in `Bearer abc123…`; the name stays. */
function findCredentials(text: string): Span[] {
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

const JWT_MIN_LENGTH = 13;

/** JSON Web Tokens: three parts or more, of which the first begins as every object does in base64. */
function findJwts(text: string): Span[] {
	const found: Span[] = [];
	for (let from = text.indexOf("eyJ"); from !== -1; ) {
		let to = runEnd(text, from, "-._");
		// In a URL the points may be escaped.
		while (text.charCodeAt(to) === 0x25 && text.slice(to, to + 3).toLowerCase() === "%2e") to = runEnd(text, to + 3, "-._");
		if (to - from >= JWT_MIN_LENGTH) {
			const [header = "", payload = "", signature] = text.slice(from, to).split(/\.|%2e/i, 3);
			if (signature !== undefined && header.length >= 10 && payload.length > 0) found.push([from, to]);
		}
		from = text.indexOf("eyJ", to);
	}
	return found;
}

/** Behind the letters, digits and `others` that begin at `from`. By hand: a regular expression runs out of stack in a long run. */
function runEnd(text: string, from: number, others: string): number {
	let to = from;
	while (to < text.length && (isLetterOrDigit(text.charCodeAt(to)) || others.includes(text.charAt(to)))) to++;
	return to;
}
