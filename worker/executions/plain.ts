import { put } from "../integrations/body/pairs";
import { ExpressionError } from "./expression-error";

/** How big one value may grow, as the length of its JSON; what an expression answers and what a step hands on. */
export const VALUE_MAX_BYTES = 16 * 1024 * 1024;
export const VALUE_MAX_DEPTH = 100;

/**
 * An expression's answer as plain JSON: the interpreter's marks on arrays and its functions are gone. `undefined` stays
 * undefined at the top and is left out below. Throws ExpressionError for what JSON cannot hold or what is too big.
 */
export function plain(value: unknown): unknown {
	return copy(value, 0, { bytes: 0 });
}

function copy(value: unknown, depth: number, size: { bytes: number }): unknown {
	switch (typeof value) {
		case "string":
			spend(size, value.length + 3);
			return value;
		case "number":
			if (!Number.isFinite(value)) throw new ExpressionError("expression_failed", "The result is not a finite number.", null);
			spend(size, 4);
			return value;
		case "boolean":
			spend(size, 5);
			return value;
		case "object":
			break;
		default:
			return undefined;
	}
	if (value === null) return null;
	if (isInterpretersFunction(value)) return undefined;
	if (depth > VALUE_MAX_DEPTH) throw new ExpressionError("value_too_deep", `The result nests deeper than ${VALUE_MAX_DEPTH} levels.`, null);
	spend(size, 2);
	if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1, size) ?? null);
	const result: Record<string, unknown> = {};
	for (const key of Object.keys(value)) {
		const member = copy((value as Record<string, unknown>)[key], depth + 1, size);
		if (member === undefined) continue;
		spend(size, key.length + 4);
		put(result, key, member);
	}
	return result;
}

/** JSONata's functions are objects; told from data by what no JSON can hold. */
function isInterpretersFunction(value: object): boolean {
	const { implementation, environment } = value as { implementation?: unknown; environment?: { lookup?: unknown } | null };
	return typeof implementation === "function" || typeof environment?.lookup === "function";
}

function spend(size: { bytes: number }, bytes: number): void {
	size.bytes += bytes;
	if (size.bytes > VALUE_MAX_BYTES) throw tooLarge();
}

/** About the length of the value's JSON. Stops counting once it is above `limit`. */
export function measure(value: unknown, limit: number): number {
	let bytes = 0;
	const waiting: unknown[] = [value];
	while (waiting.length > 0 && bytes <= limit) {
		const next = waiting.pop();
		if (typeof next === "string") bytes += next.length + 3;
		else if (typeof next !== "object" || next === null) bytes += typeof next === "number" && next >= 0 && next < 10 ? 2 : 4;
		else if (Array.isArray(next)) {
			bytes += 2;
			if (next.length > limit) return limit + 1;
			for (const item of next) waiting.push(item);
		} else {
			bytes += 2;
			for (const key in next) {
				bytes += key.length + 4;
				waiting.push((next as Record<string, unknown>)[key]);
			}
		}
	}
	return bytes;
}

export function tooLarge(): ExpressionError {
	return new ExpressionError("value_too_large", `The value is larger than ${VALUE_MAX_BYTES / 1024 / 1024} MB.`, null);
}
