import { readSteps } from "../events/execution-rows";
import { failureCallOf } from "../events/failure-calls";
import { headOf } from "../events/heads";
import { MASK, maskValues, sensitiveValues } from "../events/mask";
import { readVersion } from "../events/meta-rows";
import type { Headers } from "../events/protocol/delivery";
import type { StepRecord } from "../events/protocol/journal";
import { WEBHOOK_FILTER } from "../events/protocol/lease";
import type { ExecutionStatus } from "../events/protocol/statuses";
import type { ExecutionDetail, ExecutionSummary, Page, StepView } from "../events/protocol/views";
import { executionKey, NUMBERS, numberOfKey, sequenceOfKey } from "../events/schema";
import { executionOf } from "../ids";
import { boundLimit, type PageQuery, pageOf, readCursor, SCAN_MAX, type Stretch } from "./page";
import { shownHeaders } from "./shown";
import {
	type EventFacts,
	EXECUTION_COLUMNS,
	type ExecutionColumns,
	executionSummary,
	isoTime,
	type Reading,
	summaryOfColumns,
} from "./summaries";

export interface ExecutionQuery extends PageQuery {
	status?: ExecutionStatus;
}

type EventHead = Pick<EventFacts, "sequence" | "source" | "receivedAt">;
type Row = { key: number; summary: ExecutionSummary };

/** The planner is told which index to use, since it cannot know that few executions are open or unhappy. */
const from = (index: "" | "INDEXED BY open_executions" | "INDEXED BY unhappy_executions" = ""): string =>
	`SELECT ${EXECUTION_COLUMNS} FROM executions x ${index} CROSS JOIN events e ON e.sequence = x.key / ${NUMBERS}`;

const FROM = from();
/** What the webhook's filter turned away is recorded with its event: nothing ran, so it is no execution to look at. */
const RAN = `NOT (x.status = 'filtered' AND coalesce(json_extract(x.error, '$.code') = '${WEBHOOK_FILTER}', FALSE))`;
const FROM_OPEN = `${from("INDEXED BY open_executions")} WHERE x.status IN ('queued', 'running', 'waiting')`;
/** As the index has it, or it is not used. */
const IS_UNHAPPY = "status IN ('failed', 'cancelled', 'filtered')";
const FROM_UNHAPPY = `${from("INDEXED BY unhappy_executions")} WHERE x.${IS_UNHAPPY}`;

/** Of one event's executions at most so many are shown with it. */
const EXECUTIONS_OF_EVENT_MAX = 100;

/**
 * Executions, newest event first and an event's newest execution first; null where the cursor is not one of ours. An
 * event's first execution is listed before it has a row.
 */
export function listExecutions(sql: SqlStorage, reading: Reading, query: ExecutionQuery): Page<ExecutionSummary> | null {
	const [before] = readCursor(query.cursor, 1) ?? [];
	if (before === undefined) return null;
	const limit = boundLimit(query.limit);
	const stretches = stretchesOf(sql, reading, query.status, before, limit);
	const page = pageOf(stretches, (row) => row.key, limit);
	return { items: page.items.map((row) => row.summary), cursor: page.cursor };
}

/** One execution with its steps; null where there is none of this id. */
export function getExecution(sql: SqlStorage, reading: Reading, id: string): ExecutionDetail | null {
	const named = executionOf(reading.integrationId, id);
	if (named === null || named.number < 1 || named.number >= NUMBERS) return null;
	const key = executionKey(named.sequence, named.number);
	const summary = readExecutionSummary(sql, reading, key);
	if (summary === null) return null;
	const steps = maskValues(readSteps(sql, key), credentialsIn(sql, reading, named.sequence));
	return { ...summary, steps: steps.map(stepView), failureCall: failureCallOf(sql, key) };
}

/** The execution with this key, which has no row while it is the first of an event that is queued or has just begun. */
export function readExecutionSummary(sql: SqlStorage, reading: Reading, key: number): ExecutionSummary | null {
	const row = sql.exec<ExecutionColumns>(`${FROM} WHERE x.key = ?`, key).toArray()[0];
	if (row !== undefined) return summaryOfColumns(reading, row);
	const sequence = sequenceOfKey(key);
	const [event] = numberOfKey(key) === 1 ? withoutRow(sql, { from: sequence, through: sequence, limit: 1 }) : [];
	return event === undefined ? null : executionSummary(reading, event, null);
}

/** What the event's sender proved itself with: a step may have passed it on into its output or a call. */
function credentialsIn(sql: SqlStorage, reading: Reading, sequence: number): string[] {
	const row = sql.exec<{ headers: string }>(`SELECT ${headOf("headers")} FROM events WHERE sequence = ?`, sequence).toArray()[0];
	if (!row) return [];
	const headers = JSON.parse(row.headers) as Headers;
	const shown = shownHeaders(reading, headers);
	return [
		...sensitiveValues(headers),
		...headers.flatMap(([, value], at) => (value.length >= 6 && !value.includes(MASK) && shown[at]?.[1] === MASK ? [value] : [])),
	];
}

function stepView(step: StepRecord): StepView {
	return { ...step, attempts: step.attempts.map((attempt) => ({ ...attempt, startedAt: isoTime(attempt.startedAt) })) };
}

/** All executions of one event that ran or will, newest first, and the filter that turned it away the last time. */
export function executionsOf(
	sql: SqlStorage,
	reading: Reading,
	event: EventHead,
): { executions: ExecutionSummary[]; filteredBy: { condition: string | null } | null } {
	const rows = sql
		.exec<ExecutionColumns>(
			`${FROM} WHERE x.key BETWEEN ? AND ? ORDER BY x.key DESC LIMIT ?`,
			executionKey(event.sequence, 1),
			executionKey(event.sequence, NUMBERS - 1),
			EXECUTIONS_OF_EVENT_MAX,
		)
		.toArray()
		.map((row) => summaryOfColumns(reading, row));
	const [newest] = rows;
	if (newest === undefined) return { executions: [executionSummary(reading, event, null)], filteredBy: null };
	const filteredBy = isTurnedAway(newest) ? { condition: readVersion(sql, newest.version)?.filter ?? null } : null;
	return { executions: rows.filter((row) => !isTurnedAway(row)), filteredBy };
}

const isTurnedAway = ({ status, error }: ExecutionSummary): boolean => status === "filtered" && error?.code === WEBHOOK_FILTER;

function stretchesOf(
	sql: SqlStorage,
	reading: Reading,
	status: ExecutionStatus | undefined,
	before: number,
	limit: number,
): Stretch<Row>[] {
	const read = (select: string, count: number, ...values: SqlStorageValue[]): Row[] =>
		sql
			.exec<ExecutionColumns>(`${select} AND x.key < ? ORDER BY x.key DESC LIMIT ?`, ...values, before, count)
			.toArray()
			.map((row) => ({ key: row.key, summary: summaryOfColumns(reading, row) }));
	const still = (rows: Row[]): Row[] => rows.filter((row) => row.summary.status === status);
	switch (status) {
		case undefined:
		case "filtered": {
			const floor = lowestLookedAt(sql, before, status);
			const ran = `${status === undefined ? `${FROM} WHERE TRUE` : `${FROM_UNHAPPY} AND x.status = 'filtered'`} AND ${RAN}`;
			const written = { rows: read(`${ran} AND x.key >= ?`, limit + 1, floor), floor };
			return status === undefined ? [written, unwritten(sql, reading, before, limit)] : [written];
		}
		case "failed":
		case "cancelled":
			return [{ rows: read(`${FROM_UNHAPPY} AND x.status = ?`, limit + 1, status), floor: 0 }];
		case "succeeded": {
			const floor = lowestLookedAt(sql, before);
			return [{ rows: read(`${FROM} WHERE x.status = 'succeeded' AND x.key >= ?`, limit + 1, floor), floor }];
		}
		case "running":
			return [{ rows: held(sql, reading, before, limit + 1), floor: 0 }];
		case "waiting":
		case "queued": {
			// Some of these rows are held by an Executor by now: read as many more, and leave them out.
			const rows = read(
				`${FROM_OPEN} AND ${status === "waiting" ? "x.status = 'waiting'" : "x.status <> 'waiting'"}`,
				limit + 1 + reading.running.size,
			);
			const written: Stretch<Row> = { rows: still(rows), floor: 0 };
			if (status === "waiting") return [written];
			const fresh = unwritten(sql, reading, before, limit + reading.running.size);
			return [written, { rows: still(fresh.rows), floor: fresh.floor }];
		}
	}
}

/** First executions without a row, of events before the key `before`. */
function unwritten(sql: SqlStorage, reading: Reading, before: number, limit: number): Stretch<Row> {
	const through = Math.min(sequenceOfKey(before - 2), reading.lastSequence);
	const lowest = Math.max(reading.settledThrough + 1, through - SCAN_MAX + 1);
	if (through < lowest) return { rows: [], floor: 0 };
	const rows = withoutRow(sql, { from: lowest, through, limit: limit + 1 }).map((event) => ({
		key: executionKey(event.sequence, 1),
		summary: executionSummary(reading, event, null),
	}));
	return { rows, floor: rows.length <= limit && lowest > reading.settledThrough + 1 ? executionKey(lowest, 0) : 0 };
}

/** Events from `through` down to `from` that have no execution row. */
function withoutRow(sql: SqlStorage, { from, through, limit }: { from: number; through: number; limit: number }): EventHead[] {
	return sql
		.exec<{ sequence: number; source: EventHead["source"]; received_at: number }>(
			`SELECT e.sequence, e.source, e.received_at FROM events e WHERE e.sequence BETWEEN ? AND ? AND NOT EXISTS (
				SELECT 1 FROM executions x WHERE x.key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1}
			) ORDER BY e.sequence DESC LIMIT ?`,
			from,
			through,
			limit,
		)
		.toArray()
		.map((row) => ({ sequence: row.sequence, source: row.source, receivedAt: row.received_at }));
}

/** The executions that Executors hold, with a row or without. */
function held(sql: SqlStorage, reading: Reading, before: number, count: number): Row[] {
	const keys = [...reading.running].filter((key) => key < before).sort((a, b) => b - a);
	const rows: Row[] = [];
	for (const key of keys) {
		if (rows.length === count) break;
		const summary = readExecutionSummary(sql, reading, key);
		if (summary?.status === "running") rows.push({ key, summary });
	}
	return rows;
}

/** @param status of those that are looked at */
function lowestLookedAt(sql: SqlStorage, before: number, status?: "filtered"): number {
	const rows =
		status === undefined ? "executions WHERE" : `executions INDEXED BY unhappy_executions WHERE ${IS_UNHAPPY} AND status = 'filtered' AND`;
	const row = sql
		.exec<{ key: number }>(`SELECT key FROM ${rows} key < ? ORDER BY key DESC LIMIT 1 OFFSET ?`, before, SCAN_MAX)
		.toArray()[0];
	return row === undefined ? 0 : row.key + 1;
}
