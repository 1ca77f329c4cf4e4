import { ExpressionError } from "./expression-error";
import { isFunction } from "./jsonata-ast";
import { tooLarge, VALUE_MAX_BYTES } from "./plain";

/**
 * What one evaluation may use up: steps of work and bytes of memory made. Both only ever grow, so that nothing is free
 * because it was thrown away again.
 */

/** Steps in one evaluation; one is a node evaluated or as much other work, some two microseconds. */
const STEPS_MAX = 250_000;
/** Bytes of texts, arrays and objects that one evaluation may make. */
export const MADE_MAX_BYTES = 32 * 1024 * 1024;
/** Levels of a value that is weighed. */
const LEVELS_MAX = 2_000;

/** Characters read per step. */
export const CHARACTERS_PER_STEP = 256;
/** Items read or copied per step. */
export const ITEMS_PER_STEP = 64;
/** Members weighed per step. */
const MEMBERS_PER_STEP = 24;
/** What an array takes per item, an object per member and by itself. */
export const ITEM_BYTES = 8;
export const MEMBER_BYTES = 40;
export const OBJECT_BYTES = 64;
/** Containers at least this big are remembered, so that growing a value step by step does not weigh it anew each time. */
const REMEMBERED_BYTES = 1024;

/** The interpreter's root frame: one per evaluation, so that evaluations may overlap. */
export interface Allowance {
	spent?: number;
	made?: number;
	sizes?: WeakMap<object, number>;
}

/** Counts work done. Throws ExpressionError where it becomes too much. */
export function spend(allowance: Allowance, steps: number): void {
	const spent = (allowance.spent ?? 0) + steps;
	allowance.spent = spent;
	if (!(spent <= STEPS_MAX)) throw new ExpressionError("expression_too_costly", "The expression needs too many steps.", null);
}

/** Counts memory, before it is filled where its size is known. Throws ExpressionError where it becomes too much. */
export function make(allowance: Allowance, bytes: number): void {
	if (bytes > VALUE_MAX_BYTES) throw tooLarge();
	const made = (allowance.made ?? 0) + bytes;
	allowance.made = made;
	if (!(made <= MADE_MAX_BYTES)) {
		const message = `The expression makes values of more than ${MADE_MAX_BYTES / 1024 / 1024} MB together.`;
		throw new ExpressionError("value_too_large", message, null);
	}
	spend(allowance, bytes / 512);
}

/** The value's size written out: what is shared counts every time, so doubling a value n times is stopped, not stored. */
export function sizeOf(allowance: Allowance, value: unknown, depth = 0): number {
	if (typeof value === "string") return value.length + 3;
	if (typeof value !== "object" || value === null) return 4;
	if (isFunction(value)) return 4;
	allowance.sizes ??= new WeakMap();
	const known = allowance.sizes.get(value);
	if (known !== undefined) return known;
	if (depth > LEVELS_MAX) throw new ExpressionError("value_too_deep", "A value nests too deeply.", null);
	let bytes = 2;
	if (Array.isArray(value)) {
		spend(allowance, (1 + value.length) / MEMBERS_PER_STEP);
		for (const item of value) {
			bytes += sizeOf(allowance, item, depth + 1);
			if (bytes > VALUE_MAX_BYTES) throw tooLarge();
		}
	} else {
		const keys = Object.keys(value);
		spend(allowance, (1 + keys.length) / MEMBERS_PER_STEP);
		for (const key of keys) {
			bytes += key.length + 4 + sizeOf(allowance, (value as Record<string, unknown>)[key], depth + 1);
			if (bytes > VALUE_MAX_BYTES) throw tooLarge();
		}
	}
	if (bytes >= REMEMBERED_BYTES) allowance.sizes.set(value, bytes);
	return bytes;
}
