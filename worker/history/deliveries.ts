import { type Missing, readDelivery } from "../events/delivery-rows";
import type { BatchNote } from "../events/event-rows";
import { headOf } from "../events/heads";
import { type HandshakeNote, type Headers, LEFT_OUT } from "../events/protocol/delivery";
import type { DeliveryStatus } from "../events/protocol/statuses";
import type { DeliverySummary, Page } from "../events/protocol/views";
import { eventId, keptDeliveryId } from "../ids";
import { getEvent, scanFloor } from "./events";
import { boundLimit, type PageQuery, readCursor, writeCursor } from "./page";
import { shownRequest } from "./shown";
import { isoTime, type Reading } from "./summaries";

/** One inbound request as it came: headers after masking, of one that made no event the body as far as it is kept. */
export interface DeliveryDetail extends DeliverySummary {
	query: string;
	headers: Headers;
	body: string;
	bodyEncoding: "utf8" | "base64";
	/** Where it came from, of one that was refused for that; null where nobody said, and of all others. */
	address: string | null;
	/** What keeps it from being accepted after all: it was masked, or not kept whole. null where nothing does, or it made an event. */
	missing: Missing;
	/** What a handshake left for a person; a code is sealed. */
	show: HandshakeNote["show"];
}

/** A delivery that was turned down, with what it takes to look for the cause. */
export interface RefusedDelivery {
	/** Epoch ms. */
	receivedAt: number;
	reason: string | null;
	method: string;
	path: string;
	query: string;
	headers: Headers;
	size: number;
	/** As much of it as is kept: less than `size` where it was cut. */
	body: ArrayBuffer;
	/** Why its signature did not pass at that time, where it was checked. */
	found: unknown;
	/** The origin under which it was called, where that is another than the webhook's URL has. */
	calledAt: string | null;
	/** Whether values in it were masked or left out before it was kept: its signature cannot be checked again. */
	masked: boolean;
	/** Its path, query and headers as they came, and its body where that is kept without a secret; null where all is as it came. */
	sealed: string | null;
}

export type DeliveryQuery = PageQuery;

type AcceptedColumns = { sequence: number; received_at: number; method: string; path: string; size: number; batch: string | null };
const ACCEPTED_COLUMNS = `sequence, received_at, method, ${headOf("path")}, size, batch`;
/** Of a batch the first event stands for its delivery. */
const STANDS_FOR_DELIVERY = "source = 'webhook' AND (batch IS NULL OR batch <> '')";
type KeptColumns = {
	id: number;
	status: DeliveryStatus;
	reason: string | null;
	sequence: number | null;
	http_status: number;
	received_at: number;
	method: string;
	path: string;
	size: number;
	headers: string;
	shows: DeliverySummary["shows"];
	item: number | null;
};

const KEPT_COLUMNS =
	"id, status, reason, sequence, http_status, received_at, method, path, size, headers, json_extract(detail, '$.show.what') AS shows, json_extract(detail, '$.item') AS item";
/** The repeated item of a list is no delivery of its own: the one that brought it counts. */
const IS_DELIVERY = "(status <> 'accepted' OR sequence IS NULL) AND json_extract(detail, '$.item') IS NULL";

/**
 * Deliveries, newest first, as many as the ledger counts while they are kept; null where the cursor is not one of ours.
 * Accepted ones are webhook events, rejected ones and duplicates have rows of their own: the cursor is a place in each, so
 * it holds whatever arrives in between.
 */
export function listDeliveries(sql: SqlStorage, reading: Reading, query: DeliveryQuery): Page<DeliverySummary> | null {
	const [beforeEvent, beforeKept] = readCursor(query.cursor, 2) ?? [];
	if (beforeEvent === undefined || beforeKept === undefined) return null;
	const limit = boundLimit(query.limit);
	const floor = scanFloor(sql, beforeEvent);
	const accepted = sql
		.exec<AcceptedColumns>(
			`SELECT ${ACCEPTED_COLUMNS} FROM events
			 WHERE sequence < ? AND sequence >= ? AND ${STANDS_FOR_DELIVERY} ORDER BY sequence DESC LIMIT ?`,
			beforeEvent,
			floor,
			limit + 1,
		)
		.toArray();
	const rejected = sql
		.exec<KeptColumns>(
			`SELECT ${KEPT_COLUMNS} FROM deliveries WHERE id < ? AND ${IS_DELIVERY} ORDER BY id DESC LIMIT ?`,
			beforeKept,
			limit + 1,
		)
		.toArray();
	// Webhook events below the floor may be newer than the next rejection: the page ends there.
	const unknownBelow = floor > 0 && accepted.length <= limit;
	const items: DeliverySummary[] = [];
	let [a, r] = [0, 0];
	while (items.length < limit) {
		const [event, rejection] = [accepted[a], rejected[r]];
		if (event === undefined && (unknownBelow || rejection === undefined)) break;
		if (event !== undefined && (rejection === undefined || event.received_at >= rejection.received_at)) {
			items.push(acceptedSummary(reading, event));
			a++;
		} else if (rejection !== undefined) {
			items.push(keptSummary(reading, rejection));
			r++;
		}
	}
	const more = accepted[a] !== undefined || rejected[r] !== undefined || unknownBelow;
	// A stretch of which nothing was taken begins at what was there now: what comes later is not on the next page.
	const nextEvent =
		accepted[a] === undefined && unknownBelow
			? floor
			: (accepted[a - 1]?.sequence ?? Math.min(beforeEvent, (accepted[0]?.sequence ?? reading.lastSequence) + 1));
	const nextKept = rejected[r - 1]?.id ?? Math.min(beforeKept, (rejected[0]?.id ?? newestKept(sql)) + 1);
	return { items, cursor: more ? writeCursor(nextEvent, nextKept) : null };
}

/** The number of the newest delivery that made no event; 0 where none is kept. */
export const newestKept = (sql: SqlStorage): number =>
	sql.exec<{ id: number | null }>("SELECT MAX(id) AS id FROM deliveries").one().id ?? 0;

/** One delivery; null where there is none of this id, or it is no longer kept. */
export function getDelivery(sql: SqlStorage, reading: Reading, id: string): DeliveryDetail | null {
	const number = keptDeliveryOf(reading.integrationId, id);
	if (number === null) return getAccepted(sql, reading, id);
	const row = readWhole(sql, number);
	if (row === undefined) return null;
	return {
		...keptSummary(reading, row),
		...shownRequest(reading, {
			query: row.query,
			headers: JSON.parse(row.headers),
			body: new Uint8Array(row.body ?? new ArrayBuffer(0)),
		}),
		address: detailOf(row).address ?? null,
		missing: row.status === "accepted" ? null : (readDelivery(sql, number)?.missing ?? null),
		show: detailOf(row).show ?? null,
	};
}

/** A delivery that was turned down; null where there is none of this id, or it made an event after all. */
export function getRefused(sql: SqlStorage, reading: Reading, id: string): RefusedDelivery | null {
	const number = keptDeliveryOf(reading.integrationId, id);
	const row = number === null ? undefined : readWhole(sql, number);
	if (row === undefined || row.status !== "rejected") return null;
	const { reason, method, path, query, size } = row;
	const headers = JSON.parse(row.headers) as Headers;
	return {
		receivedAt: row.received_at,
		reason,
		method,
		path,
		query,
		headers,
		size,
		body: row.body ?? new ArrayBuffer(0),
		found: detailOf(row).reason ?? null,
		calledAt: detailOf(row).calledAt ?? null,
		masked: detailOf(row).masked !== undefined || headers.some(([name]) => name === LEFT_OUT),
		sealed: detailOf(row).sealed ?? null,
	};
}

type WholeColumns = KeptColumns & { query: string; body: ArrayBuffer | null; detail: string | null };

function readWhole(sql: SqlStorage, id: number): WholeColumns | undefined {
	return sql.exec<WholeColumns>(`SELECT ${KEPT_COLUMNS}, query, body, detail FROM deliveries WHERE id = ?`, id).toArray()[0];
}

interface Detail {
	show?: HandshakeNote["show"];
	reason?: unknown;
	masked?: unknown;
	sealed?: string;
	address?: string | null;
	calledAt?: string;
}

const detailOf = ({ detail }: WholeColumns): Detail => (detail === null ? {} : JSON.parse(detail));

/** The accepted delivery that made this event; null where no webhook made it. */
export function readAccepted(sql: SqlStorage, reading: Reading, sequence: number): DeliverySummary | null {
	const row = sql
		.exec<AcceptedColumns>(`SELECT ${ACCEPTED_COLUMNS} FROM events WHERE sequence = ? AND ${STANDS_FOR_DELIVERY}`, sequence)
		.toArray()[0];
	return row === undefined ? null : acceptedSummary(reading, row);
}

export function readKept(sql: SqlStorage, reading: Reading, id: number): DeliverySummary | null {
	const row = sql.exec<KeptColumns>(`SELECT ${KEPT_COLUMNS} FROM deliveries WHERE id = ?`, id).toArray()[0];
	return row === undefined ? null : keptSummary(reading, row);
}

function keptSummary(reading: Reading, row: KeptColumns): DeliverySummary {
	return {
		id: keptDeliveryId(reading.integrationId, row.id),
		status: row.status,
		reason: row.reason,
		httpStatus: row.http_status,
		receivedAt: isoTime(row.received_at),
		method: row.method,
		path: row.path,
		size: row.size,
		eventId: row.sequence === null ? null : eventId(reading.integrationId, row.sequence),
		sequence: row.sequence,
		batch: row.status === "accepted" && row.sequence === null ? { events: 0, duplicates: 0 } : null,
		shows: row.shows,
		item: row.item !== null,
		name: claimedName(reading, row.headers),
	};
}

const NAME_MAX_LENGTH = 120;

function claimedName({ nameHeaders = [] }: Reading, stored: string): string | null {
	if (nameHeaders.length === 0) return null;
	const headers = JSON.parse(stored) as Headers;
	for (const wanted of nameHeaders) {
		const value = headers.find(([name]) => name === wanted)?.[1];
		if (value) return value.slice(0, NAME_MAX_LENGTH);
	}
	return null;
}

function acceptedSummary(reading: Reading, row: AcceptedColumns): DeliverySummary {
	const event = eventId(reading.integrationId, row.sequence);
	const batch = row.batch ? (JSON.parse(row.batch) as BatchNote) : null;
	return {
		id: `del_${event.slice(4)}`,
		status: "accepted",
		reason: null,
		httpStatus: reading.acceptedStatus,
		receivedAt: isoTime(row.received_at),
		method: row.method,
		path: row.path,
		size: batch?.size ?? row.size,
		eventId: event,
		sequence: row.sequence,
		batch: batch && { events: batch.events, duplicates: batch.duplicates },
		shows: null,
		item: false,
		name: null,
	};
}

function getAccepted(sql: SqlStorage, reading: Reading, id: string): DeliveryDetail | null {
	const event = id.startsWith("del_") ? getEvent(sql, reading, `evt_${id.slice(4)}`) : null;
	if (event === null || event.source !== "webhook") return null;
	const { sequence, query, headers, body, bodyEncoding } = event;
	const summary = readAccepted(sql, reading, sequence);
	return summary && { ...summary, query, headers, body, bodyEncoding, address: null, missing: null, show: null };
}

export function keptDeliveryOf(integrationId: string, id: string): number | null {
	const prefix = `del_${integrationId.slice(4)}r`;
	const number = id.startsWith(prefix) ? id.slice(prefix.length) : "";
	return /^\d{1,15}$/.test(number) ? Number(number) : null;
}
