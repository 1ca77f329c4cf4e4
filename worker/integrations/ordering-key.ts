/** Ordering keys: which lane an event belongs to. */

/** The one lane of ordering mode `integration`. Lanes of keys are JSON arrays, so none is equal to it. */
export const WHOLE_INTEGRATION = "*";

const HEADS = new Set(["body", "headers", "query", "method", "path"]);
const NAME = /^[A-Za-z0-9_$-]{1,100}$/;

/**
 * The paths of an ordering key: `event.body.sku`, or several joined by commas. Names are taken as they stand; a number
 * is a place in a list.
 * @returns each path split at its dots, without `event`; null where the text is not a key
 */
export function parseOrderingKey(text: string): string[][] | null {
	const paths: string[][] = [];
	for (const part of text.split(",")) {
		const [root, head, ...rest] = part.trim().split(".");
		if (root !== "event" || head === undefined || !HEADS.has(head) || !rest.every((name) => NAME.test(name))) return null;
		if ((head === "method" || head === "path") === rest.length > 0) return null;
		paths.push([head, ...rest]);
	}
	return paths;
}

/** The names that lead to one value: a path as keys have them, or `event.body`, by which a sender's delivery may be recognized. */
export function stepsOf(path: string): string[] | null {
	return path === "event.body" ? ["body"] : (parseOrderingKey(path)?.[0] ?? null);
}
