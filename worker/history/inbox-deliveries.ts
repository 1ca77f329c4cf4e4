import type { Headers } from "../events/protocol/delivery";
import { type InboxQuery, isOfEvents } from "./inbox-query";
import { addressWords, holdsWords, SEARCHED_BYTES, shownText, snippetOf } from "./search-text";
import { shownRequest } from "./shown";
import type { Reading } from "./summaries";

/** The deliveries of the inbox that made no event. */

/** A row on its way into a page, with the time it came at (epoch ms). */
export interface Placed {
	place: number;
	at: number;
	/** The piece of the payload where words were found. */
	snippet?: string | null;
}

/** Deliveries that one page reads for words, and their bytes. */
const READS_MAX = 512;
const READ_BYTES_MAX = 512 * 1024;

const WANTED = `id < ?1 AND (status <> 'accepted' OR sequence IS NULL) AND (?2 IS NULL OR status = ?2)
	AND (?3 IS NULL OR received_at >= ?3) AND (?4 IS NULL OR received_at < ?4)`;
const bindingsOf = ({ verdict, from, to }: InboxQuery, before: number) =>
	[before, verdict === "refused" ? "rejected" : (verdict ?? null), from ?? null, to ?? null] as const;

/** The rows that are wanted, newest first. */
export function findKept(sql: SqlStorage, query: InboxQuery, before: number, limit: number): Placed[] {
	if (isOfEvents(query)) return [];
	return sql
		.exec<{ place: number; at: number }>(
			`SELECT id AS place, received_at AS at FROM deliveries WHERE ${WANTED} ORDER BY id DESC LIMIT ?5`,
			...bindingsOf(query, before),
			limit,
		)
		.toArray();
}

type Searched = { place: number; at: number; path: string; query: string; headers: string; size: number; body: ArrayBuffer | null };

/**
 * The rows that are wanted and hold all words, newest first. They are few, so they are read and not indexed.
 * @returns also the row below which nobody has looked; 0 where that is all
 */
export function searchKept(
	sql: SqlStorage,
	reading: Pick<Reading, "token">,
	query: InboxQuery,
	words: readonly string[],
	before: number,
	limit: number,
): { found: Placed[]; floor: number } {
	const found: Placed[] = [];
	if (isOfEvents(query) || words.length === 0) return { found, floor: 0 };
	let [reads, bytes] = [0, 0];
	// Read one after the other, so that what lies beyond the bounds is not read at all.
	for (const { place, at, ...row } of sql.exec<Searched>(
		`SELECT id AS place, received_at AS at, path, query, headers, size, SUBSTR(body, 1, ${SEARCHED_BYTES}) AS body
		 FROM deliveries WHERE ${WANTED} ORDER BY id DESC`,
		...bindingsOf(query, before),
	)) {
		if (found.length === limit) return { found, floor: 0 };
		if (reads === READS_MAX || bytes >= READ_BYTES_MAX) return { found, floor: place + 1 };
		reads++;
		bytes += row.query.length + row.headers.length + (row.body?.byteLength ?? 0);
		const { address, text } = wordsOf(reading, row);
		if (holdsWords(`${address}\n${text ?? ""}`, words)) found.push({ place, at, snippet: text === null ? null : snippetOf(text, words) });
	}
	return { found, floor: 0 };
}

/** What people may read of a delivery: not its sender's secret, wherever that comes along. */
function wordsOf({ token }: Pick<Reading, "token">, { path, query, headers, size, body }: Omit<Searched, "place" | "at">) {
	const named = JSON.parse(headers) as Headers;
	const shown = token ? shownRequest({ token }, { query, headers: named, body: new Uint8Array() }).query : query;
	const contentType = named.find(([name]) => name === "content-type")?.[1] ?? "";
	return {
		address: addressWords(path, shown),
		text: shownText({ token: token ?? null }, new Uint8Array(body ?? new ArrayBuffer(0)), size, contentType),
	};
}
