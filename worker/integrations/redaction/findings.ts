import { findPattern, type Pattern, possibleIn } from "./patterns";

export const MASK = "••••";

/** Values that are looked for elsewhere at most; beyond, everything counts as one of them. */
const VALUES_MAX = 500;
/** Shorter values would be found in everything: they are recognized where nothing else stands beside them. */
const VALUE_MIN_LENGTH = 4;

/**
 * A name that a schema would have: letters, `_` and `-`, and a digit at the end of a word (`last4`, `address_line1`). Any
 * output may have it too, and shows nothing by it.
 */
const PLAIN_NAME = /^(?:[\p{L}_-]|(?<=\p{L})\d(?![^_-])){1,40}$/u;

/** What was masked: where, and the values themselves, which may stand elsewhere too. */
export class Findings {
	readonly fields = new Set<string>();
	readonly patterns = new Set<Pattern>();
	readonly values = new Set<string>();
	/** Those of one to three characters. */
	readonly short = new Set<string>();
	/** Set where nothing of the body can be kept, since it could not be looked through. */
	bodyDropped = false;
	/** Set where there are more values than can be looked for. */
	tooMany = false;

	get any(): boolean {
		return this.fields.size > 0 || this.patterns.size > 0 || this.bodyDropped;
	}

	/** Takes note of a masked value; what is not text or a number is none that could be recognized. */
	value(value: unknown): void {
		if (typeof value !== "string" && typeof value !== "number") return;
		const text = String(value);
		if (text === "") return;
		if (text.length < VALUE_MIN_LENGTH) this.short.add(text);
		else if (this.values.size < VALUES_MAX) this.values.add(text);
		else this.tooMany = true;
	}

	/** Takes note of all values in a masked one; of its names too where they are data, such as an address or a number. */
	valuesIn(value: unknown): void {
		const left = [value];
		while (left.length > 0) {
			const next = left.pop();
			if (typeof next !== "object" || next === null) this.value(next);
			else if (Array.isArray(next)) for (const part of next) left.push(part);
			else
				for (const [name, part] of Object.entries(next)) {
					// A short one is a place in a list, or an abbreviation.
					if (name.length >= VALUE_MIN_LENGTH && !PLAIN_NAME.test(name)) this.value(name);
					left.push(part);
				}
		}
	}

	/** The text with values of these kinds masked. */
	maskText(text: string, patterns: readonly Pattern[]): string {
		if (patterns.length === 0) return text;
		const possible = possibleIn(text);
		if (possible === null) return text;
		let masked = text;
		for (const pattern of patterns) {
			if (!possible[pattern]) continue;
			const spans = findPattern(pattern, masked);
			if (spans.length === 0) continue;
			this.patterns.add(pattern);
			const parts: string[] = [];
			let at = 0;
			for (const [from, to] of spans) {
				this.value(masked.slice(from, to));
				parts.push(masked.slice(at, from), MASK);
				at = to;
			}
			masked = parts.join("") + masked.slice(at);
		}
		return masked;
	}
}
