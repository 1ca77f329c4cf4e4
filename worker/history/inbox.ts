import { EXECUTION_STATUSES, type ExecutionStatus } from "../events/protocol/statuses";
import type { BatchPlace, DeliverySummary, EventSummary } from "../events/protocol/views";
import { executionKey, NUMBERS } from "../events/schema";
import { sequenceOf } from "../ids";
import { batchPlaceOf } from "./batch-place";
import { keptDeliveryOf, newestKept, readKept } from "./deliveries";
import { readEventSummary, scanFloor } from "./events";
import { findKept, type Placed, searchKept } from "./inbox-deliveries";
import { type InboxQuery, isOfDeliveries, type Verdict } from "./inbox-query";
import { boundLimit, readCursor, writeCursor } from "./page";
import { firstSince, type SearchPage, searchEvents } from "./search";
import { wordsIn } from "./search-query";
import { type Reading, statusOf } from "./summaries";

/** All that came in, in one list: events, and between them the deliveries that made none. */

/** An event, or a delivery that made none. */
export interface InboxEntry {
	/** Of the event, else of the delivery. */
	id: string;
	event: EventSummary | null;
	delivery: DeliverySummary | null;
	/** Where the event stands among those of its delivery; null where it came alone. */
	batch: BatchPlace | null;
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
	// The cursor is a place in each of the two lists, so it holds whatever arrives in between.
	const [eventPlace, keptPlace] = readCursor(query.cursor, 2) ?? [];
	if (eventPlace === undefined || keptPlace === undefined) return null;
	// A list that gives nothing to the first page begins here all the same: what arrives later is no part of the next.
	const events = Math.min(eventPlace, reading.lastSequence + 1);
	const kept = Math.min(keptPlace, newestKept(sql) + 1);
	const limit = boundLimit(query.limit);
	const numbered = numberMeant(reading, query.q);
	const isSearch = (query.q !== undefined && numbered === null) || query.key !== undefined || query.field !== undefined;
	const found = isSearch
		? search(sql, reading, query, { events, kept }, limit)
		: list(sql, reading, query, numbered, { events, kept }, limit);
	return { ...merge(sql, reading, found, { events, kept }, limit), searched: found.searched };
}

/** Where a page begins in each list: below these. */
interface Places {
	events: number;
	kept: number;
}

/** Rows of both lists for one page, and where nobody has looked any further; 0 where that is all. */
interface Found {
	events: Placed[];
	eventsFloor: number;
	kept: Placed[];
	keptFloor: number;
	searched: InboxPage["searched"];
}

function list(sql: SqlStorage, reading: Reading, query: InboxQuery, numbered: number | null, before: Places, limit: number): Found {
	const { found: events, floor } = findEvents(sql, reading, query, numbered, before.events, limit + 1);
	const kept = numbered === null ? findKept(sql, query, before.kept, limit + 1) : [];
	return { events, eventsFloor: events.length > limit ? 0 : floor, kept, keptFloor: 0, searched: null };
}

/** Events are found by the index, deliveries that made none by reading them. */
function search(sql: SqlStorage, reading: Reading, query: InboxQuery, before: Places, limit: number): Found {
	const { found: kept, floor: keptFloor } = searchKept(sql, reading, query, wordsIn(query.q ?? ""), before.kept, limit + 1);
	const { lastSequence } = reading;
	if (isOfDeliveries(query))
		return { events: [], eventsFloor: 0, kept, keptFloor, searched: { indexedThrough: lastSequence, lastSequence } };
	const { verdict, sender, name, batch, ...asked } = query;
	const range = batch === undefined ? null : stretchOf(sql, batch);
	const page = searchEvents(sql, reading, {
		...asked,
		...(range && { sequence: range.join("-") }),
		limit,
		cursor: writeCursor(before.events),
	});
	const named = name?.toLowerCase();
	const events = (page?.items ?? []).filter(
		(event) =>
			(verdict === undefined || verdictOfEvent(event) === verdict) &&
			(sender === undefined || event.sender === sender) &&
			(named === undefined || event.name?.toLowerCase().includes(named)),
	);
	const [eventsFloor = 0] = page?.cursor ? (readCursor(page.cursor, 1) ?? []) : [];
	return {
		events: events.map(({ sequence, receivedAt, snippet }) => ({ place: sequence, at: Date.parse(receivedAt), snippet })),
		eventsFloor,
		kept,
		keptFloor,
		searched: page && { indexedThrough: page.indexedThrough, lastSequence },
	};
}

function verdictOfEvent({ source, sender }: Pick<EventSummary, "source" | "sender">): Verdict {
	if (source !== "webhook") return "internal";
	return sender === null ? "unverified" : "verified";
}

/** The newest of both lists. What lies below a floor may be newer than the next of the other list: the page ends there. */
function merge(
	sql: SqlStorage,
	reading: Reading,
	{ events, eventsFloor, kept, keptFloor }: Found,
	before: Places,
	limit: number,
): Pick<InboxPage, "items" | "cursor"> {
	const items: InboxEntry[] = [];
	let [e, k] = [0, 0];
	while (items.length < limit) {
		const [event, delivery] = [events[e], kept[k]];
		if ((event === undefined && eventsFloor > 0) || (delivery === undefined && keptFloor > 0)) break;
		if (event !== undefined && (delivery === undefined || event.at >= delivery.at)) {
			const summary = readEventSummary(sql, reading, event.place);
			const batch = batchPlaceOf(sql, event.place);
			if (summary !== null) items.push({ id: summary.id, event: summary, delivery: null, batch, snippet: event.snippet ?? null });
			e++;
		} else if (delivery !== undefined) {
			const summary = readKept(sql, reading, delivery.place);
			if (summary !== null) items.push({ id: summary.id, event: null, delivery: summary, batch: null, snippet: delivery.snippet ?? null });
			k++;
		} else break;
	}
	const more = events[e] !== undefined || kept[k] !== undefined || eventsFloor > 0 || keptFloor > 0;
	const next = (rows: Placed[], taken: number, floor: number, from: number): number =>
		rows[taken] === undefined && floor > 0 ? floor : (rows[taken - 1]?.place ?? from);
	return { items, cursor: more ? writeCursor(next(events, e, eventsFloor, before.events), next(kept, k, keptFloor, before.kept)) : null };
}

const ENDED: readonly string[] = ["succeeded", "failed", "filtered", "cancelled"] satisfies ExecutionStatus[];
const OPEN = EXECUTION_STATUSES.filter((status) => !ENDED.includes(status));

/** The events that are wanted, by number, and the number below which nobody has looked; 0 where that is all. */
function findEvents(
	sql: SqlStorage,
	reading: Reading,
	query: InboxQuery,
	numbered: number | null,
	cursor: number,
	limit: number,
): { found: Placed[]; floor: number } {
	if (isOfDeliveries(query)) return { found: [], floor: 0 };
	const { verdict, status, source, sender, name, batch, from, to } = query;
	const end = reading.lastSequence + 1;
	const [first, last] = batch === undefined ? [0, end] : stretchOf(sql, batch);
	const before = Math.min(cursor, to === undefined ? end : firstSince(sql, to, end), numbered === null ? end : numbered + 1, last + 1);
	const lowest = Math.max(numbered ?? 0, from === undefined ? 0 : firstSince(sql, from, end), first);
	const isNarrow = [verdict, status, source, sender, name].some((part) => part !== undefined);
	const floor = isNarrow ? scanFloor(sql, before) : 0;
	const rows = sql
		.exec<{ place: number; at: number; key: number | null; status: ExecutionStatus | null }>(
			`SELECT e.sequence AS place, e.received_at AS at, x.key, x.status FROM events e LEFT JOIN executions x ON x.key = (
				SELECT key FROM executions WHERE key BETWEEN e.sequence * ${NUMBERS} + 1 AND e.sequence * ${NUMBERS} + ${NUMBERS - 1} ORDER BY key DESC LIMIT 1
			) WHERE e.sequence < ?1 AND e.sequence >= ?2
				AND (?3 IS NULL OR ?3 = CASE WHEN e.source <> 'webhook' THEN 'internal' WHEN e.sender IS NULL THEN 'unverified' ELSE 'verified' END)
				AND (?4 IS NULL OR e.sender = ?4) AND (?5 IS NULL OR instr(lower(e.name), lower(?5)))
				AND (?6 IS NULL OR coalesce(x.status, 'queued') IN (SELECT value FROM json_each(?6))) AND (?8 IS NULL OR e.source = ?8)
			ORDER BY e.sequence DESC LIMIT ?7`,
			before,
			Math.max(floor, lowest),
			verdict ?? null,
			sender ?? null,
			name ?? null,
			// A row says how an execution stood when it was last written: what is open is judged below.
			status === undefined ? null : JSON.stringify(ENDED.includes(status) ? [status] : OPEN),
			status === undefined || ENDED.includes(status) ? limit : -1,
			source ?? null,
		)
		.toArray()
		.filter((row) => status === undefined || statusOf(reading, row.key ?? executionKey(row.place, 1), row.status) === status)
		.slice(0, limit);
	return { found: rows, floor: floor > lowest ? floor : 0 };
}

/** The first and last number of the events that came in one delivery with this one. */
function stretchOf(sql: SqlStorage, sequence: number): [first: number, last: number] {
	const batch = batchPlaceOf(sql, sequence);
	return batch === null ? [sequence, sequence] : [batch.first, batch.first + batch.events - 1];
}

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
