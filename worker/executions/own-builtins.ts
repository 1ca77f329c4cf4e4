import { jsonText } from "../integrations/body/json";
import { ITEM_BYTES, ITEMS_PER_STEP, MEMBER_BYTES, make, OBJECT_BYTES, sizeOf, spend } from "./allowance";
import type { Builtin, Focus } from "./builtins";
import { ExpressionError } from "./expression-error";
import { isFunction } from "./jsonata-ast";

/** Built-in functions in the place of JSONata's own that take time or memory beyond what they answer, or open up the interpreter. */
export const OWN_BUILTINS: Readonly<Record<string, Builtin>> = {
	eval() {
		throw new ExpressionError("expression_refused", "$eval is not available.", null);
	},
	pad,
	join,
	merge,
	spread,
	distinct,
	sort,
	parseJson,
};

/** Functions that JSONata does not know, with their signatures as it writes them. */
export const ADDED_FUNCTIONS: Readonly<Record<string, string>> = { parseJson: "<s-:x>" };

function pad(this: Focus, text: string | undefined, width: number, filling?: string): string | undefined {
	if (text === undefined) return undefined;
	let present = 0;
	for (const _ of text) present++;
	const missing = Math.abs(Math.trunc(width)) - present;
	if (!(missing > 0)) return text;
	const characters = [...(filling || " ")];
	make(this.environment.base, text.length + missing * Math.max(...characters.map((character) => character.length)));
	const padding =
		characters.join("").repeat(Math.floor(missing / characters.length)) + characters.slice(0, missing % characters.length).join("");
	return width > 0 ? text + padding : padding + text;
}

/** A text of JSON as a value, within the bounds of a body: some senders put JSON into a text or a form field. */
function parseJson(this: Focus, text: string | undefined): unknown {
	if (text === undefined) return undefined;
	const [containers, members] = [occurrences(text, /[[{]/g), occurrences(text, /[:,]/g)];
	make(this.environment.base, text.length * 2 + containers * OBJECT_BYTES + members * MEMBER_BYTES);
	const read = jsonText(text);
	if (read.ok) return read.value;
	throw new ExpressionError("expression_failed", read.error.message.replace("The body", "The text for $parseJson"), null);
}

function occurrences(text: string, pattern: RegExp): number {
	let count = 0;
	for (pattern.lastIndex = 0; pattern.test(text); ) count++;
	return count;
}

function join(this: Focus, texts: string[] | undefined, separator = ""): string | undefined {
	if (texts === undefined) return undefined;
	let length = texts.length * separator.length;
	for (const text of texts) length += text.length;
	make(this.environment.base, length);
	return texts.join(separator);
}

function merge(this: Focus, objects: Record<string, unknown>[] | undefined): unknown {
	if (objects === undefined) return undefined;
	const result: Record<string, unknown> = Object.create(null);
	for (const object of objects) {
		if (isFunction(object)) continue;
		const keys = Object.keys(object);
		spend(this.environment.base, keys.length / 8);
		make(this.environment.base, keys.length * MEMBER_BYTES);
		for (const key of keys) result[key] = object[key];
	}
	return result;
}

function spread(this: Focus, value: unknown): unknown {
	if (typeof value !== "object" || value === null || isFunction(value)) return value;
	const allowance = this.environment.base;
	const result = Object.assign([] as unknown[], { sequence: true }); // the interpreter's mark: one item stands for itself
	const add = (part: unknown): void => {
		if (Array.isArray(part)) for (const item of part) add(item);
		else if (typeof part !== "object" || part === null || isFunction(part)) result.push(part);
		else {
			const keys = Object.keys(part);
			spend(allowance, keys.length / 8);
			make(allowance, keys.length * (ITEM_BYTES + OBJECT_BYTES + MEMBER_BYTES));
			for (const key of keys) result.push({ [key]: (part as Record<string, unknown>)[key] });
		}
	};
	add(value);
	return result;
}

/** Each value once, in the order of the first ones. Equal objects are found by their JSON with sorted keys. */
function distinct(this: Focus, values: unknown): unknown {
	if (!Array.isArray(values) || values.length <= 1) return values;
	const allowance = this.environment.base;
	const result = (values as { sequence?: unknown }).sequence === true ? this.createSequence() : [];
	const scalars = new Set<unknown>();
	const written = new Set<string>();
	for (const value of values) {
		spend(allowance, 1 / 8);
		make(allowance, ITEM_BYTES * 4);
		if (typeof value !== "object" || value === null || isFunction(value)) {
			if (scalars.has(value)) continue;
			scalars.add(value);
		} else {
			const size = sizeOf(allowance, value);
			spend(allowance, size / 16);
			make(allowance, size);
			const text = JSON.stringify(sorted(value));
			if (written.has(text)) continue;
			written.add(text);
		}
		result.push(value);
	}
	return result;
}

function sorted(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(sorted);
	// Pairs in a list: an object would move keys that look like numbers, and `__proto__` would be lost.
	return {
		o: Object.keys(value)
			.sort()
			.map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
	};
}

type Comparator = (a: unknown, b: unknown) => unknown;

/** Sorts by merging; `after` answers whether two values are to change places. */
async function sort(this: Focus, values: unknown[] | undefined, after?: Comparator): Promise<unknown> {
	if (values === undefined || values.length <= 1) return values;
	const allowance = this.environment.base;
	make(allowance, values.length * ITEM_BYTES * 2);
	const comparisons = values.length * Math.log2(values.length);
	if (typeof after === "function") {
		spend(allowance, comparisons / ITEMS_PER_STEP);
		return mergeSort(values, after);
	}
	const kind = typeof values[0];
	if ((kind !== "number" && kind !== "string") || values.some((value) => typeof value !== kind)) {
		const message = "$sort without a function of its own sorts numbers or strings, and only one of the two at a time.";
		throw new ExpressionError("expression_failed", message, null);
	}
	spend(allowance, comparisons / 32);
	return [...(values as string[])].sort((a, b) => (a > b ? 1 : a < b ? -1 : 0));
}

async function mergeSort(values: unknown[], after: Comparator): Promise<unknown[]> {
	if (values.length <= 1) return values;
	const middle = Math.floor(values.length / 2);
	const left = await mergeSort(values.slice(0, middle), after);
	const right = await mergeSort(values.slice(middle), after);
	const result: unknown[] = [];
	let at = 0;
	let other = 0;
	while (at < left.length && other < right.length) result.push((await after(left[at], right[other])) ? right[other++] : left[at++]);
	while (at < left.length) result.push(left[at++]);
	while (other < right.length) result.push(right[other++]);
	return result;
}
