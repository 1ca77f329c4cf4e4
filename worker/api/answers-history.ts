import * as z from "zod";
import { DELIVERY_STATUSES, EVENT_SOURCES, EXECUTION_STATUSES, FAILURE_CALL_STATUSES, STEP_STATUSES } from "../events/protocol/statuses";
import type { BlockedLaneView, EventDetail, EventSummary, ExecutionDetail, ExecutionSummary, Kept, Ledger } from "../events/protocol/views";
import type { DeliveryDetail } from "../history/deliveries";
import type { SearchPage } from "../history/search";
import { PATTERNS } from "../integrations/redaction/patterns";

/** What the Sequencers answer, for the OpenAPI document; the types are those of events/protocol. */

const time = z.iso.datetime();
const headers = z.array(z.tuple([z.string(), z.string()]));
const status = z.enum(EXECUTION_STATUSES);
const source = z.enum(EVENT_SOURCES);
const failure = z.object({ code: z.string(), message: z.string(), stepId: z.string().optional(), field: z.string().optional() });

export const execution = z.object({
	id: z.string(),
	eventId: z.string(),
	sequence: z.int(),
	number: z.int(),
	source,
	version: z.int(),
	status,
	receivedAt: time,
	startedAt: time.nullable(),
	endedAt: time.nullable(),
	durationMs: z.number().nullable(),
	error: failure.nullable(),
	resumesAt: time.nullable(),
});

export const event = z.object({
	id: z.string(),
	sequence: z.int(),
	source,
	receivedAt: time,
	method: z.string(),
	path: z.string(),
	contentType: z.string().nullable(),
	size: z.int(),
	lane: z.string().nullable(),
	/** Whose signature it bore. */
	sender: z.string().nullable(),
	/** What its sender calls this kind of event. */
	name: z.string().nullable(),
	/** When it happened at its sender, as far as that says so. */
	occurredAt: time.nullable(),
	/** Of its newest execution. */
	status,
	executionId: z.string(),
	replays: z.int(),
	/** When the last replay began. */
	replayedAt: time.nullable(),
});

export const eventSearch = z.object({
	items: z.array(event.extend({ snippet: z.string().nullable() })),
	cursor: z.string().nullable(),
	/** Words, key and field find the events up to this one. */
	indexedThrough: z.int(),
	lastSequence: z.int(),
});

/** What of an event was masked before it was kept. */
export const maskNote = z.object({
	fields: z.array(z.string()),
	patterns: z.array(z.enum(PATTERNS)),
	bodyDropped: z.boolean(),
	onlyCredentials: z.literal(true).optional(),
});

/** An event as it would be kept. */
export const maskedEvent = z.object({
	path: z.string(),
	query: z.string(),
	headers,
	body: z.string(),
	bodyEncoding: z.enum(["utf8", "base64"]),
	masked: maskNote.nullable(),
});
export type MaskedEvent = z.infer<typeof maskedEvent>;

/** Where an event stands among those that came in one delivery with it. */
export const batchPlace = z.object({ first: z.int(), events: z.int(), duplicates: z.int(), place: z.int() });

export const eventDetail = event.extend({
	query: z.string(),
	headers,
	body: z.string(),
	bodyEncoding: z.enum(["utf8", "base64"]),
	masked: maskNote.nullable(),
	/** None where the webhook's filter turned the event away: nothing ran then. */
	executions: z.array(execution),
	/** The condition that was not true; null where the event was not turned away by it. */
	filteredBy: z.object({ condition: z.string().nullable() }).nullable(),
	calledBy: z.object({ integrationId: z.string(), executionId: z.string() }).nullable(),
	batch: batchPlace.nullable(),
	/** The delivery that a person accepted after all, and why it had made no event. */
	afterAll: z.object({ deliveryId: z.string(), reason: z.string().nullable() }).nullable(),
});

export const delivery = z.object({
	id: z.string(),
	status: z.enum(DELIVERY_STATUSES),
	reason: z.string().nullable(),
	httpStatus: z.int(),
	receivedAt: time,
	method: z.string(),
	path: z.string(),
	size: z.int(),
	eventId: z.string().nullable(),
	sequence: z.int().nullable(),
	/** Of one that held several events or none: those that it made, and its items that were seen before. */
	batch: z.object({ events: z.int(), duplicates: z.int() }).nullable(),
	/** Of a handshake: what it left for a person. */
	shows: z.enum(["link", "code"]).nullable(),
	/** A repeated item of a list, with another body: no delivery of its own, and in no count. */
	item: z.boolean(),
	/** Of one that made no event: what its headers call it, which nobody has proved; null where they do not. */
	name: z.string().nullable(),
});

export const deliveryDetail = delivery.extend({
	query: z.string(),
	headers,
	body: z.string(),
	bodyEncoding: z.enum(["utf8", "base64"]),
	/** Where it came from, of one that was refused for that; null where nobody said, and of all others. */
	address: z.string().nullable(),
	/** Why it cannot be accepted after all: values of it were masked, or it was not kept whole. null where it can. */
	missing: z.enum(["masked", "cut"]).nullable(),
	/** A link to open or a code to copy, by which the sender is told that the URL is yours. Null for viewers. */
	show: z
		.union([z.object({ what: z.literal("link"), url: z.string() }), z.object({ what: z.literal("code"), code: z.string() })])
		.nullable(),
});
export type DeliveryView = z.infer<typeof deliveryDetail>;

export const blockedLane = z.object({
	id: z.string(),
	key: z.array(z.unknown()),
	eventId: z.string(),
	executionId: z.string(),
	sequence: z.int(),
	reason: failure.nullable(),
	blockedAt: time,
	behind: z.int(),
});
export const skipped = z.object({ status: z.literal("skipped") });

export const scheduleState = z.object({
	nextRunAt: time.nullable(),
	lastRunAt: time.nullable(),
	/** Ticks that found the previous one still pending. */
	skipped: z.int(),
	lastSkippedAt: time.nullable(),
});
export type ScheduleState = z.infer<typeof scheduleState>;

const payload = { headers, body: z.string().nullable(), bodyEncoding: z.literal("base64").optional() };
const attempt = z.object({
	number: z.int(),
	startedAt: time,
	durationMs: z.number(),
	status: z.enum(["running", "succeeded", "failed"]),
	error: failure.optional(),
	request: z.object({ method: z.string(), url: z.string(), ...payload }).optional(),
	response: z.object({ status: z.int(), ...payload }).optional(),
	redirects: z.array(z.object({ status: z.int(), location: z.string() })).optional(),
});
const step = z.object({
	path: z.string(),
	id: z.string(),
	type: z.string(),
	name: z.string().optional(),
	status: z.enum(STEP_STATUSES),
	attempts: z.array(attempt),
	output: z.unknown().optional(),
});
export const executionDetail = execution.extend({
	steps: z.array(step),
	/** The call of the integration that runs when this one fails. */
	failureCall: z.object({ integrationId: z.string(), status: z.enum(FAILURE_CALL_STATUSES), eventId: z.string().nullable() }).nullable(),
});

export const kept = z.object({
	/** What the events take, with their addresses and headers: what the bound of the retention is compared with. */
	bytes: z.int(),
	/** Of the whole database: deliveries that made no event, journals and the index of words included. */
	databaseBytes: z.int(),
	/** When the oldest event came. */
	since: time.nullable(),
});

export const cancelled = z.object({ status: z.enum(["cancelled", "cancelling"]) });

const count = z.int();
export const ledger = z.object({
	deliveries: z.object({ received: count, accepted: count, duplicate: count, rejected: count, handshake: count, eventsMade: count }),
	events: z.object({
		total: count,
		webhook: count,
		schedule: count,
		poll: count,
		manual: count,
		call: count,
		succeeded: count,
		filtered: count,
		failed: count,
		cancelled: count,
		pending: count,
	}),
	lastSequence: count,
	turnedAway: count,
	balanced: z.boolean(),
});

/** Fails the build where the document and the protocol drift apart. */
type Documented<Type, Schema extends z.ZodType> = Type extends z.infer<Schema> ? true : never;
export const documented: [
	Documented<ExecutionSummary, typeof execution>,
	Documented<EventSummary, typeof event>,
	Documented<EventDetail, typeof eventDetail>,
	Documented<SearchPage, typeof eventSearch>,
	Documented<ExecutionDetail, typeof executionDetail>,
	Documented<Ledger, typeof ledger>,
	Documented<Kept, typeof kept>,
	Documented<Omit<DeliveryDetail, "show"> & Pick<DeliveryView, "show">, typeof deliveryDetail>,
	Documented<BlockedLaneView, typeof blockedLane>,
] = [true, true, true, true, true, true, true, true, true];
