import type { EventSource, ExecutionStatus } from "../events/protocol/statuses";
import type { PageQuery } from "./page";

export const VERDICTS = ["verified", "unverified", "refused", "duplicate", "handshake", "internal"] as const;
/**
 * How what came in was judged. verified: an event whose sender proved itself; unverified: one whose sender was not asked
 * to; internal: one that no request made. The rest made no event.
 */
export type Verdict = (typeof VERDICTS)[number];

/** What of the inbox is wanted: all parts hold together. */
export interface InboxQuery extends PageQuery {
	verdict?: Verdict;
	/** Of the event's newest execution. */
	status?: ExecutionStatus;
	source?: EventSource;
	/** Id of the sender that proved itself. */
	sender?: string;
	/** A part of what the sender calls the event, in any case. */
	name?: string;
	/** Number of an event: those that came in one delivery with it. */
	batch?: number;
	/** Epoch ms; `to` itself is left out. */
	from?: number;
	to?: number;
	/** Words of the payload, path or query, or the number (`#12`) or id of an event. */
	q?: string;
	/** A value of the ordering key. */
	key?: string;
	/** A path as in an ordering key, whose value is `value`. */
	field?: string;
	value?: string;
}

/** Whether only deliveries that made no event are wanted. */
export const isOfDeliveries = ({ verdict }: InboxQuery): boolean =>
	verdict === "refused" || verdict === "duplicate" || verdict === "handshake";

/** Whether something is asked for that only events have. */
export function isOfEvents({ verdict, ...query }: InboxQuery): boolean {
	if (verdict === "verified" || verdict === "unverified" || verdict === "internal") return true;
	return (["status", "source", "sender", "name", "batch", "key", "field"] as const).some((part) => query[part] !== undefined);
}
