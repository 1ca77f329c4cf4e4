import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";

/** The path that a person means: `sku` is a field of the body. null where it is none. */
export function fieldPath(typed: string): string | null {
	return [typed.trim(), `event.body.${typed.trim()}`].find((path) => parseOrderingKey(path)?.length === 1) ?? null;
}

/** A snippet in pieces, those that were looked for marked. */
export function markHits(snippet: string, { q = "", value = "" }: { q?: string; value?: string }): { text: string; hit: boolean }[] {
	const words = [...q.matchAll(/"([^"]*)"?|[^\s"]+/g)].map((match) => (match[1] ?? match[0]).trim());
	const wanted = [...words, value].filter((word) => /[\p{L}\p{N}]/u.test(word)).sort((a, b) => b.length - a.length);
	if (wanted.length === 0) return [{ text: snippet, hit: false }];
	// Whole words, as the search finds them.
	const pattern = new RegExp(
		`(?<![\\p{L}\\p{N}])(${wanted.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}])`,
		"giu",
	);
	return snippet
		.split(pattern)
		.map((text, i) => ({ text, hit: i % 2 === 1 }))
		.filter(({ text }) => text !== "");
}

/** A wall-clock time of the viewer as the API takes it; nothing where it is only half typed. */
export function timeOf(part: "from" | "to", local: string | undefined): Record<string, string> {
	const at = local === undefined ? Number.NaN : Date.parse(local);
	return Number.isNaN(at) ? {} : { [part]: new Date(at).toISOString() };
}
