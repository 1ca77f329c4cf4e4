import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";

/** What a person looks for among the events, as it stands in the page's address. */

const PARTS = ["q", "from", "to", "status", "source", "key", "field", "value"] as const;
export type SearchPart = (typeof PARTS)[number];
/** Absent parts are not asked for. `from` and `to` are wall-clock times of the viewer, `2026-11-21T10:00`. */
export type EventSearch = Partial<Record<SearchPart, string>>;

/** Of the page's address. */
export function readSearch(query: Record<string, string | undefined>): EventSearch {
	return Object.fromEntries(PARTS.flatMap((part) => (query[part] ? [[part, query[part]]] : [])));
}

/** `&q=oak&status=failed`, or nothing: to be put behind an address that has parameters already. */
export function searchSuffix(search: EventSearch): string {
	return PARTS.map((part) => (search[part] ? `&${part}=${encodeURIComponent(search[part])}` : "")).join("");
}

/** The search with one part changed; an empty text takes it out. */
export function withPart(search: EventSearch, part: SearchPart, value: string): EventSearch {
	return readSearch({ ...search, [part]: value });
}

/** The path that a person means: `sku` is a field of the body. null where it is none. */
export function fieldPath(typed: string): string | null {
	return [typed.trim(), `event.body.${typed.trim()}`].find((path) => parseOrderingKey(path)?.length === 1) ?? null;
}

/** The search as the API takes it: what is only half filled in is left out. */
export function askedOf({ field, value, from, to, ...rest }: EventSearch): Record<string, string> {
	const path = fieldPath(field ?? "");
	return {
		...rest,
		...timeOf("from", from),
		...timeOf("to", to),
		...(path !== null && value !== undefined ? { field: path, value } : {}),
	};
}

/** Whether the answer depends on the index, which follows what is accepted a few seconds later. */
export function needsIndex(search: EventSearch): boolean {
	const asked = askedOf(search);
	return ["q", "key", "field"].some((part) => part in asked);
}

/** A snippet in pieces, those that were looked for marked. */
export function markHits(snippet: string, { q = "", value = "" }: EventSearch): { text: string; hit: boolean }[] {
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
