import type { Span } from "../integrations/redaction/span";

/** Characters by which a spelling is looked up; no shorter one is looked for. */
export const BEGINNING = 4;

/** Characters compared behind a beginning at most: so many at once, so many more for each character looked through. */
const COMPARED_ONCE = 1_000_000;
/**
 * What people and machines write needs two at most (measured): the whole of a value where one stands, and little elsewhere.
 * More takes long runs of one character or word, with which a value begins too.
 */
const COMPARED_EACH = 8;
/** A place where spellings part costs about as much as so many characters. */
const PARTING_COST = 8;

/** Spellings that begin alike, as far as `to`. */
interface Branch {
	/** One of them. */
	spelling: string;
	to: number;
	/** Whether one ends at `to`. */
	ends: boolean;
	/** By the character behind `to`. */
	next: Map<number, Branch> | null;
}

export interface Found {
	/** In order, and not overlapping: what overlaps is one. */
	spans: Span[];
	/** Where a spelling begins that the text ends within; the text's length where none does. */
	cut: number;
}

/**
 * Looks for many spellings in texts at once, each text in one pass however many they are. What is compared grows with the
 * characters that were looked through, whatever stands in them.
 */
export class SpellingTree {
	/** Characters compared so far, in building it too. */
	compared = 0;
	#room = COMPARED_ONCE;
	readonly #roots = new Map<string, Branch>();
	/** By a hash of four characters: whether a spelling may begin with them. */
	readonly #begins: Uint8Array;
	readonly #shift: number;

	/** @param spellings none shorter than BEGINNING */
	constructor(spellings: Iterable<string>) {
		for (const spelling of spellings) this.#add(spelling);
		// Sixteen places for each beginning: one in sixteen others is looked up in vain.
		const bits = Math.max(8, 36 - Math.clz32(this.#roots.size));
		this.#shift = 32 - bits;
		this.#begins = new Uint8Array(2 ** bits);
		for (const beginning of this.#roots.keys()) {
			let hash = 0;
			for (let at = 0; at < BEGINNING; at++) hash = hashed(hash, beginning.charCodeAt(at));
			this.#begins[placeOf(hash, this.#shift)] = 1;
		}
	}

	get isEmpty(): boolean {
		return this.#roots.size === 0;
	}

	/** @returns null where telling would take too long */
	find(text: string): Found | null {
		this.#room += COMPARED_EACH * text.length;
		const [begins, shift] = [this.#begins, this.#shift];
		const spans: Span[] = [];
		let cut = text.length;
		for (let at = 0, hash = 0; at < text.length; at++) {
			hash = hashed(hash, text.charCodeAt(at));
			if (begins[placeOf(hash, shift)] === 0 || at < BEGINNING - 1) continue;
			const from = at - BEGINNING + 1;
			const root = this.#roots.get(text.slice(from, at + 1));
			if (root === undefined) continue;
			const { length, isCut, cost } = follow(root, text, from);
			this.compared += cost;
			this.#room -= cost;
			if (this.#room < 0) {
				this.#room = 0;
				return null;
			}
			if (isCut) cut = Math.min(cut, from);
			if (length > 0) addSpan(spans, from, from + length);
		}
		return { spans, cut };
	}

	#add(spelling: string): void {
		const beginning = spelling.slice(0, BEGINNING);
		const leaf = (): Branch => ({ spelling, to: spelling.length, ends: true, next: null });
		let branch = this.#roots.get(beginning);
		if (branch === undefined) {
			this.#roots.set(beginning, leaf());
			return;
		}
		for (let depth = BEGINNING; ; ) {
			const from = depth;
			const most = Math.min(branch.to, spelling.length);
			while (depth < most && spelling.charCodeAt(depth) === branch.spelling.charCodeAt(depth)) depth++;
			this.compared += depth - from;
			if (depth < branch.to) {
				const rest: Branch = { ...branch };
				branch.to = depth;
				branch.ends = false;
				branch.next = new Map([[rest.spelling.charCodeAt(depth), rest]]);
			}
			if (depth === spelling.length) {
				branch.ends = true;
				return;
			}
			const unit = spelling.charCodeAt(depth);
			branch.next ??= new Map();
			const next = branch.next.get(unit);
			if (next === undefined) {
				branch.next.set(unit, leaf());
				return;
			}
			branch = next;
		}
	}
}

/** The longest spelling that stands in the text from here on, 0 for none, and whether the text ends within another. */
function follow(root: Branch, text: string, from: number): { length: number; isCut: boolean; cost: number } {
	let length = 0;
	let cost = 0;
	let depth = BEGINNING;
	for (let branch: Branch | undefined = root; branch !== undefined; ) {
		const { spelling }: Branch = branch;
		const most: number = Math.min(branch.to, text.length - from);
		while (depth < most && text.charCodeAt(from + depth) === spelling.charCodeAt(depth)) depth++;
		cost += PARTING_COST;
		const isAll: boolean = depth === branch.to;
		if (isAll && branch.ends) length = depth;
		if (from + depth === text.length) return { length, isCut: !isAll || branch.next !== null, cost: cost + depth };
		branch = isAll ? branch.next?.get(text.charCodeAt(from + depth)) : undefined;
	}
	return { length, isCut: false, cost: cost + depth };
}

/** Adds a stretch that begins no earlier than those before it; where it overlaps the last, they become one. */
export function addSpan(spans: Span[], from: number, to: number): void {
	const last = spans.at(-1);
	if (last === undefined || from >= last[1]) spans.push([from, to]);
	else if (to > last[1]) last[1] = to;
}

/** Of the last four characters and no others. */
const hashed = (hash: number, unit: number): number => ((hash << 5) ^ unit) & 0xfffff;

const placeOf = (hash: number, shift: number): number => Math.imul(hash, 0x9e3779b1) >>> shift;
