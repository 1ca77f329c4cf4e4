import type { Redaction } from "../../integrations/redaction/rules";
import type { Version } from "../../integrations/settings";
import type { Headers } from "./delivery";
import type { ErrorRecord, StepRecord } from "./journal";
import type { EventSource } from "./statuses";

/** Between the Sequencer and the Executors: what is handed out, for how long, and how it ended. */

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
	/** Whose signature it bore, what that sender calls it, and when it happened there (epoch ms). */
	sender: string | null;
	name: string | null;
	occurredAt: number | null;
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

/** Code of the reason with which a webhook's filter ends an event before anything of its workflow runs. */
export const WEBHOOK_FILTER = "webhook_filter";

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
