import type { Entry } from "./backlog";
import { INLINE_MAX_BYTES, readChunks, writeChunks } from "./chunks";
import type { StepRecord } from "./protocol/journal";
import type { EventSource, ExecutionStatus } from "./protocol/statuses";
import { executionKey, NUMBERS, numberOfKey, sequenceOfKey } from "./schema";

/** Reading and writing executions and their steps. No decision is made here. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
