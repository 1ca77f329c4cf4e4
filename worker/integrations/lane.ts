import { parseOrderingKey, WHOLE_INTEGRATION } from "./ordering-key";
import type { OrderingSettings } from "./settings";

/** What a key may be read from: the event as expressions see it. Each part is made only when asked for. */
export type KeySource = Record<"method" | "path" | "query" | "headers" | "body", () => unknown>;

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
	const [steps] = parseOrderingKey(path) ?? [];
	return steps ? follow(steps, source) : null;
}

function follow([head, ...rest]: string[], source: KeySource): unknown {
	let value = source[head as keyof KeySource]();
	for (const name of rest) {
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
		value = (value as Record<string, unknown>)[name];
	}
	return value ?? null;
}

function keyOf(paths: string[][], source: KeySource): string | null {
	const values: unknown[] = [];
	for (const path of paths) {
		const value = follow(path, source);
		if (value === null) return null;
		values.push(value);
	}
	if (values.length === 0) return null;
	const text = JSON.stringify(values); // 7 and "7" are different keys
	return text.length > KEY_MAX_LENGTH ? null : text;
}
