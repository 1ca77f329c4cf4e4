import type { SequencerSettings, Version } from "../integrations/settings";
import type { Entry } from "./backlog";
import { INLINE_MAX_BYTES, readChunks, writeChunks } from "./chunks";
import type { Arrival } from "./protocol/delivery";
import type { StepRecord } from "./protocol/journal";
import type { EventRecord } from "./protocol/lease";
import type { EventSource, ExecutionStatus } from "./protocol/statuses";
import { executionKey, NUMBERS, numberOfKey, sequenceOfKey } from "./schema";

/** Reading and writing the Sequencer's rows. No decision is made here. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// ---- meta: one value a name

/** Names under which the Sequencer keeps its single values. */
export interface Meta {
	settings: SequencerSettings | { removed: true; workspaceId: string; revision: number };
	counts: Counts;
	/** Every event at or below it has an execution row: where a restarted Sequencer begins to look. */
	settledThrough: number;
	schedule: ScheduleState;
	statisticsNumber: number;
	/** Every event at or below it is in the index of words, where it is kept. */
	indexedThrough: number;
}

export interface ScheduleState {
	savedAt: number;
	nextRunAt: number | null;
	lastTickAt: number | null;
	lastTickSequence: number | null;
	skipped: number;
	lastSkippedAt: number | null;
}

/** What cannot be derived from the rows, written once a settled batch. */
export interface Counts {
	bySource: Record<Exclude<EventSource, "webhook">, number>;
	duplicate: number;
	/** Absent in what was counted before there were any. */
	handshake?: number;
	/** Accepted deliveries that held several events, and the events that they made. Absent before there were any. */
	batches?: { deliveries: number; events: number };
	ended: { succeeded: number; failed: number; filtered: number; cancelled: number };
	rejected: number;
	turnedAway: number;
	/** Bytes of the events up to `bytesThrough`. */
	bytes: number;
	bytesThrough: number;
	lastExecutionAt: number | null;
	lastExecutionStatus: "succeeded" | "failed" | "filtered" | "cancelled" | null;
}

export function readMeta<K extends keyof Meta>(sql: SqlStorage, name: K): Meta[K] | null {
	const row = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", name).toArray()[0];
	return row ? (JSON.parse(row.value) as Meta[K]) : null;
}

export function writeMeta<K extends keyof Meta>(sql: SqlStorage, name: K, value: Meta[K]): void {
	sql.exec(
		"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		name,
		JSON.stringify(value),
	);
}

// ---- versions

export function writeVersion(sql: SqlStorage, version: Version): void {
	sql.exec(
		"INSERT OR IGNORE INTO versions (version, workflow, vars, filter) VALUES (?, ?, ?, ?)",
		version.version,
		JSON.stringify(version.workflow),
		JSON.stringify(version.vars),
		version.filter ?? null,
	);
}

export function readVersion(sql: SqlStorage, version: number): Version | null {
	const row = sql
		.exec<{ workflow: string; vars: string; filter: string | null }>(
			"SELECT workflow, vars, filter FROM versions WHERE version = ?",
			version,
		)
		.toArray()[0];
	return row ? { version, workflow: JSON.parse(row.workflow), vars: JSON.parse(row.vars), filter: row.filter } : null;
}

// ---- events

export function insertEvent(sql: SqlStorage, sequence: number, source: EventSource, receivedAt: number, arrival: Arrival): void {
	const size = arrival.body.byteLength;
	const chunked = size > INLINE_MAX_BYTES;
	sql.exec(
		"INSERT INTO events (sequence, source, received_at, size, lane, hops, method, path, query, headers, body, sender, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		sequence,
		source,
		receivedAt,
		size,
		arrival.lane,
		arrival.hops,
		arrival.method,
		arrival.path,
		arrival.query,
		JSON.stringify(arrival.headers),
		chunked ? null : arrival.body,
		arrival.sender ?? null,
		arrival.name ?? null,
	);
	if (chunked) writeChunks(sql, "event", sequence, new Uint8Array(arrival.body));
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

interface EventRow extends Record<string, SqlStorageValue> {
	sequence: number;
	source: EventSource;
	received_at: number;
	size: number;
	lane: string | null;
	hops: number;
	method: string;
	path: string;
	query: string;
	headers: string;
	body: ArrayBuffer | null;
}

/** @param id the event's id, which the caller derives */
export function readEvent(sql: SqlStorage, sequence: number, id: string): EventRecord | null {
	const row = sql.exec<EventRow>("SELECT * FROM events WHERE sequence = ?", sequence).toArray()[0];
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

export function bytesAfter(sql: SqlStorage, sequence: number): number {
	return sql.exec<{ bytes: number | null }>("SELECT SUM(size) AS bytes FROM events WHERE sequence > ?", sequence).one().bytes ?? 0;
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

// ---- executions

export interface ExecutionRow {
	key: number;
	status: ExecutionStatus;
	version: number | null;
	edition: number;
	startedAt: number | null;
	endedAt: number | null;
	dueAt: number | null;
	/** A replay's lane, and its place in it. */
	lane?: string | null;
	place?: number | null;
	error: string | null;
}

type ExecutionColumns = {
	key: number;
	status: ExecutionStatus;
	version: number | null;
	edition: number;
	started_at: number | null;
	ended_at: number | null;
	due_at: number | null;
	error: string | null;
	steps: string | null;
};

const fromColumns = (row: ExecutionColumns): ExecutionRow => ({
	key: row.key,
	status: row.status,
	version: row.version,
	edition: row.edition,
	startedAt: row.started_at,
	endedAt: row.ended_at,
	dueAt: row.due_at,
	error: row.error,
});

/** Writes an execution's row whole; its steps too unless they are undefined (kept as they are). */
export function putExecution(sql: SqlStorage, row: ExecutionRow, steps: StepRecord[] | undefined): void {
	if (steps === undefined) {
		sql.exec(
			`INSERT INTO executions (key, status, version, edition, started_at, ended_at, due_at, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			 ON CONFLICT (key) DO UPDATE SET status = excluded.status, version = excluded.version, edition = excluded.edition,
			   started_at = excluded.started_at, ended_at = excluded.ended_at, due_at = excluded.due_at, error = excluded.error`,
			row.key,
			row.status,
			row.version,
			row.edition,
			row.startedAt,
			row.endedAt,
			row.dueAt,
			row.error,
		);
		return;
	}
	const json = steps.length === 0 ? null : JSON.stringify(steps);
	const chunked = json !== null && json.length * 3 > INLINE_MAX_BYTES ? encoder.encode(json) : null;
	const apart = chunked !== null && chunked.length > INLINE_MAX_BYTES ? chunked : null;
	sql.exec(
		"INSERT OR REPLACE INTO executions (key, status, version, edition, started_at, ended_at, due_at, lane, place, error, steps) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		row.key,
		row.status,
		row.version,
		row.edition,
		row.startedAt,
		row.endedAt,
		row.dueAt,
		row.lane ?? null,
		row.place ?? null,
		row.error,
		apart ? null : json,
	);
	if (apart) writeChunks(sql, "steps", row.key, apart);
}

/**
 * Keeps an event from being forgotten that waits in memory although everything up to it counts as settled: a restart
 * finds it by this row, in its place.
 */
export function noteQueued(sql: SqlStorage, { sequence, number }: Entry): void {
	const nothing = { version: null, startedAt: null, endedAt: null, dueAt: null, error: null };
	putExecution(sql, { key: executionKey(sequence, number), status: "queued", edition: 1, place: sequence, ...nothing }, []);
}

export function readExecution(sql: SqlStorage, sequence: number, number: number): ExecutionRow | null {
	const row = sql.exec<ExecutionColumns>("SELECT * FROM executions WHERE key = ?", executionKey(sequence, number)).toArray()[0];
	return row ? fromColumns(row) : null;
}

export function readSteps(sql: SqlStorage, key: number): StepRecord[] {
	const inline = sql.exec<{ steps: string | null }>("SELECT steps FROM executions WHERE key = ?", key).toArray()[0]?.steps;
	if (inline) return JSON.parse(inline);
	const apart = readChunks(sql, "steps", key);
	return apart ? JSON.parse(decoder.decode(apart)) : [];
}

/** Bytes of an execution's journal as it is kept. */
export function stepsBytes(sql: SqlStorage, key: number): number {
	return sql
		.exec<{ bytes: number }>(
			`SELECT COALESCE((SELECT LENGTH(steps) FROM executions WHERE key = ?1), 0)
			   + COALESCE((SELECT SUM(LENGTH(bytes)) FROM chunks WHERE owner = 'steps' AND key = ?1), 0) AS bytes`,
			key,
		)
		.one().bytes;
}

/** The number of the event's newest execution; 1 where none has a row. */
export function latestNumber(sql: SqlStorage, sequence: number): number {
	const row = sql
		.exec<{ key: number | null }>(
			"SELECT MAX(key) AS key FROM executions WHERE key BETWEEN ? AND ?",
			executionKey(sequence, 1),
			executionKey(sequence, NUMBERS - 1),
		)
		.one();
	return row.key === null ? 1 : numberOfKey(row.key);
}

/** The lane of an execution `x` of the event `e`: a replay keeps its own. */
export const LANE = `CASE WHEN COALESCE(x.key, 1) % ${NUMBERS} = 1 THEN e.lane ELSE x.lane END`;

/** Executions that have a row and are not ended, with what the backlog needs to know of their events. */
export function openExecutions(sql: SqlStorage): { entry: Entry; status: ExecutionStatus; dueAt: number | null; place: number | null }[] {
	return sql
		.exec<{
			key: number;
			status: ExecutionStatus;
			due_at: number | null;
			place: number | null;
			size: number;
			lane: string | null;
			source: EventSource;
		}>(
			`SELECT x.key, x.status, x.due_at, x.place, e.size, ${LANE} AS lane, e.source FROM executions x JOIN events e ON e.sequence = x.key / ${NUMBERS}
			 WHERE x.status IN ('queued', 'running', 'waiting') ORDER BY x.key`,
		)
		.toArray()
		.map((row) => ({
			entry: {
				sequence: sequenceOfKey(row.key),
				number: numberOfKey(row.key),
				size: row.size,
				lane: row.lane,
				manual: row.source === "manual",
				begun: true,
			},
			status: row.status,
			dueAt: row.due_at,
			place: row.place,
		}));
}
