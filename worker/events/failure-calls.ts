import { eventId, executionId } from "../ids";
import type { Call, CallAnswer } from "./protocol/call";
import { HOPS_MAX } from "./protocol/delivery";
import type { ErrorRecord } from "./protocol/journal";
import type { FailureCallStatus } from "./protocol/statuses";
import type { ExecutionDetail } from "./protocol/views";
import { executionKey, numberOfKey, sequenceOfKey } from "./schema";
import type { SequencerState } from "./state";

/**
 * Calls of the integration that is to run when this one fails: a row in the same turn as the failure, and the call when
 * that is on disk. It is repeated until the other one has answered, which takes each failure once.
 */

/** Calls that travel together. */
const TOGETHER = 32;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** After so long without room at the other one the call is given up. */
const GIVE_UP_MS = 7 * 24 * 3_600_000;

/** Takes note of an execution that failed for good. `now` in epoch ms. */
export function noteFailure(state: SequencerState, key: number, now: number): void {
	const target = state.settings?.onFailure?.integrationId;
	if (target === undefined) return;
	state.sql.exec("INSERT OR IGNORE INTO failure_calls (key, target, status, due_at, tries) VALUES (?, ?, 'due', ?, 0)", key, target, now);
	state.callsDueAt = Math.min(state.callsDueAt ?? now, now);
}

/** When the first call is due, in epoch ms; null where none is. */
export function firstCallDue(sql: SqlStorage): number | null {
	return sql.exec<{ at: number | null }>("SELECT MIN(due_at) AS at FROM failure_calls WHERE due_at IS NOT NULL").one().at;
}

export interface DueCalls {
	target: string;
	keys: number[];
	calls: Call[];
}

/** The calls that are due now, of one other integration; those that would go round in a circle are ended here. `now` in epoch ms. */
export function dueCalls(state: SequencerState, now: number): DueCalls | null {
	const rows = state.sql
		.exec<{ key: number; target: string; hops: number | null }>(
			`SELECT c.key, c.target, e.hops FROM failure_calls c LEFT JOIN events e ON e.sequence = c.key / ${executionKey(1, 0)}
			 WHERE c.due_at <= ? ORDER BY c.due_at, c.key LIMIT ?`,
			now,
			TOGETHER,
		)
		.toArray();
	const target = rows.find(({ hops }) => hops !== null && hops < HOPS_MAX)?.target;
	const due: DueCalls = { target: target ?? "", keys: [], calls: [] };
	for (const row of rows) {
		if (row.hops === null || row.hops >= HOPS_MAX) finish(state.sql, row.key, row.hops === null ? "given_up" : "too_many_hops", null);
		else if (row.target === target) {
			due.keys.push(row.key);
			due.calls.push(callOf(state, row.key, row.hops + 1));
		}
	}
	if (target !== undefined) return due;
	state.callsDueAt = firstCallDue(state.sql);
	return null;
}

/** Writes down what the other integration answered; null where it did not. `now` in epoch ms. */
export function recordAnswers(state: SequencerState, { keys }: DueCalls, answers: readonly CallAnswer[] | null, now: number): void {
	for (const [index, key] of keys.entries()) {
		const answer = answers?.[index];
		if (answer?.status === "accepted") finish(state.sql, key, "delivered", answer.sequence);
		else if (answer?.status === "unknown") finish(state.sql, key, "gone", null);
		else putOff(state.sql, key, now);
	}
	state.callsDueAt = firstCallDue(state.sql);
}

/** What became of the call for this execution's failure; null where none was to be made. */
export function failureCallOf(sql: SqlStorage, key: number): ExecutionDetail["failureCall"] {
	const row = sql
		.exec<{ target: string; status: FailureCallStatus; sequence: number | null }>(
			"SELECT target, status, sequence FROM failure_calls WHERE key = ?",
			key,
		)
		.toArray()[0];
	if (row === undefined) return null;
	return { integrationId: row.target, status: row.status, eventId: row.sequence === null ? null : eventId(row.target, row.sequence) };
}

function finish(sql: SqlStorage, key: number, status: FailureCallStatus, sequence: number | null): void {
	sql.exec("UPDATE failure_calls SET status = ?, sequence = ?, due_at = NULL WHERE key = ?", status, sequence, key);
}

function putOff(sql: SqlStorage, key: number, now: number): void {
	const row = sql
		.exec<{ tries: number; failed_at: number | null }>(
			"SELECT c.tries, x.ended_at AS failed_at FROM failure_calls c LEFT JOIN executions x ON x.key = c.key WHERE c.key = ?",
			key,
		)
		.toArray()[0];
	if (row === undefined) return;
	if (now - (row.failed_at ?? now) > GIVE_UP_MS) {
		finish(sql, key, "given_up", null);
		return;
	}
	const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** row.tries);
	sql.exec("UPDATE failure_calls SET due_at = ?, tries = tries + 1 WHERE key = ?", now + pause, key);
}

function callOf(state: SequencerState, key: number, hops: number): Call {
	const { integrationId = "", name = "", onFailure } = state.settings ?? {};
	const [sequence, number] = [sequenceOfKey(key), numberOfKey(key)];
	const from = executionId(integrationId, sequence, number);
	const row = state.sql
		.exec<{ received_at: number; lane: string | null; ended_at: number | null; error: string | null; blocks: number }>(
			`SELECT e.received_at, e.lane, x.ended_at, x.error, EXISTS (SELECT 1 FROM blocked_lanes b WHERE b.key = x.key) AS blocks
			 FROM events e JOIN executions x ON x.key = ? WHERE e.sequence = ?`,
			key,
			sequence,
		)
		.one();
	const error: ErrorRecord | null = row.error === null ? null : JSON.parse(row.error);
	const told = {
		integration: { id: integrationId, name },
		event: {
			id: eventId(integrationId, sequence),
			sequence,
			receivedAt: new Date(row.received_at).toISOString(),
			key: row.lane?.startsWith("[") ? (JSON.parse(row.lane) as unknown[]) : null,
		},
		execution: { id: from, number },
		error,
		failedAt: new Date(row.ended_at ?? row.received_at).toISOString(),
		/** The lane waits for a person. */
		blocked: row.blocks === 1,
		url: `${onFailure?.origin ?? ""}/automations/${integrationId}/logs?execution=${from}`,
	};
	return { from, body: new TextEncoder().encode(JSON.stringify(told)).buffer as ArrayBuffer, hops };
}
