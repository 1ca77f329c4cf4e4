import { parseOrderingKey, stepsOf, WHOLE_INTEGRATION } from "./ordering-key";
import type { OrderingSettings } from "./settings";

/** What a key may be read from: the event as expressions see it. Each part is made only when asked for. */
export interface KeySource extends Record<"method" | "path" | "query" | "headers" | "body", () => unknown> {
	/**
	 * The JSON of the value at these names of the body with every number as it was sent; null where the body is no JSON.
	 * Takes a walk through the text, so it is asked for only where a number cannot be told by its value.
	 */
	exactly(names: readonly string[]): string | null;
}

/** Longest key, in characters of JSON; a longer value is not a business key and runs unordered. */
const KEY_MAX_LENGTH = 1_000;

/**
 * The lane of a delivery: one for all in mode `integration`, one for each value of the key in mode `key`; none where
 * the mode is `none` or a part of the key is missing.
 */
export function laneOf({ mode, key }: Pick<OrderingSettings, "mode" | "key">, source: KeySource): string | null {
	switch (mode) {
		case "none":
			return null;
		case "integration":
			return WHOLE_INTEGRATION;
		case "key":
			return keyOf(parseOrderingKey(key ?? "") ?? [], source);
	}
}

/** The value at one path of a delivery (`event.body.id`); null where there is none. */
export function valueAt(path: string, source: KeySource): unknown {
	const steps = stepsOf(path);
	return steps ? follow(steps, source) : null;
}

function follow([head, ...rest]: string[], source: KeySource): unknown {
	let value = source[head as Exclude<keyof KeySource, "exactly">]();
	for (const name of rest) {
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
		value = (value as Record<string, unknown>)[name];
	}
	return value ?? null;
}

function keyOf(paths: string[][], source: KeySource): string | null {
	const text = keyText(paths, source); // 7 and "7" are different keys
	return text === null || text.length > KEY_MAX_LENGTH ? null : text;
}

/**
 * The values at some paths as one text: JSON in which no two numbers are alike that were sent as different ones.
 * @param paths as `parseOrderingKey` answers them
 * @returns null where one has no value
 */
export function keyText(paths: readonly string[][], source: KeySource): string | null {
	const texts: string[] = [];
	for (const path of paths) {
		const value = follow(path, source);
		if (value === null) return null;
		const [head, ...names] = path;
		const exact = head === "body" && isRounded(value) ? source.exactly(names) : null;
		texts.push(exact ?? JSON.stringify(value));
	}
	return texts.length === 0 ? null : `[${texts.join(",")}]`;
}

/** Whether a number in it may stand for several that were sent: JavaScript tells integers apart up to 2^53. */
function isRounded(value: unknown): boolean {
	if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER;
	return typeof value === "object" && value !== null && Object.values(value).some(isRounded);
}
