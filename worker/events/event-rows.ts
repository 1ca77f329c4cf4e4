import type { Entry } from "./backlog";
import { INLINE_MAX_BYTES, readChunks, writeChunks } from "./chunks";
import { headOf } from "./heads";
import type { Arrival } from "./protocol/delivery";
import type { EventRecord } from "./protocol/lease";
import type { EventSource } from "./protocol/statuses";
import { NUMBERS } from "./schema";
import { bytesOf, eventBytes, HEAD_BYTES } from "./weights";

/** Reading and writing events. No decision is made here. */

/**
 * @param head where its path, query and headers are kept: with it, or once for all events of its delivery
 * @returns the bytes that it takes
 */
export function insertEvent(
	sql: SqlStorage,
	sequence: number,
	source: EventSource,
	receivedAt: number,
	arrival: Arrival,
	head: "own" | "shared" = "own",
): number {
	const [path, query, headers] = head === "own" ? [arrival.path, arrival.query, JSON.stringify(arrival.headers)] : ["", "", ""];
	const size = arrival.body.byteLength;
	const chunked = size > INLINE_MAX_BYTES;
	sql.exec(
		"INSERT INTO events (sequence, source, received_at, size, lane, hops, method, path, query, headers, body, sender, name, occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		sequence,
		source,
		receivedAt,
		size,
		arrival.lane,
		arrival.hops,
		arrival.method,
		path,
		query,
		headers,
		chunked ? null : arrival.body,
		arrival.sender ?? null,
		arrival.name ?? null,
		arrival.occurredAt ?? null,
	);
	if (chunked) writeChunks(sql, "event", sequence, new Uint8Array(arrival.body));
	return bytesOf(size, path, query, headers, arrival.lane);
}

/** What the delivery of a batch was as a whole. */
export interface BatchNote {
	/** Events that it made. */
	events: number;
	/** Items that were seen before. */
	duplicates: number;
	/** Bytes of its body. */
	size: number;
}

/** Notes that the events from `first` on came in one delivery. */
export function markBatch(sql: SqlStorage, first: number, note: BatchNote): void {
	sql.exec("UPDATE events SET batch = '' WHERE sequence > ? AND sequence < ?", first, first + note.events);
	sql.exec("UPDATE events SET batch = ? WHERE sequence = ?", JSON.stringify(note), first);
}

/** Notes that an event is a part of a delivery which shows elsewhere. */
export function markItem(sql: SqlStorage, sequence: number): void {
	sql.exec("UPDATE events SET batch = '' WHERE sequence = ?", sequence);
}

/** What stands with an event that no sender's proof let in. */
export interface AfterAll {
	/** Number of the kept delivery. */
	delivery: number;
	/** Why it had made no event: the code of its refusal, or `conflict`. */
	reason: string | null;
}

/** Notes of the events from `first` to `last` that a person let them in. */
export function markAfterAll(sql: SqlStorage, first: number, last: number, note: AfterAll): void {
	sql.exec("UPDATE events SET after_all = ? WHERE sequence BETWEEN ? AND ?", JSON.stringify(note), first, last);
}

const EVENT_COLUMNS = `source, received_at, lane, hops, method, ${headOf("path")}, ${headOf("query")}, ${headOf("headers")}, body, sender, name, occurred_at`;

interface EventRow extends Record<string, SqlStorageValue> {
	source: EventSource;
	received_at: number;
	lane: string | null;
	hops: number;
	method: string;
	path: string;
	query: string;
	headers: string;
	body: ArrayBuffer | null;
	sender: string | null;
	name: string | null;
	occurred_at: number | null;
}

/** @param id the event's id, which the caller derives */
export function readEvent(sql: SqlStorage, sequence: number, id: string): EventRecord | null {
	const row = sql.exec<EventRow>(`SELECT ${EVENT_COLUMNS} FROM events WHERE sequence = ?`, sequence).toArray()[0];
	if (!row) return null;
	return {
		id,
		sequence,
		source: row.source,
		receivedAt: row.received_at,
		method: row.method,
		path: row.path,
		query: row.query,
		headers: JSON.parse(row.headers),
		body: row.body ?? (readChunks(sql, "event", sequence)?.buffer as ArrayBuffer | undefined) ?? new ArrayBuffer(0),
		lane: row.lane,
		hops: row.hops,
		sender: row.sender,
		name: row.name,
		occurredAt: row.occurred_at,
	};
}

/** Whether an event is still there: only what has ended goes. */
export function isKept(sql: SqlStorage, sequence: number): boolean {
	return sql.exec("SELECT 1 FROM events WHERE sequence = ?", sequence).toArray().length > 0;
}

export function lastSequence(sql: SqlStorage): number {
	return sql.exec<{ last: number | null }>("SELECT MAX(sequence) AS last FROM events").one().last ?? 0;
}

/** When the newest event that is kept came, in epoch ms; null where none is. */
export function newestReceivedAt(sql: SqlStorage): number | null {
	return sql.exec<{ at: number }>("SELECT received_at AS at FROM events ORDER BY sequence DESC LIMIT 1").toArray()[0]?.at ?? null;
}

/** What the events after `sequence` take, with the heads that they share. */
export function bytesAfter(sql: SqlStorage, sequence: number): number {
	return sql
		.exec<{ bytes: number }>(
			`SELECT coalesce((SELECT sum(${eventBytes()}) FROM events WHERE sequence > ?1), 0)
			   + coalesce((SELECT sum(${HEAD_BYTES}) FROM heads WHERE first > ?1), 0) AS bytes`,
			sequence,
		)
		.one().bytes;
}

/** Events after `sequence` whose first execution has no row yet and that are not parked: queued, or running without a journal. */
export function freshEntries(sql: SqlStorage, sequence: number, limit: number): { entries: Entry[]; through: number } {
	let through = sequence;
	const entries: Entry[] = [];
	const rows = sql.exec<{ sequence: number; size: number; lane: string | null; source: EventSource; begun: number }>(
		`SELECT sequence, size, lane, source, EXISTS (SELECT 1 FROM executions WHERE key = events.sequence * ${NUMBERS} + 1)
		   OR EXISTS (SELECT 1 FROM parked WHERE lane = events.lane AND place = events.sequence) AS begun
		 FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?`,
		sequence,
		limit,
	);
	for (const row of rows) {
		through = row.sequence;
		if (!row.begun)
			entries.push({ sequence: row.sequence, number: 1, size: row.size, lane: row.lane, manual: row.source === "manual", begun: false });
	}
	return { entries, through };
}

/** How many events after `sequence` have no execution row and are not parked. */
export function countFresh(sql: SqlStorage, sequence: number): number {
	return sql
		.exec<{ fresh: number }>(
			`SELECT COUNT(*) AS fresh FROM events WHERE sequence > ?
			 AND NOT EXISTS (SELECT 1 FROM executions WHERE key = events.sequence * ${NUMBERS} + 1)
			 AND NOT EXISTS (SELECT 1 FROM parked WHERE lane = events.lane AND place = events.sequence)`,
			sequence,
		)
		.one().fresh;
}
