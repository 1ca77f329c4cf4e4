import type { Sealed } from "../../connections/vault";
import type { MaskNote } from "../../integrations/redaction/kept";
import type { OrderingSettings, WebhookSettings } from "../../integrations/settings";
import type { Signing } from "../../integrations/signing";
import type { RejectionCode } from "./statuses";

/**
 * From a request to its row: what the endpoints hand to the Sequencer, and what it answers. Like all of this folder it
 * crosses RPC, so it is plain: no classes, results instead of throws.
 */

export type Headers = [name: string, value: string][];

/** The header that is kept in place of those which were too much, with their names. */
export const LEFT_OUT = "inlet-left-out";

/** Integrations that may call one another in a row. */
export const HOPS_MAX = 10;

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
	sender?: string | null;
	/** What the sender calls this kind of event. */
	name?: string | null;
	/** When it happened at the sender, in epoch ms. */
	occurredAt?: number | null;
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

export type BatchItem = Pick<Arrival, "body" | "lane" | "duplicateKey" | "name" | "occurredAt" | "masked" | "sealed">;

/** Hashes of what identifies a delivery and of its body, and how long the first is remembered. */
export interface DuplicateKey {
	key: string;
	/** Another one, of what its sender signed, where that is not what it calls it. */
	also?: string;
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

export type LookAnswer = { status: "live" } | Extract<AcceptAnswer, { status: "stale" | "unknown" | "rate_limited" }>;

export type RejectAnswer = { status: "rejected" } | Extract<AcceptAnswer, { status: "stale" | "unknown" | "rate_limited" }>;
