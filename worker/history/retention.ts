import { INLINE_MAX_BYTES } from "../events/chunks";
import { dropHeads } from "../events/heads";
import type { ExecutionStatus } from "../events/protocol/statuses";
import { executionKey, NUMBERS, numberOfKey } from "../events/schema";
import { eventBytes, HEAD_BYTES } from "../events/weights";

/** Which events go, and how: oldest first, whole, a slice at a time. Counts stay as they are. */

const DAY_MS = 24 * 3_600_000;

/** What a slice deletes at most, and how many events it looks at: a few milliseconds. */
const SLICE_EVENTS = 200;
const SLICE_EXECUTIONS = 1_000;
const SLICE_BYTES = 4 * 1024 * 1024;
const SLICE_LOOKS = 400;

export interface RetentionSlice {
	/** Every event at or below it was looked at. */
	through: number;
	deleted: number;
	/** That the deleted events took. */
	bytes: number;
	/** Something that should go had to stay. */
	passedOver: boolean;
	/** Set where nothing behind is to go: when the first event behind came, in epoch ms; null where there is none. */
	end: { oldestAt: number | null } | null;
}

type Columns = {
	sequence: number;
	size: number;
	/** What its row takes, and the head of whose events it is the last. */
	bytes: number;
	head: number | null;
	received_at: number;
	latest: number | null;
	status: ExecutionStatus | null;
	needed: number;
};

/** The events after one, with their latest executions and whether they block a lane or are still to be told of. */
const EVENTS_AFTER = `
	SELECT e.sequence, e.size, ${eventBytes("e")} AS bytes, (SELECT ${HEAD_BYTES} FROM heads h WHERE h.first <= e.sequence AND h.last = e.sequence
		ORDER BY h.first DESC LIMIT 1) AS head, e.received_at, x.key AS latest, x.status, EXISTS (
		SELECT 1 FROM blocked_lanes b
		WHERE b.lane IN (e.lane, x.lane) AND b.key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1}
	) OR EXISTS (
		SELECT 1 FROM failure_calls c
		WHERE c.due_at IS NOT NULL AND c.key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1}
	) AS needed
	FROM events e LEFT JOIN executions x ON x.key = (
		SELECT key FROM executions WHERE key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1} ORDER BY key DESC LIMIT 1
	) WHERE e.sequence > ? ORDER BY e.sequence LIMIT ${SLICE_LOOKS}`;

/**
 * Deletes some of the events after `after`: those that came before `oldest` (epoch ms), and of the younger ones as many
 * as it takes until `excess` bytes have gone. What has not ended, blocks its lane, or is still
 * to be told to another integration, stays and is passed over.
 */
export function deleteSlice(sql: SqlStorage, after: number, oldest: number, excess: number): RetentionSlice {
	const slice: RetentionSlice = { through: after, deleted: 0, bytes: 0, passedOver: false, end: null };
	const going: Columns[] = [];
	let [executions, bytes] = [0, 0];
	const rows = sql.exec<Columns>(EVENTS_AFTER, after).toArray();
	for (const row of rows) {
		if (row.received_at >= oldest && bytes >= excess) {
			slice.end = { oldestAt: row.received_at };
			break;
		}
		if (going.length === SLICE_EVENTS || executions >= SLICE_EXECUTIONS || bytes >= SLICE_BYTES) break;
		slice.through = row.sequence;
		if (!isEnded(row.status) || row.needed === 1) {
			slice.passedOver ||= row.received_at < oldest;
			continue;
		}
		going.push(row);
		bytes += row.bytes + (row.head ?? 0);
		executions += numberOfKey(row.latest ?? 0);
	}
	if (rows.length < SLICE_LOOKS && slice.through === (rows.at(-1)?.sequence ?? after)) slice.end ??= { oldestAt: null };
	slice.bytes = deleteEvents(sql, going);
	slice.deleted = going.length;
	return slice;
}

/** When an event that came at `receivedAt` goes by its age; both in epoch ms. */
export const goesAt = (receivedAt: number, days: number): number => receivedAt + days * DAY_MS;

/** Events that came before this are old. Both in epoch ms. */
export const oldestAllowed = (now: number, days: number): number => now - days * DAY_MS;

/** When the oldest event that is kept came, in epoch ms; null where none is. */
export function oldestReceivedAt(sql: SqlStorage): number | null {
	return sql.exec<{ at: number }>("SELECT received_at AS at FROM events ORDER BY sequence LIMIT 1").toArray()[0]?.at ?? null;
}

const isEnded = (status: ExecutionStatus | null): boolean =>
	status === "succeeded" || status === "failed" || status === "filtered" || status === "cancelled";

/** @returns the bytes that they took, with the heads that nobody shares any more */
function deleteEvents(sql: SqlStorage, events: readonly Columns[]): number {
	let freed = events.reduce((sum, { bytes }) => sum + bytes, 0);
	for (const { sequence, size } of events)
		if (size > INLINE_MAX_BYTES) sql.exec("DELETE FROM chunks WHERE owner = 'event' AND key = ?", sequence);
	for (const [first, last] of runsOf(events.map(({ sequence }) => sequence))) {
		const keys = [executionKey(first, 0), executionKey(last, NUMBERS - 1)];
		sql.exec("DELETE FROM chunks WHERE owner = 'steps' AND key BETWEEN ? AND ?", ...keys);
		sql.exec("DELETE FROM chunks WHERE owner = 'replay' AND key BETWEEN ? AND ?", ...keys);
		sql.exec("DELETE FROM failure_calls WHERE key BETWEEN ? AND ?", ...keys);
		sql.exec("DELETE FROM executions WHERE key BETWEEN ? AND ?", ...keys);
		sql.exec("DELETE FROM events WHERE sequence BETWEEN ? AND ?", first, last);
		freed += dropHeads(sql, first, last);
	}
	return freed;
}

/** Ascending numbers as stretches without a gap. */
function runsOf(numbers: readonly number[]): [first: number, last: number][] {
	const runs: [number, number][] = [];
	for (const number of numbers) {
		const run = runs.at(-1);
		if (run && run[1] === number - 1) run[1] = number;
		else runs.push([number, number]);
	}
	return runs;
}
