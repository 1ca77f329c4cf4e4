import { bytesOf, HEAD_BYTES, type Head } from "./weights";

/**
 * The path, query and headers that the events of one delivery share are kept once: a row of `heads` for a stretch of
 * numbers next to each other. The events of such a stretch have their own left empty.
 */

/** SQL for a part of an event's head, wherever it is kept. @param of the name of `events` in the statement */
export const headOf = (part: keyof Head, of = "events"): string =>
	`CASE WHEN ${isShared(of)} THEN (SELECT ${part} FROM heads WHERE first <= ${of}.sequence ORDER BY first DESC LIMIT 1) ELSE ${of}.${part} END AS ${part}`;

/** SQL for whether an event's head is kept apart from it: one of its own is never shorter than `[]`. */
export const isShared = (of = "events"): string => `octet_length(${of}.headers) = 0`;

/** @returns the bytes that it takes */
export function insertHead(sql: SqlStorage, first: number, last: number, { path, query, headers }: Head): number {
	const text = JSON.stringify(headers);
	sql.exec("INSERT INTO heads (first, last, path, query, headers) VALUES (?, ?, ?, ?, ?)", first, last, path, query, text);
	return bytesOf(0, path, query, text);
}

/** Deletes the heads whose last event went with those from `first` to `last`. @returns the bytes that they took */
export function dropHeads(sql: SqlStorage, first: number, last: number): number {
	return sql
		.exec<{ bytes: number }>(
			`DELETE FROM heads WHERE first BETWEEN coalesce((SELECT max(first) FROM heads WHERE first <= ?1), ?1) AND ?2
			 AND NOT EXISTS (SELECT 1 FROM events WHERE sequence BETWEEN heads.first AND heads.last) RETURNING ${HEAD_BYTES} AS bytes`,
			first,
			last,
		)
		.toArray()
		.reduce((sum, { bytes }) => sum + bytes, 0);
}
