import { MASK } from "../integrations/redaction/findings";
import type { Span } from "../integrations/redaction/span";
import { addSpan, BEGINNING, SpellingTree } from "./spelling-tree";

/** Values that must not be shown, looked for in texts: in any letter case, in the spellings of JSON, URLs and forms. */

/** Shorter values stand in everything: of these a whole scalar alone is one. */
const SPELLING_MIN_LENGTH = BEGINNING;
/** Letters in a row that a message shares with a value before they count as a piece of it. */
const PIECE_LENGTH = 8;
/** Characters of a long value in which a message's pieces are looked for: what quotes one, quotes its beginning. */
const QUOTED_MAX = 4 * 1024;
/** The same of all values together; with more of them nothing is shown of a message. */
const QUOTED_TOTAL = 256 * 1024;
/** From here on a message may have been cut. */
const CUT_MIN_LENGTH = 200;

export class Spellings {
	/** In lower case. */
	readonly #spellings: readonly string[];
	readonly #short: ReadonlySet<string>;
	readonly #tree: SpellingTree;
	/** What a piece of a value has at least; null where they are too many to tell. Made for the first message. */
	#pieces: ReadonlySet<string> | null | undefined;

	/** @param short values of one to three characters */
	constructor(values: Iterable<string>, short: Iterable<string>) {
		this.#spellings = [...values].flatMap((value) => [...new Set(spellingsOf(value).map(lowered))]);
		this.#short = new Set([...short].map(lowered));
		this.#tree = new SpellingTree(this.#spellings);
	}

	/** Whether a text is a short value and nothing else. */
	isShort(text: string): boolean {
		return this.#short.size > 0 && text.length < 16 && this.#short.has(lowered(text.trim()));
	}

	/** The text with each whole value masked; all of it, where looking for them would take too long. */
	mask(text: string): string {
		if (this.isShort(text)) return MASK;
		if (this.#tree.isEmpty || text.length < SPELLING_MIN_LENGTH) return text;
		const found = this.#tree.find(lowered(text));
		return found === null ? MASK : without(text, found.spans);
	}

	/** A message with each value masked, and each piece of one: who writes a message quotes what is at hand, and cuts it. */
	maskMessage(text: string): string {
		const whole = this.mask(text);
		const shown = this.#maskPieces(text.length < CUT_MIN_LENGTH ? whole : this.maskEnd(whole));
		if (this.#short.size === 0) return shown;
		return shown
			.replace(/(["'`])([^"'`]{1,3})\1/g, (whole, quote: string, inner: string) => (this.isShort(inner) ? quote + MASK + quote : whole))
			.replace(/(: )([^:]{1,3})$/, (whole, colon: string, last: string) => (this.isShort(last) ? colon + MASK : whole));
	}

	/** The text without the beginning of a value at its end, where it was cut. */
	maskEnd(text: string): string {
		if (this.#tree.isEmpty) return text;
		const found = this.#tree.find(lowered(text));
		if (found === null) return MASK;
		return found.cut === text.length ? text : text.slice(0, found.cut) + MASK;
	}

	#maskPieces(text: string): string {
		if (this.#pieces === undefined) this.#pieces = piecesOf(this.#spellings);
		const pieces = this.#pieces;
		if (pieces === null) return MASK;
		if (pieces.size === 0) return text;
		const lower = lowered(text);
		const spans: Span[] = [];
		for (let at = 0; at + PIECE_LENGTH <= lower.length; at++)
			if (pieces.has(lower.slice(at, at + PIECE_LENGTH))) addSpan(spans, at, at + PIECE_LENGTH);
		return without(text, spans);
	}
}

/** All that a piece may begin with; null where they are too many. */
function piecesOf(spellings: readonly string[]): ReadonlySet<string> | null {
	const pieces = new Set<string>();
	let room = QUOTED_TOTAL;
	for (const spelling of spellings) {
		const quoted = spelling.slice(0, QUOTED_MAX);
		room -= quoted.length;
		if (room < 0) return null;
		for (let at = 0; at + PIECE_LENGTH <= quoted.length; at++) pieces.add(quoted.slice(at, at + PIECE_LENGTH));
	}
	return pieces;
}

/** The text with a mask in place of each stretch. */
function without(text: string, spans: readonly Span[]): string {
	if (spans.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	for (const [from, to] of spans) {
		parts.push(text.slice(done, from), MASK);
		done = to;
	}
	return parts.join("") + text.slice(done);
}

/** In lower case, each character in its place: of all letters `İ` alone becomes two, and `Σ` another one at a word's end. */
function lowered(text: string): string {
	const lower = text.toLowerCase();
	return (lower.length === text.length ? lower : text.replaceAll("İ", "i").toLowerCase()).replaceAll("ς", "σ");
}

/** How a value may be written where a step puts it, or a message of an error quotes it. */
function spellingsOf(value: string): string[] {
	if (!/[^\w.-]/.test(value)) return value.length >= SPELLING_MIN_LENGTH ? [value] : [];
	const encoded = encodeURIComponent(value.toWellFormed());
	const json = JSON.stringify(value).slice(1, -1);
	const all = [value, json, encoded, value.trim()];
	// JSON as a text within JSON.
	if (json !== value) all.push(JSON.stringify(json).slice(1, -1));
	if (encoded.includes("%20")) all.push(encoded.split("%20").join("+"));
	// A message is one line; and `$trim` makes one of a text, without what stands around it.
	if (/\s\s|[^\S ]/.test(value)) {
		const line = value.replace(/\s+/g, " ");
		all.push(line, line.trim(), json.replace(/\s+/g, " "), JSON.stringify(line.trim()).slice(1, -1));
	}
	return all.filter(({ length }) => length >= SPELLING_MIN_LENGTH);
}
