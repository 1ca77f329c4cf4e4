import { MASK } from "../integrations/redaction/findings";

/** Values that must not be shown, looked for in texts: in any letter case, in the spellings of JSON, URLs and forms. */

/** Shorter values stand in everything: of these a whole scalar alone is one. */
const SPELLING_MIN_LENGTH = 4;
/** Letters in a row that a message shares with a value before they count as a piece of it. */
const PIECE_LENGTH = 8;
/** Characters of a long value in which a message's pieces are looked for: what quotes one, quotes its beginning. */
const QUOTED_MAX = 4 * 1024;
/** The same of all values together; with more of them nothing is shown of a message. */
const QUOTED_TOTAL = 256 * 1024;
/** From here on a message may have been cut. */
const CUT_MIN_LENGTH = 200;

export class Spellings {
	/** In lower case, longest first. */
	readonly #spellings: readonly string[];
	readonly #short: ReadonlySet<string>;

	/** @param short values of one to three characters */
	constructor(values: Iterable<string>, short: Iterable<string>) {
		const all = [...values].flatMap(spellingsOf).map(lowered);
		this.#spellings = [...new Set(all)].sort((a, b) => b.length - a.length);
		this.#short = new Set([...short].map(lowered));
	}

	/** Whether a text is a short value and nothing else. */
	isShort(text: string): boolean {
		return this.#short.size > 0 && text.length < 16 && this.#short.has(lowered(text.trim()));
	}

	/** The text with each whole value masked. */
	mask(text: string): string {
		if (this.isShort(text)) return MASK;
		if (this.#spellings.length === 0 || text.length < SPELLING_MIN_LENGTH) return text;
		let [shown, lower] = [text, lowered(text)];
		for (const spelling of this.#spellings) {
			if (!lower.includes(spelling)) continue;
			const parts: string[] = [];
			let done = 0;
			for (let at = lower.indexOf(spelling); at !== -1; at = lower.indexOf(spelling, done)) {
				parts.push(shown.slice(done, at));
				done = at + spelling.length;
			}
			shown = [...parts, shown.slice(done)].join(MASK);
			lower = lowered(shown);
		}
		return shown;
	}

	/** A message with each value masked, and each piece of one: who writes a message quotes what is at hand, and cuts it. */
	maskMessage(text: string): string {
		let shown = this.maskEnd(this.mask(text), CUT_MIN_LENGTH);
		let room = QUOTED_TOTAL;
		for (const spelling of this.#spellings) {
			room -= Math.min(spelling.length, QUOTED_MAX);
			if (room < 0) return MASK;
			shown = withoutPieces(shown, spelling.slice(0, QUOTED_MAX));
		}
		if (this.#short.size === 0) return shown;
		return shown
			.replace(/(["'`])([^"'`]{1,3})\1/g, (whole, quote: string, inner: string) => (this.isShort(inner) ? quote + MASK + quote : whole))
			.replace(/(: )([^:]{1,3})$/, (whole, colon: string, last: string) => (this.isShort(last) ? colon + MASK : whole));
	}

	/**
	 * The text without the beginning of a value at its end, where it was cut.
	 * @param from characters, below which a text is whole
	 */
	maskEnd(text: string, from = 0): string {
		if (text.length < from) return text;
		const lower = lowered(text);
		let length = 0;
		for (const spelling of this.#spellings) length = Math.max(length, overlap(lower, spelling));
		return length === 0 ? text : text.slice(0, text.length - length) + MASK;
	}
}

/**
 * How many characters at the end of a text are the beginning of a spelling that is not all there; 0 for fewer than four.
 * In time that grows with their lengths and no faster (Knuth, Morris and Pratt).
 */
function overlap(text: string, spelling: string): number {
	const most = Math.min(text.length, spelling.length - 1);
	if (most < SPELLING_MIN_LENGTH) return 0;
	const at = (index: number): number => spelling.charCodeAt(index);
	const borders = new Int32Array(most);
	for (let index = 1, length = 0; index < most; index++) {
		while (length > 0 && at(index) !== at(length)) length = borders[length - 1] ?? 0;
		if (at(index) === at(length)) length++;
		borders[index] = length;
	}
	let length = 0;
	for (let index = text.length - most; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		while (length > 0 && (length === most || at(length) !== unit)) length = borders[length - 1] ?? 0;
		if (at(length) === unit) length++;
	}
	return length < SPELLING_MIN_LENGTH ? 0 : length;
}

function withoutPieces(text: string, spelling: string): string {
	if (spelling.length <= PIECE_LENGTH) return text;
	const lower = lowered(text);
	const parts: string[] = [];
	let done = 0;
	for (let at = 0; at + PIECE_LENGTH <= text.length; ) {
		const piece = longestPiece(lower, at, spelling);
		if (piece === 0) {
			at++;
			continue;
		}
		parts.push(text.slice(done, at), MASK);
		at += piece;
		done = at;
	}
	return done === 0 ? text : parts.join("") + text.slice(done);
}

/** Characters from `at` on that stand in the spelling in this order, as often as it has them; 0 for too few. */
function longestPiece(text: string, at: number, spelling: string): number {
	let longest = 0;
	const head = text.slice(at, at + PIECE_LENGTH);
	for (let found = spelling.indexOf(head); found !== -1; found = spelling.indexOf(head, found + 1)) {
		let length = head.length;
		while (at + length < text.length && found + length < spelling.length && text[at + length] === spelling[found + length]) length++;
		if (length > longest) longest = length;
		if (at + longest === text.length) break;
	}
	return longest;
}

/** In lower case, each character in its place. */
function lowered(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return text.replace(/[\s\S]/g, (unit) => {
		const one = unit.toLowerCase();
		return one.length === 1 ? one : unit;
	});
}

/** How a value may be written where a step puts it, or a message of an error quotes it. */
function spellingsOf(value: string): string[] {
	const encoded = encodeURIComponent(value.toWellFormed());
	const json = JSON.stringify(value).slice(1, -1);
	const all = [value, json, encoded, value.trim()];
	if (encoded.includes("%20")) all.push(encoded.split("%20").join("+"));
	// A message is one line.
	if (/\s\s|[^\S ]/.test(value)) all.push(value.replace(/\s+/g, " "), json.replace(/\s+/g, " "));
	return all.filter(({ length }) => length >= SPELLING_MIN_LENGTH);
}
