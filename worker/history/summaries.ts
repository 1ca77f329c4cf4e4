import { headOf } from "../events/heads";
import type { Headers } from "../events/protocol/delivery";
import type { ErrorRecord } from "../events/protocol/journal";
import type { EventSource, ExecutionStatus } from "../events/protocol/statuses";
import type { EventSummary, ExecutionSummary } from "../events/protocol/views";
import { executionKey, numberOfKey, sequenceOfKey } from "../events/schema";
import { eventId, executionId } from "../ids";
import type { Redaction } from "../integrations/redaction/rules";

/** Rows as people see them: in lists, on their pages and in live changes alike. */

/** What only the Sequencer knows while it runs. */
export interface Reading {
	integrationId: string;
	/** Shown for executions that were not claimed yet. */
	version: number;
	lastSequence: number;
	/** Keys of the executions that an Executor holds. What is open and not among them is queued or waiting. */
	running: ReadonlySet<number>;
	/** Every event at or below it has an execution row. */
	settledThrough: number;
	/** What an accepted delivery is answered with. */
	acceptedStatus: 200 | 202;
	/** Where the sender's secret comes along in a delivery, as fields to mask; null or absent where it does not. */
	token?: Redaction | null;
	/** Headers in which the sender names its events. */
	nameHeaders?: readonly string[];
}

/** An event as summaries need it. */
export interface EventFacts {
	sequence: number;
	source: EventSource;
	/** Epoch ms. */
	receivedAt: number;
	method: string;
	path: string;
	headers: Headers;
	size: number;
	lane: string | null;
	sender: string | null;
	name: string | null;
	/** Epoch ms. */
	occurredAt: number | null;
}

/** An execution's row as summaries need it; `ExecutionRow` is one. Times in epoch ms. */
export interface ExecutionFacts {
	key: number;
	status: ExecutionStatus;
	version: number | null;
	startedAt: number | null;
	endedAt: number | null;
	dueAt: number | null;
	/** JSON of an ErrorRecord. */
	error: string | null;
}

/** The status to show: a row says how an execution stood when it was last written, the Sequencer who holds it now. */
export function statusOf(reading: Reading, key: number, row: ExecutionStatus | null): ExecutionStatus {
	if (row === "succeeded" || row === "failed" || row === "filtered" || row === "cancelled") return row;
	if (reading.running.has(key)) return "running";
	return row === "waiting" ? "waiting" : "queued";
}

/** An event's newest execution, as far as its summary needs it. Times in epoch ms. */
export type LatestExecution = Pick<ExecutionFacts, "key" | "status" | "startedAt">;

/** @param latest the row of the event's newest execution; null where it has none yet */
export function eventSummary(reading: Reading, event: EventFacts, latest: LatestExecution | null): EventSummary {
	const key = latest?.key ?? executionKey(event.sequence, 1);
	const number = numberOfKey(key);
	return {
		id: eventId(reading.integrationId, event.sequence),
		sequence: event.sequence,
		source: event.source,
		receivedAt: isoTime(event.receivedAt),
		method: event.method,
		path: event.path,
		contentType: event.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null,
		size: event.size,
		lane: event.lane,
		sender: event.sender,
		name: event.name,
		occurredAt: isoTimeOrNull(event.occurredAt),
		status: statusOf(reading, key, latest?.status ?? null),
		executionId: executionId(reading.integrationId, event.sequence, number),
		replays: number - 1,
		replayedAt: number === 1 ? null : isoTimeOrNull(latest?.startedAt ?? null),
	};
}

/** @param row null for the first execution of an event, queued or running without a journal */
export function executionSummary(
	reading: Reading,
	event: Pick<EventFacts, "sequence" | "source" | "receivedAt">,
	row: ExecutionFacts | null,
): ExecutionSummary {
	const key = row?.key ?? executionKey(event.sequence, 1);
	const status = statusOf(reading, key, row?.status ?? null);
	const startedAt = row?.startedAt ?? null;
	const endedAt = row?.endedAt ?? null;
	return {
		id: executionId(reading.integrationId, event.sequence, numberOfKey(key)),
		eventId: eventId(reading.integrationId, event.sequence),
		sequence: event.sequence,
		number: numberOfKey(key),
		source: event.source,
		version: row?.version ?? reading.version,
		status,
		receivedAt: isoTime(event.receivedAt),
		startedAt: isoTimeOrNull(startedAt),
		endedAt: isoTimeOrNull(endedAt),
		durationMs: startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt),
		error: row?.error ? (JSON.parse(row.error) as ErrorRecord) : null,
		resumesAt: status === "waiting" ? isoTimeOrNull(row?.dueAt ?? null) : null,
	};
}

export const isoTime = (at: number): string => new Date(at).toISOString();

const isoTimeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

// ---- columns

/** The columns of an event that its summary needs, under names that do not meet an execution's. */
export const EVENT_COLUMNS = `e.sequence, e.source, e.received_at, e.method, ${headOf("path", "e")}, ${headOf("headers", "e")}, e.size, e.lane, e.sender, e.name, e.occurred_at`;

export type EventColumns = {
	sequence: number;
	source: EventSource;
	received_at: number;
	method: string;
	path: string;
	headers: string;
	size: number;
	lane: string | null;
	sender: string | null;
	name: string | null;
	occurred_at: number | null;
};

export function eventFacts(row: EventColumns): EventFacts {
	return {
		sequence: row.sequence,
		source: row.source,
		receivedAt: row.received_at,
		method: row.method,
		path: row.path,
		headers: JSON.parse(row.headers),
		size: row.size,
		lane: row.lane,
		sender: row.sender,
		name: row.name,
		occurredAt: row.occurred_at,
	};
}

/** An execution's columns without its steps, and the two of its event that its summary needs. */
export const EXECUTION_COLUMNS =
	"x.key, x.status, x.version, x.started_at, x.ended_at, x.due_at, x.error, e.sequence, e.source, e.received_at";

export type ExecutionColumns = {
	key: number;
	status: ExecutionStatus;
	version: number | null;
	started_at: number | null;
	ended_at: number | null;
	due_at: number | null;
	error: string | null;
	source: EventSource;
	received_at: number;
};

export function summaryOfColumns(reading: Reading, row: ExecutionColumns): ExecutionSummary {
	const event = { sequence: sequenceOfKey(row.key), source: row.source, receivedAt: row.received_at };
	return executionSummary(reading, event, {
		key: row.key,
		status: row.status,
		version: row.version,
		startedAt: row.started_at,
		endedAt: row.ended_at,
		dueAt: row.due_at,
		error: row.error,
	});
}
