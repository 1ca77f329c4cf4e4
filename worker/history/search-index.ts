import { headOf, isShared } from "../events/heads";
import { readMeta, writeMeta } from "../events/meta-rows";
import { laneWord } from "./search-query";
import { addressWords, headerWords, readableText, SEARCHED_BYTES } from "./search-text";
import type { Reading } from "./summaries";

/**
 * The index of words: FTS5 tables without content, filled a slice at a time behind the events. It stands in parts, each
 * over the events of a day at most: a part goes as a whole when its last event has gone, since taking single rows out
 * of FTS5 costs more than putting them in.
 */

/** Events and bytes of text that one slice takes in: a few milliseconds. */
export const SLICE_EVENTS = 64;
const SLICE_BYTES = 64 * 1024;
/** Of an address and headers: so much is usual, and more counts as text of the slice. */
const USUAL_HEAD_BYTES = 2 * 1024;
/** Characters of each that are taken in again for the second event of a delivery and those after it. */
const REPEATED_HEAD_LENGTH = 512;
/** Pages that a slice merges, so that no slice ever has to merge much. */
const SLICE_MERGE_PAGES = 32;
/** What a part covers at most. */
const PART_EVENTS = 32_768;
const PART_MS = 24 * 3_600_000;

/** A part covers the events from `first` to the next one's, or to where the index has come. */
export interface Part {
	first: number;
	/** Epoch ms, of its first event. */
	beganAt: number;
}

export const tableOf = ({ first }: Pick<Part, "first">): string => `words_${first}`;

/** Every event at or below it can be found by its words, where it is kept. */
export function indexedThrough(sql: SqlStorage): number {
	return readMeta(sql, "indexedThrough") ?? 0;
}

/** The parts, newest first. */
export function partsOf(sql: SqlStorage): Part[] {
	return sql
		.exec<{ first: number; began_at: number }>("SELECT first, began_at FROM word_parts ORDER BY first DESC")
		.toArray()
		.map((row) => ({ first: row.first, beganAt: row.began_at }));
}

type IndexedColumns = {
	sequence: number;
	received_at: number;
	path: string;
	query: string;
	headers: string;
	lane: string | null;
	name: string | null;
	body: ArrayBuffer | null;
	/** Another event of its delivery came before it, with the same head. */
	follows: number;
};
const COLUMNS = `sequence, received_at, ${headOf("path")}, ${headOf("query")}, ${headOf("headers")}, lane, name,
	${isShared()} AND NOT EXISTS (SELECT 1 FROM heads WHERE first = events.sequence) AS follows, SUBSTR(body, 1, ${SEARCHED_BYTES}) AS body`;

/**
 * Takes the next events into the index.
 * @param last the newest event's sequence
 * @param token where the sender's secret comes along: it is no word
 * @returns how far the index has come
 */
export function indexSlice(sql: SqlStorage, last: number, token: Reading["token"] = null): number {
	const through = indexedThrough(sql);
	const reached = sliceEnd(sql, through, last);
	const rows = sql
		.exec<IndexedColumns>(`SELECT ${COLUMNS} FROM events WHERE sequence > ? AND sequence <= ? ORDER BY sequence`, through, reached)
		.toArray();
	let part = partsOf(sql)[0] ?? null;
	if (part) sql.exec(`INSERT INTO ${tableOf(part)} (${tableOf(part)}, rank) VALUES ('merge', ${SLICE_MERGE_PAGES})`);
	for (const row of rows) {
		if (part === null || row.sequence - part.first >= PART_EVENTS || row.received_at - part.beganAt >= PART_MS) part = addPart(sql, row);
		sql.exec(
			`INSERT INTO ${tableOf(part)} (rowid, text, headers, lane) VALUES (?, ?, ?, ?)`,
			row.sequence,
			row.follows ? textOf(sql, { ...row, ...beginningOf(row) }) : textOf(sql, row),
			row.follows
				? headerWords(JSON.parse(row.headers), token).slice(0, REPEATED_HEAD_LENGTH)
				: headerWords(JSON.parse(row.headers), token),
			row.lane === null ? "" : laneWord(row.lane),
		);
	}
	writeMeta(sql, "indexedThrough", reached);
	return reached;
}

/** As much of an address as is worth finding again with each event of one delivery. */
function beginningOf({ path, query }: Pick<IndexedColumns, "path" | "query">): Pick<IndexedColumns, "path" | "query"> {
	return { path: path.slice(0, REPEATED_HEAD_LENGTH), query: query.slice(0, REPEATED_HEAD_LENGTH) };
}

/** The event that a slice ends with. */
function sliceEnd(sql: SqlStorage, through: number, last: number): number {
	const rows = sql
		.exec<{ sequence: number; size: number; head: number }>(
			`SELECT sequence, size, octet_length(path) + octet_length(query) + octet_length(headers) AS head FROM events WHERE sequence > ? ORDER BY sequence LIMIT ${SLICE_EVENTS}`,
			through,
		)
		.toArray();
	let bytes = 0;
	const full = rows.find(({ size, head }) => {
		bytes += Math.min(size, SEARCHED_BYTES) + Math.max(0, head - USUAL_HEAD_BYTES);
		return bytes >= SLICE_BYTES;
	});
	if (full) return full.sequence;
	return rows.length < SLICE_EVENTS ? last : (rows.at(-1)?.sequence ?? last);
}

/** Drops one part that no kept event belongs to. @returns whether there was one */
export function dropEmptyPart(sql: SqlStorage): boolean {
	let end = indexedThrough(sql);
	for (const part of partsOf(sql)) {
		if (sql.exec("SELECT 1 FROM events WHERE sequence BETWEEN ? AND ? LIMIT 1", part.first, end).toArray().length === 0) {
			sql.exec(`DROP TABLE ${tableOf(part)}`);
			sql.exec("DELETE FROM word_parts WHERE first = ?", part.first);
			return true;
		}
		end = part.first - 1;
	}
	return false;
}

function addPart(sql: SqlStorage, { sequence, received_at }: IndexedColumns): Part {
	const part: Part = { first: sequence, beganAt: received_at };
	const table = tableOf(part);
	sql.exec(
		`CREATE VIRTUAL TABLE ${table} USING fts5(text, headers, lane, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2")`,
	);
	// Merging is done by hand: left to itself it comes in bursts of tens of milliseconds.
	sql.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0)`);
	sql.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 1000)`);
	sql.exec("INSERT INTO word_parts (first, began_at) VALUES (?, ?)", part.first, part.beganAt);
	return part;
}

/** What is searched of an event: its address, what its sender calls it, and its body's beginning. Empty where the event is not kept. */
export function readText(sql: SqlStorage, sequence: number): string {
	const row = sql.exec<IndexedColumns>(`SELECT ${COLUMNS} FROM events WHERE sequence = ?`, sequence).toArray()[0];
	return row === undefined ? "" : textOf(sql, row);
}

/** The beginning of an event's body, also where it is kept in pieces. */
export function bodyStart(sql: SqlStorage, sequence: number): Uint8Array {
	const row = sql
		.exec<{ body: ArrayBuffer | null }>(`SELECT SUBSTR(body, 1, ${SEARCHED_BYTES}) AS body FROM events WHERE sequence = ?`, sequence)
		.toArray()[0];
	return new Uint8Array(row?.body ?? firstPiece(sql, sequence));
}

function textOf(sql: SqlStorage, row: IndexedColumns): string {
	const headers = JSON.parse(row.headers) as [string, string][];
	const contentType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
	const text = readableText(new Uint8Array(row.body ?? firstPiece(sql, row.sequence)), contentType);
	return `${addressWords(row.path, row.query)}\n${row.name ?? ""}\n${text ?? ""}`;
}

function firstPiece(sql: SqlStorage, sequence: number): ArrayBuffer {
	const piece = sql
		.exec<{ bytes: ArrayBuffer }>(
			`SELECT SUBSTR(bytes, 1, ${SEARCHED_BYTES}) AS bytes FROM chunks WHERE owner = 'event' AND key = ? AND part = 0`,
			sequence,
		)
		.toArray()[0];
	return piece?.bytes ?? new ArrayBuffer(0);
}
