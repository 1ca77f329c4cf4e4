import type { MaskNote } from "../../integrations/redaction/kept";
import type { Headers } from "./delivery";
import type { AttemptRecord, ErrorRecord, StepRecord } from "./journal";
import type { DeliveryStatus, EventSource, ExecutionStatus, FailureCallStatus } from "./statuses";

/** An integration's history as the API answers it: times are ISO 8601. */

export interface EventSummary {
	id: string;
	sequence: number;
	source: EventSource;
	receivedAt: string;
	method: string;
	path: string;
	contentType: string | null;
	size: number;
	lane: string | null;
	/** Whose signature it bore; null where none was asked for. */
	sender: string | null;
	/** What its sender calls this kind of event. */
	name: string | null;
	/** When it happened at its sender; null where that does not say. */
	occurredAt: string | null;
	/** Of its newest execution, as are the rest. */
	status: ExecutionStatus;
	executionId: string;
	/** How often it was replayed. */
	replays: number;
	/** When the last replay began; null where there is none, or it has not begun. */
	replayedAt: string | null;
}

export interface EventDetail extends EventSummary {
	query: string;
	/** After masking. */
	headers: Headers;
	/** Text, or base64 where the bytes are not UTF-8. */
	body: string;
	bodyEncoding: "utf8" | "base64";
	/** What was masked before it was kept; null where nothing was. */
	masked: MaskNote | null;
	/** Those that ran, or will: none where the webhook's filter turned the event away. */
	executions: ExecutionSummary[];
	/** The webhook's filter that turned it away, the last time that it was judged; null where it did not. */
	filteredBy: { condition: string | null } | null;
	/** The integration that called, and its execution; null where nobody did. */
	calledBy: { integrationId: string; executionId: string } | null;
	/** null where it came alone. */
	batch: BatchPlace | null;
	/** The delivery that a person accepted after all, and why it had made no event; null where the event came in by itself. */
	afterAll: { deliveryId: string; reason: string | null } | null;
}

/** Where an event stands among those that came in one delivery with it. */
export interface BatchPlace {
	/** Number of the first of them. */
	first: number;
	/** How many there are, and how many items of the delivery were seen before. */
	events: number;
	duplicates: number;
	/** 1 for the first. */
	place: number;
}

export interface DeliverySummary {
	id: string;
	status: DeliveryStatus;
	/** Why it was rejected; of a duplicate `conflict`, where its body differs from the first one's. */
	reason: string | null;
	httpStatus: number;
	receivedAt: string;
	method: string;
	path: string;
	size: number;
	eventId: string | null;
	sequence: number | null;
	/** Of one that held several events or none: those that it made, and its items that were seen before. */
	batch: { events: number; duplicates: number } | null;
	/** Of a handshake: what it left for a person to open or to copy. */
	shows: "link" | "code" | null;
	/** Whether it is no delivery but a repeated item of one with another body: in the inbox, and in no count. */
	item: boolean;
	/** What its headers call it where its sender names events there; nobody has proved it. null for one that made an event. */
	name: string | null;
}

export interface ExecutionSummary {
	id: string;
	eventId: string;
	sequence: number;
	number: number;
	source: EventSource;
	version: number;
	status: ExecutionStatus;
	receivedAt: string;
	startedAt: string | null;
	endedAt: string | null;
	durationMs: number | null;
	error: ErrorRecord | null;
	/** When a waiting execution goes on. */
	resumesAt: string | null;
}

/** A try and a step as the API shows them: times ISO 8601. */
export type AttemptView = Omit<AttemptRecord, "startedAt"> & { startedAt: string };

export type StepView = Omit<StepRecord, "attempts"> & { attempts: AttemptView[] };

export interface ExecutionDetail extends ExecutionSummary {
	steps: StepView[];
	/** The call of the integration that runs when this one fails; null where there was none to make. */
	failureCall: { integrationId: string; status: FailureCallStatus; eventId: string | null } | null;
}

/** A lane that waits for a person: retry its event, replay it with an edited payload, or skip it. */
export interface BlockedLaneView {
	id: string;
	/** The values of the ordering key; empty where the whole integration is one lane. */
	key: unknown[];
	eventId: string;
	executionId: string;
	sequence: number;
	reason: ErrorRecord | null;
	blockedAt: string;
	/** Events that wait behind it. */
	behind: number;
}

export interface Page<T> {
	items: T[];
	cursor: string | null;
}

/** What of an integration's history is kept. */
export interface Kept {
	/** What the events take, with their addresses and headers: what the bound of the retention is compared with. */
	bytes: number;
	/** Of the whole database: deliveries that made no event, journals and the index of words included. */
	databaseBytes: number;
	/** When the oldest event came; null where none is kept. */
	since: string | null;
}

export interface Ledger {
	deliveries: { received: number; accepted: number; duplicate: number; rejected: number; handshake: number; eventsMade: number };
	events: Record<EventSource, number> & {
		total: number;
		succeeded: number;
		filtered: number;
		failed: number;
		cancelled: number;
		pending: number;
	};
	lastSequence: number;
	turnedAway: number;
	balanced: boolean;
}
