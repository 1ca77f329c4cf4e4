import { isDigit, isSeparator, type Span } from "./span";

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
/** Characters between two groups of one number: `4111 1111`, `4111 - 1111`. */
const GAP_MAX = 3;

/**
 * What is remembered of the groups that follow one another, as rings: no number reaches further back. Of each place, the
 * sums of Luhn's digits before it, with those doubled that stand at even places, and at odd ones; modulo ten.
 */
const RING = 64;
const at = (place: number): number => place & (RING - 1);
const digits = new Uint8Array(RING);
const evenDoubled = new Uint8Array(RING);
const oddDoubled = new Uint8Array(RING);
const groupFrom = new Int32Array(RING);
const groupFirst = new Int32Array(RING);

/**
 * Card numbers: beginning and length of a brand's, and the check digit of Luhn. They may be written in groups; a number
 * begins and ends with a group.
 */
export function findCards(text: string): Span[] {
	const found: Span[] = [];
	let count = 0; // digits of the groups that follow one another
	let groups = 0;
	let first = 0; // the first group that a number may still begin with
	let behind = Number.NEGATIVE_INFINITY; // where the last group ended
	for (let here = 0; here < text.length; ) {
		if (!isDigit(text.charCodeAt(here))) {
			here++;
			continue;
		}
		const from = here;
		while (isDigit(text.charCodeAt(here))) here++;
		const tooLong = here - from > MAX_DIGITS;
		if (tooLong || !follows(text, behind, from)) {
			count = 0;
			groups = 0;
			first = 0;
		}
		behind = tooLong ? Number.NEGATIVE_INFINITY : here;
		if (tooLong) continue;
		groupFrom[at(groups)] = from;
		groupFirst[at(groups)] = count;
		groups++;
		for (let place = from; place < here; place++) put(count++, text.charCodeAt(place) - 48);
		let start = -1;
		for (let group = groups - 1; group >= first; group--) {
			const length = count - (groupFirst[at(group)] ?? 0);
			if (length > MAX_DIGITS) {
				first = group + 1; // too far away for all that follow, too
				break;
			}
			if (length >= MIN_DIGITS && isCard(count, length)) start = group;
		}
		if (start < 0) continue;
		// A longer number may begin with a shorter one.
		const begins = groupFrom[at(start)] ?? from;
		if (found.at(-1)?.[0] === begins) found.pop();
		found.push([begins, here]);
		first = start;
	}
	return found;
}

function follows(text: string, behind: number, from: number): boolean {
	if (from - behind > GAP_MAX) return false;
	for (let place = behind; place < from; place++) if (!isSeparator(text.charCodeAt(place))) return false;
	return true;
}

function put(place: number, digit: number): void {
	const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
	const [even, odd] = place === 0 ? [0, 0] : [evenDoubled[at(place)] ?? 0, oddDoubled[at(place)] ?? 0];
	const isEven = place % 2 === 0;
	digits[at(place)] = digit;
	evenDoubled[at(place + 1)] = (even + (isEven ? doubled : digit)) % 10;
	oddDoubled[at(place + 1)] = (odd + (isEven ? digit : doubled)) % 10;
}

/** Whether the last `length` of `count` digits are a card's. */
function isCard(count: number, length: number): boolean {
	// The last digit stands as it is, the one before it is doubled.
	const sums = count % 2 === 0 ? evenDoubled : oddDoubled;
	const start = count - length;
	const before = start === 0 ? 0 : sums[at(start)];
	return sums[at(count)] === before && isOfBrand(start, length);
}

/** By the ranges that ISO/IEC 7812 gives the brands. */
function isOfBrand(start: number, length: number): boolean {
	const [a = 0, b = 0, c = 0, d = 0] = [digits[at(start)], digits[at(start + 1)], digits[at(start + 2)], digits[at(start + 3)]];
	if (a === 4) return length === 13 || length === 16 || length === 19;
	const two = a * 10 + b;
	const four = two * 100 + c * 10 + d;
	if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16;
	if (two === 34 || two === 37) return length === 15;
	if (two === 30 || two === 36 || two === 38 || two === 39) return length === 14 || length >= 16;
	if (two === 35 || two === 81) return length >= 16;
	return two === 50 || (two >= 56 && two <= 69);
}
