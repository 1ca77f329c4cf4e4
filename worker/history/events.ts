import { calledBy } from "../events/calls";
import { readChunks } from "../events/chunks";
import type { AfterAll } from "../events/event-rows";
import { headOf } from "../events/heads";
import type { EventSource, ExecutionStatus } from "../events/protocol/statuses";
import type { EventDetail, EventSummary, Page } from "../events/protocol/views";
import { NUMBERS } from "../events/schema";
import { keptDeliveryId, sequenceOf } from "../ids";
import { batchPlaceOf } from "./batch-place";
import { executionsOf } from "./executions";
import { boundLimit, type PageQuery, pageOf, readCursor, SCAN_MAX } from "./page";
import { shownRequest } from "./shown";
import { EVENT_COLUMNS, type EventColumns, eventFacts, eventSummary, type Reading } from "./summaries";

export interface EventQuery extends PageQuery {
	source?: EventSource;
}

/** An event's columns with the newest of its executions, which is found by its key alone. */
const WITH_LATEST = `
	SELECT ${EVENT_COLUMNS}, x.key, x.status, x.started_at FROM events e LEFT JOIN executions x ON x.key = (
		SELECT key FROM executions WHERE key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1} ORDER BY key DESC LIMIT 1
	)`;

type LatestColumns = EventColumns & { key: number | null; status: ExecutionStatus | null; started_at: number | null };

/** Events, newest first; null where the cursor is not one of ours. */
export function listEvents(sql: SqlStorage, reading: Reading, query: EventQuery): Page<EventSummary> | null {
	const [before] = readCursor(query.cursor, 1) ?? [];
	if (before === undefined) return null;
	const limit = boundLimit(query.limit);
	const floor = query.source === undefined ? 0 : scanFloor(sql, before);
	const rows = sql
		.exec<LatestColumns>(
			`${WITH_LATEST} WHERE e.sequence < ? AND e.sequence >= ? AND (? IS NULL OR e.source = ?) ORDER BY e.sequence DESC LIMIT ?`,
			before,
			floor,
			query.source ?? null,
			query.source ?? null,
			limit + 1,
		)
		.toArray()
		.map((row) => summaryOf(reading, row));
	return pageOf([{ rows, floor }], (event) => event.sequence, limit);
}

/** The events after `sequence`, oldest first. */
export function eventsAfter(sql: SqlStorage, reading: Reading, sequence: number, limit: number): EventSummary[] {
	return sql
		.exec<LatestColumns>(`${WITH_LATEST} WHERE e.sequence > ? ORDER BY e.sequence LIMIT ?`, sequence, limit)
		.toArray()
		.map((row) => summaryOf(reading, row));
}

export function readEventSummary(sql: SqlStorage, reading: Reading, sequence: number): EventSummary | null {
	const row = sql.exec<LatestColumns>(`${WITH_LATEST} WHERE e.sequence = ?`, sequence).toArray()[0];
	return row === undefined ? null : summaryOf(reading, row);
}

/** One event with its headers after masking, its body and all its executions; null where there is none of this id. */
export function getEvent(sql: SqlStorage, reading: Reading, id: string): EventDetail | null {
	const sequence = sequenceOf(reading.integrationId, id);
	if (sequence === null) return null;
	const row = sql.exec<LatestColumns>(`${WITH_LATEST} WHERE e.sequence = ?`, sequence).toArray()[0];
	if (row === undefined) return null;
	const { query, body, masked, after_all } = sql
		.exec<{ query: string; body: ArrayBuffer | null; masked: string | null; after_all: string | null }>(
			`SELECT ${headOf("query")}, body, masked, after_all FROM events WHERE sequence = ?`,
			sequence,
		)
		.one();
	const bytes = body === null ? (readChunks(sql, "event", sequence) ?? new Uint8Array()) : new Uint8Array(body);
	return {
		...summaryOf(reading, row),
		...shownRequest(reading, { query, headers: JSON.parse(row.headers), body: bytes }),
		masked: masked === null ? null : JSON.parse(masked),
		...executionsOf(sql, reading, eventFacts(row)),
		calledBy: calledBy(row.source, JSON.parse(row.headers)),
		batch: batchPlaceOf(sql, sequence),
		afterAll: after_all === null ? null : afterAllOf(reading, JSON.parse(after_all)),
	};
}

const afterAllOf = ({ integrationId }: Reading, { delivery, reason }: AfterAll): EventDetail["afterAll"] => ({
	deliveryId: keptDeliveryId(integrationId, delivery),
	reason,
});

/** The lowest sequence that a page beginning before `before` looks at; 0 where that is all there is. */
export function scanFloor(sql: SqlStorage, before: number): number {
	const row = sql
		.exec<{ sequence: number }>("SELECT sequence FROM events WHERE sequence < ? ORDER BY sequence DESC LIMIT 1 OFFSET ?", before, SCAN_MAX)
		.toArray()[0];
	return row === undefined ? 0 : row.sequence + 1;
}

function summaryOf(reading: Reading, row: LatestColumns): EventSummary {
	const latest = row.key === null || row.status === null ? null : { key: row.key, status: row.status, startedAt: row.started_at };
	return eventSummary(reading, eventFacts(row), latest);
}
