import type { Sealed } from "../connections/vault";
import type { MaskNote } from "../integrations/redaction/kept";
import type { Redaction } from "../integrations/redaction/rules";
import type { OrderingSettings, SequencerSettings, Version, WebhookSettings } from "../integrations/settings";
import type { Signing } from "../integrations/signing";

/**
 * What the Sequencer says to the rest of the worker. Everything here crosses RPC, so it is plain: no classes, results
 * instead of throws.
 */

export const EVENT_SOURCES = ["webhook", "schedule", "poll", "manual", "call"] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

export const EXECUTION_STATUSES = ["queued", "running", "waiting", "succeeded", "failed", "filtered", "cancelled"] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];
/** Statuses after which nothing happens by itself. */
export type EndedStatus = Extract<ExecutionStatus, "succeeded" | "failed" | "filtered" | "cancelled">;

export const REJECTION_CODES = [
	"method_not_allowed",
	"unsupported_encoding",
	"payload_too_large",
	"batch_too_large",
	"address_not_allowed",
	"signature_missing",
	"signature_invalid",
	"timestamp_out_of_range",
	"handshake_refused",
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

export type Headers = [name: string, value: string][];

/** Integrations that may call one another in a row. */
export const HOPS_MAX = 10;

// ---- accept: endpoints → Sequencer

/** An inbound request as the Worker hands it over: cookies and platform headers are gone already. */
export interface Arrival {
	method: string;
	/** What follows the key: `/` or `/orders/7`. */
	path: string;
	/** With its `?`, or empty. */
	query: string;
	headers: Headers;
	body: ArrayBuffer;
	/** Ordering key as text, looked up in the Worker; null runs unordered. */
	lane: string | null;
	/** What it is recognized by when it comes again; null where nobody asked or there is nothing to go by. */
	duplicateKey: DuplicateKey | null;
	/** How many integrations called one another to get here; 0 from outside. */
	hops: number;
	/** The sender whose signature it bears; absent where none was asked for. */
	sender?: string;
	/** What the sender calls this kind of event. */
	name?: string | null;
	/** What of it was masked; absent where nothing was. */
	masked?: MaskNote;
	/** The full event, kept until its execution has ended. */
	sealed?: Uint8Array<ArrayBuffer>;
}

/** A delivery that holds several events, each item with what is its own. */
export interface BatchArrival extends Omit<Arrival, keyof BatchItem> {
	items: BatchItem[];
	/** Bytes of the delivery's body. */
	size: number;
}

export type BatchItem = Pick<Arrival, "body" | "lane" | "duplicateKey" | "name" | "masked" | "sealed">;

/** Hashes of what identifies a delivery and of its body, and how long the first is remembered. */
export interface DuplicateKey {
	key: string;
	bodyHash: string;
	windowMs: number;
}

/** What an isolate keeps of an integration to judge a request before its object is called. */
export interface EndpointSettings {
	revision: number;
	webhook: WebhookSettings;
	ordering: Pick<OrderingSettings, "mode" | "key">;
	workspaceId: string;
	/** Sealed: opened in the Worker, once for as long as it keeps these settings. */
	signing: Signing | null;
	/** Where the URL that the sender was given begins; empty where it is not known. */
	origin: string;
}

export type AcceptAnswer =
	| { status: "accepted"; eventId: string; sequence: number }
	| { status: "duplicate"; eventId: string; sequence: number }
	/** The Worker judged with old settings: here are the new ones, judge once more. Nothing was stored. */
	| { status: "stale"; settings: EndpointSettings }
	/** Not enabled, rotated away, removed, never configured: one and the same answer. */
	| { status: "unknown" }
	| { status: "rate_limited"; retryAfterSeconds: number }
	| { status: "overloaded"; retryAfterSeconds: number };

/** What became of the items of a batch, in their order: all of them, or none. */
export type BatchAnswer =
	| {
			/** duplicate: every item was seen before. */
			status: "accepted" | "duplicate";
			/** Of the event of each item; of a repeated one the original's. */
			eventIds: string[];
			/** Of the first new event, or of the first original where there is none; null where there were no items. */
			sequence: number | null;
			duplicates: number;
	  }
	| Exclude<AcceptAnswer, { status: "accepted" | "duplicate" }>;

/** A delivery that the Worker turned down by the settings of `revision`; kept with its reason. */
export interface Rejection {
	code: RejectionCode;
	httpStatus: number;
	method: string;
	path: string;
	query: string;
	headers: Headers;
	/** Bytes that came, where that is known; more than `body` has where it was cut. */
	size: number;
	body: ArrayBuffer;
	/** Why a signature did not pass, in values that may be shown; under `masked` what was masked. */
	detail?: Record<string, unknown>;
}

/** A sender's question whether the endpoint is ours, which the Worker answered. */
export interface HandshakeNote {
	method: string;
	path: string;
	query: string;
	headers: Headers;
	size: number;
	/** What a person has to open or copy; a code is sealed. */
	show: { what: "link"; url: string } | { what: "code"; sealed: Sealed } | null;
}

export type HandshakeNoted = { status: "noted" } | Extract<AcceptAnswer, { status: "stale" | "unknown" | "rate_limited" }>;

export type RejectAnswer = { status: "rejected" } | Extract<AcceptAnswer, { status: "stale" | "unknown" | "rate_limited" }>;

// ---- claim, renew, settle: Executor → Sequencer

export interface ErrorRecord {
	code: string;
	message: string;
	stepId?: string;
	/** Field of the step, where one is to blame. */
	field?: string;
}

export interface HttpRequestRecord {
	method: string;
	url: string;
	/** Authorization-like values are masked. */
	headers: Headers;
	body: string | null;
	/** Body as base64 where it is not text. */
	bodyEncoding?: "base64";
}

export interface HttpResponseRecord {
	status: number;
	headers: Headers;
	body: string | null;
	bodyEncoding?: "base64";
}

export interface AttemptRecord {
	/** From 1. */
	number: number;
	/** Epoch milliseconds. */
	startedAt: number;
	durationMs: number;
	status: "running" | "succeeded" | "failed";
	error?: ErrorRecord;
	request?: HttpRequestRecord;
	response?: HttpResponseRecord;
	/** Requests that redirects led to, in order, before `response`. */
	redirects?: { status: number; location: string }[];
}

export const STEP_STATUSES = ["pending", "running", "waiting", "succeeded", "failed", "filtered"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** The journal of one step. A finished step's output is reused, never computed again. */
export interface StepRecord {
	/** Position in the tree; for a top-level step its id. */
	path: string;
	id: string;
	type: string;
	name?: string;
	status: StepStatus;
	attempts: AttemptRecord[];
	output?: unknown;
}

/** An event as a workflow's expressions and the Executor see it, before its body is parsed. */
export interface EventRecord {
	id: string;
	sequence: number;
	source: EventSource;
	/** Epoch milliseconds. */
	receivedAt: number;
	method: string;
	path: string;
	query: string;
	headers: Headers;
	body: ArrayBuffer;
	lane: string | null;
	hops: number;
}

export interface ClaimedExecution {
	event: EventRecord;
	executionId: string;
	/** 1 for the event's first execution; each replay is one more. */
	number: number;
	version: number;
	/** Raised by an edited payload or a replay from the start: part of every Idempotency-Key. */
	edition: number;
	/** Finished steps and attempts so far. */
	steps: StepRecord[];
	/** Epoch milliseconds of the first claim; null at the first. */
	startedAt: number | null;
	/** Absent where the integration masks nothing. */
	guarded?: Guarded;
	/** In one lane with the execution before it in the list: it may begin when that one has ended well. */
	behind?: true;
}

/** What an execution of an integration with a redaction needs beside what is kept of it in the clear. */
export interface Guarded {
	/** Of now; null where there is none any more. */
	redaction: Redaction | null;
	/** The full event, sealed; null of one that was masked for good, or never. */
	event: Uint8Array | null;
	/** Outputs of finished steps that the journal masks, sealed. */
	outputs: Uint8Array | null;
}

export interface Lease {
	token: string;
	/** Whose connections the executions may use. */
	workspaceId: string;
	/** How long the token holds from now, unless renewed; a duration, since the two objects' clocks differ. */
	leaseMs: number;
	/** How many of these executions may run at the same time. */
	parallel: number;
	executions: ClaimedExecution[];
	/** Versions that `executions` name and the Executor does not have. */
	versions: Version[];
}

export type ClaimAnswer = ({ status: "claimed" } & Lease) | { status: "nothing" };

export type Outcome =
	| { status: "succeeded" }
	/** By a step, or by the webhook's filter before the first one. */
	| { status: "filtered"; stepId: string }
	| { status: "filtered"; reason: ErrorRecord }
	| { status: "failed"; error: ErrorRecord }
	| { status: "cancelled" }
	/** Not ended: try again after `delayMs`. */
	| { status: "waiting"; delayMs: number; reason: string }
	/** Not begun or not gone on with, because the `start` reached its bound: claimable at once. */
	| { status: "handed_back" };

export interface Settlement {
	sequence: number;
	number: number;
	version: number;
	edition: number;
	outcome: Outcome;
	/** Epoch milliseconds at which this execution was first begun. */
	startedAt: number | null;
	endedAt: number;
	steps: StepRecord[];
	/** Outputs that `steps` masks; absent: those of before. */
	sealed?: Uint8Array<ArrayBuffer>;
}

export interface JournalEntry {
	sequence: number;
	number: number;
	version: number;
	edition: number;
	startedAt: number;
	steps: StepRecord[];
	/** Outputs that `steps` masks; absent: those of before. */
	sealed?: Uint8Array<ArrayBuffer>;
}

/** An execution that an Executor says it holds. */
export interface HeldKey {
	sequence: number;
	number: number;
}

/** How many events the Executor can take, and which versions it already has. */
export interface Appetite {
	events: number;
	/** Events of one lane at most, to be run one after the other; 1 unless said. */
	run?: number;
	knownVersions: number[];
}

/** `token` is another one where the Executor had settled everything and lingered for more. */
export type SettleAnswer = { status: "lost" } | ({ status: "settled"; cancelled: number[] } & Lease);
export type RenewAnswer = { status: "lost" } | { status: "renewed"; leaseMs: number; cancelled: number[] };

/** What the Sequencer puts on the executions queue: a wake-up call, nothing more. */
export interface WakeUp {
	integrationId: string;
	slot: number;
	region: string;
}

// ---- Sequencer → Sequencer

/** One integration calls another: an event there, once for each `from`. */
export interface Call {
	/** Id of the execution that calls. */
	from: string;
	/** JSON. */
	body: ArrayBuffer;
	hops: number;
}

/** `unknown`: deleted, or of another workspace. */
export type CallAnswer = { status: "accepted"; sequence: number } | { status: "overloaded" | "unknown" };

export const FAILURE_CALL_STATUSES = ["due", "delivered", "gone", "too_many_hops", "given_up"] as const;
/**
 * What became of the call that an execution's failure makes. due: not there yet, tried again; gone: the other integration
 * was deleted; too_many_hops: integrations call one another in a circle; given_up: it had no room for a week.
 */
export type FailureCallStatus = (typeof FAILURE_CALL_STATUSES)[number];

// ---- people → Sequencer

export interface ReplayRequest {
	from: "start" | "failedStep";
	version: "current" | "original";
	/** Replaces the event's body, as JSON. */
	body?: ArrayBuffer;
}

export type RunAnswer =
	| { status: "queued"; executionId: string; eventId: string; sequence: number }
	| { status: "overloaded"; retryAfterSeconds: number }
	| { status: "unknown" };
export type ReplayAnswer =
	| { status: "queued"; executionId: string; eventId: string; sequence: number }
	| { status: "not_found" }
	| { status: "not_ended" };
export type AcceptAfterAllAnswer =
	| { status: "accepted"; eventId: string; executionId: string; sequence: number }
	| { status: "not_found" | "accepted_already" | "body_not_kept" | "overloaded" };
export type CancelAnswer = { status: "cancelled" | "cancelling" | "not_found" | "ended" };
export type ApplyAnswer = { status: "applied" | "older" | "removed"; revision: number };
export type { SequencerSettings };

// ---- Sequencer → D1, through the statistics queue

export interface StatisticsMessage {
	integrationId: string;
	workspaceId: string;
	/** Rises with each message of one integration: a late one is dropped. */
	number: number;
	total: number;
	succeeded: number;
	failed: number;
	filtered: number;
	cancelled: number;
	pending: number;
	rejected: number;
	keptBytes: number;
	lastReceivedAt: number | null;
	lastExecutionAt: number | null;
	lastExecutionStatus: EndedStatus | null;
	nextRunAt: number | null;
	/** Epoch milliseconds of the earliest work that is due, for the sweep; null when there is none. */
	dueAt: number | null;
	/** From received to ended, of the event that came first among those ended since the last message; absent where none ended. */
	lagMs?: number;
	/** Lanes that wait for a person, counted up to a thousand. */
	blockedLanes?: number;
}

// ---- live feed

export type Change =
	| { kind: "event"; event: EventSummary }
	| { kind: "execution"; execution: ExecutionSummary }
	| { kind: "step"; executionId: string; steps: { path: string; id: string; status: StepStatus; attempts: number }[] }
	| { kind: "delivery"; delivery: DeliverySummary };

/** What one message on the live socket says. It travels as an array: the changes, before them a `Gap` where some were dropped. */
export interface LiveMessage {
	changes: Change[];
	/** True where some changes were dropped: reload the list. */
	gap: boolean;
}

export interface Gap {
	kind: "gap";
	gap: true;
}

// ---- history, as the API answers it (times ISO 8601)

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
	executions: ExecutionSummary[];
	/** The integration that called, and its execution; null where nobody did. */
	calledBy: { integrationId: string; executionId: string } | null;
}

export const DELIVERY_STATUSES = ["accepted", "duplicate", "rejected", "handshake"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

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
	/** Of the events' bodies: what the bound of the retention is compared with. */
	bytes: number;
	/** Of the whole database: headers, journals and the index of words included. */
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
