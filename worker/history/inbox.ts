import { EXECUTION_STATUSES, type ExecutionStatus } from "../events/protocol/statuses";
import type { DeliverySummary, EventSummary } from "../events/protocol/views";
import { executionKey, NUMBERS } from "../events/schema";
import { sequenceOf } from "../ids";
import { keptDeliveryOf, readKept } from "./deliveries";
import { readEventSummary, scanFloor } from "./events";
import { boundLimit, type PageQuery, readCursor, writeCursor } from "./page";
import { firstSince, type SearchPage, searchEvents } from "./search";
import { type Reading, statusOf } from "./summaries";

/** All that came in, in one list: events, and between them the deliveries that made none. */

export const VERDICTS = ["verified", "unverified", "refused", "duplicate", "handshake", "internal"] as const;
/**
 * How what came in was judged. verified: an event whose sender proved itself; unverified: one whose sender was not asked
 * to; internal: one that no request made. The rest made no event.
 */
export type Verdict = (typeof VERDICTS)[number];

export interface InboxQuery extends PageQuery {
	verdict?: Verdict;
	/** Of the event's newest execution. */
	status?: ExecutionStatus;
	/** Id of the sender that proved itself. */
	sender?: string;
	/** A part of what the sender calls the event, in any case. */
	name?: string;
	/** Epoch ms; `to` itself is left out. */
	from?: number;
	to?: number;
	/** Words of the payload, or the number (`#12`) or id of an event. */
	q?: string;
}

/** An event, or a delivery that made none. */
export interface InboxEntry {
	/** Of the event, else of the delivery. */
	id: string;
	event: EventSummary | null;
	delivery: DeliverySummary | null;
	/** The piece of the payload where words were found. */
	snippet: string | null;
}

export interface InboxPage {
	/** Newest first. A page that had to look at much ends early, with a cursor, even where it is empty. */
	items: InboxEntry[];
	cursor: string | null;
	/** Where words were looked for: how far they are known. */
	searched: Pick<SearchPage, "indexedThrough" | "lastSequence"> | null;
}

/** One page of the inbox, newest first; null where the cursor is not one of ours. */
export function listInbox(sql: SqlStorage, reading: Reading, query: InboxQuery): InboxPage | null {
	const numbered = numberMeant(reading, query.q);
	return query.q === undefined || numbered !== null ? listMerged(sql, reading, query, numbered) : searchInbox(sql, reading, query);
}

/** Words are looked for in events alone: those of a delivery that was refused are not indexed. */
function searchInbox(sql: SqlStorage, reading: Reading, { verdict, sender, name, ...query }: InboxQuery): InboxPage | null {
	const page = searchEvents(sql, reading, query);
	if (page === null) return null;
	const { items, cursor, indexedThrough, lastSequence } = page;
	const named = name?.toLowerCase();
	const wanted = items.filter(
		(event) =>
			(verdict === undefined || verdictOfEvent(event) === verdict) &&
			(sender === undefined || event.sender === sender) &&
			(named === undefined || event.name?.toLowerCase().includes(named)),
	);
	return {
		items: wanted.map(({ snippet, ...event }) => ({ id: event.id, event, delivery: null, snippet })),
		cursor,
		searched: { indexedThrough, lastSequence },
	};
}

function verdictOfEvent({ source, sender }: Pick<EventSummary, "source" | "sender">): Verdict {
	if (source !== "webhook") return "internal";
	return sender === null ? "unverified" : "verified";
}

type Placed = { place: number; at: number };

/**
 * The cursor is a place in each of the two lists, so it holds whatever arrives in between.
 * @param numbered the one event that is asked for; null for all
 */
function listMerged(sql: SqlStorage, reading: Reading, query: InboxQuery, numbered: number | null): InboxPage | null {
	const [eventPlace, keptPlace] = readCursor(query.cursor, 2) ?? [];
	if (eventPlace === undefined || keptPlace === undefined) return null;
	// A list that gives nothing to the first page begins here all the same: what arrives later is no part of the next.
	const [beforeEvent, beforeKept] = [Math.min(eventPlace, reading.lastSequence + 1), Math.min(keptPlace, newestKept(sql) + 1)];
	const limit = boundLimit(query.limit);
	const { found: events, floor } = findEvents(sql, reading, query, numbered, beforeEvent, limit + 1);
	const kept = numbered === null ? findKept(sql, query, beforeKept, limit + 1) : [];
	// Events below the floor may be newer than the next delivery: the page ends there.
	const unknownBelow = floor > 0 && events.length <= limit;
	const items: InboxEntry[] = [];
	let [e, k] = [0, 0];
	while (items.length < limit) {
		const [event, delivery] = [events[e], kept[k]];
		if (event === undefined && (unknownBelow || delivery === undefined)) break;
		if (event !== undefined && (delivery === undefined || event.at >= delivery.at)) {
			const summary = readEventSummary(sql, reading, event.place);
			if (summary !== null) items.push({ id: summary.id, event: summary, delivery: null, snippet: null });
			e++;
		} else if (delivery !== undefined) {
			const summary = readKept(sql, reading, delivery.place);
			if (summary !== null) items.push({ id: summary.id, event: null, delivery: summary, snippet: null });
			k++;
		}
	}
	const more = events[e] !== undefined || kept[k] !== undefined || unknownBelow;
	const nextEvent = events[e] === undefined && unknownBelow ? floor : (events[e - 1]?.place ?? beforeEvent);
	const cursor = more ? writeCursor(nextEvent, kept[k - 1]?.place ?? beforeKept) : null;
	return { items, cursor, searched: null };
}

const ENDED: readonly string[] = ["succeeded", "failed", "filtered", "cancelled"] satisfies ExecutionStatus[];
const OPEN = EXECUTION_STATUSES.filter((status) => !ENDED.includes(status));

/** The events that are wanted, by number, and the number below which nobody has looked; 0 where that is all. */
function findEvents(
	sql: SqlStorage,
	reading: Reading,
	{ verdict, status, sender, name, from, to }: InboxQuery,
	numbered: number | null,
	cursor: number,
	limit: number,
): { found: Placed[]; floor: number } {
	if (verdict === "refused" || verdict === "duplicate" || verdict === "handshake") return { found: [], floor: 0 };
	const end = reading.lastSequence + 1;
	const before = Math.min(cursor, to === undefined ? end : firstSince(sql, to, end), numbered === null ? end : numbered + 1);
	const lowest = Math.max(numbered ?? 0, from === undefined ? 0 : firstSince(sql, from, end));
	const isNarrow = [verdict, status, sender, name].some((part) => part !== undefined);
	const floor = isNarrow ? scanFloor(sql, before) : 0;
	const rows = sql
		.exec<{ place: number; at: number; key: number | null; status: ExecutionStatus | null }>(
			`SELECT e.sequence AS place, e.received_at AS at, x.key, x.status FROM events e LEFT JOIN executions x ON x.key = (
				SELECT key FROM executions WHERE key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1} ORDER BY key DESC LIMIT 1
			) WHERE e.sequence < ?1 AND e.sequence >= ?2
				AND (?3 IS NULL OR ?3 = CASE WHEN e.source <> 'webhook' THEN 'internal' WHEN e.sender IS NULL THEN 'unverified' ELSE 'verified' END)
				AND (?4 IS NULL OR e.sender = ?4) AND (?5 IS NULL OR instr(lower(e.name), lower(?5)))
				AND (?6 IS NULL OR coalesce(x.status, 'queued') IN (SELECT value FROM json_each(?6)))
			ORDER BY e.sequence DESC LIMIT ?7`,
			before,
			Math.max(floor, lowest),
			verdict ?? null,
			sender ?? null,
			name ?? null,
			// A row says how an execution stood when it was last written: what is open is judged below.
			status === undefined ? null : JSON.stringify(ENDED.includes(status) ? [status] : OPEN),
			status === undefined || ENDED.includes(status) ? limit : -1,
		)
		.toArray()
		.filter((row) => status === undefined || statusOf(reading, row.key ?? executionKey(row.place, 1), row.status) === status)
		.slice(0, limit);
	return { found: rows, floor: floor > lowest ? floor : 0 };
}

/** The deliveries that are wanted and made no event, by their rows. */
function findKept(sql: SqlStorage, { verdict, status, sender, name, from, to }: InboxQuery, before: number, limit: number): Placed[] {
	const isOfEvents = verdict === "verified" || verdict === "unverified" || verdict === "internal";
	if (isOfEvents || [status, sender, name].some((part) => part !== undefined)) return [];
	return sql
		.exec<Placed>(
			`SELECT id AS place, received_at AS at FROM deliveries
			 WHERE id < ?1 AND (status <> 'accepted' OR sequence IS NULL) AND (?2 IS NULL OR status = ?2)
				AND (?3 IS NULL OR received_at >= ?3) AND (?4 IS NULL OR received_at < ?4)
			 ORDER BY id DESC LIMIT ?5`,
			before,
			verdict === "refused" ? "rejected" : (verdict ?? null),
			from ?? null,
			to ?? null,
			limit,
		)
		.toArray();
}

const newestKept = (sql: SqlStorage): number => sql.exec<{ id: number | null }>("SELECT max(id) AS id FROM deliveries").one().id ?? 0;

/** The event that `#12` or an event's id names; null for words. */
function numberMeant(reading: Reading, q: string | undefined): number | null {
	const text = q?.trim() ?? "";
	const number = /^#(\d{1,15})$/.exec(text)?.[1];
	return number === undefined ? sequenceOf(reading.integrationId, text) : Number(number);
}

/** Whether an id can be one of this integration's inbox, and of which kind. */
export function kindOf(integrationId: string, id: string): "event" | "delivery" | null {
	if (sequenceOf(integrationId, id) !== null) return "event";
	return keptDeliveryOf(integrationId, id) === null ? null : "delivery";
}
