import { maskHeaders } from "../events/mask";
import type { DeliverySummary, Headers, Page } from "../events/protocol";
import { eventId } from "../ids";
import { bodyText, getEvent, scanFloor } from "./events";
import { boundLimit, type PageQuery, readCursor, writeCursor } from "./page";
import { isoTime, type Reading } from "./summaries";

/** One inbound request as it came: headers after masking, of a rejected one the body as far as it is kept. */
export interface DeliveryDetail extends DeliverySummary {
	query: string;
	headers: Headers;
	body: string;
	bodyEncoding: "utf8" | "base64";
}

export type DeliveryQuery = PageQuery;

type AcceptedColumns = { sequence: number; received_at: number; method: string; path: string; size: number };
type RejectedColumns = { id: number; code: string; http_status: number; received_at: number; method: string; path: string; size: number };

const REJECTED_COLUMNS = "id, code, http_status, received_at, method, path, size";

/**
 * Deliveries, newest first; null where the cursor is not one of ours. Accepted ones are webhook events, rejected ones
 * have rows of their own: the cursor is a place in each, so it holds whatever arrives in between.
 */
export function listDeliveries(sql: SqlStorage, reading: Reading, query: DeliveryQuery): Page<DeliverySummary> | null {
	const [beforeEvent, beforeRejection] = readCursor(query.cursor, 2) ?? [];
	if (beforeEvent === undefined || beforeRejection === undefined) return null;
	const limit = boundLimit(query.limit);
	const floor = scanFloor(sql, beforeEvent);
	const accepted = sql
		.exec<AcceptedColumns>(
			`SELECT sequence, received_at, method, path, size FROM events
			 WHERE sequence < ? AND sequence >= ? AND source = 'webhook' ORDER BY sequence DESC LIMIT ?`,
			beforeEvent,
			floor,
			limit + 1,
		)
		.toArray();
	const rejected = sql
		.exec<RejectedColumns>(`SELECT ${REJECTED_COLUMNS} FROM rejections WHERE id < ? ORDER BY id DESC LIMIT ?`, beforeRejection, limit + 1)
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
			items.push(rejectedSummary(reading, rejection));
			r++;
		}
	}
	const more = accepted[a] !== undefined || rejected[r] !== undefined || unknownBelow;
	const nextEvent = accepted[a] === undefined && unknownBelow ? floor : (accepted[a - 1]?.sequence ?? beforeEvent);
	const nextRejection = rejected[r - 1]?.id ?? beforeRejection;
	return { items, cursor: more ? writeCursor(nextEvent, nextRejection) : null };
}

/** One delivery; null where there is none of this id, or it is no longer kept. */
export function getDelivery(sql: SqlStorage, reading: Reading, id: string): DeliveryDetail | null {
	const number = rejectionOf(reading.integrationId, id);
	if (number === null) return getAccepted(sql, reading, id);
	const row = sql
		.exec<RejectedColumns & { query: string; headers: string; body: ArrayBuffer | null }>(
			`SELECT ${REJECTED_COLUMNS}, query, headers, body FROM rejections WHERE id = ?`,
			number,
		)
		.toArray()[0];
	if (row === undefined) return null;
	return {
		...rejectedSummary(reading, row),
		query: row.query,
		headers: maskHeaders(JSON.parse(row.headers)),
		...bodyText(new Uint8Array(row.body ?? new ArrayBuffer(0))),
	};
}

/** The accepted delivery that made this event; null where no webhook made it. */
export function readAccepted(sql: SqlStorage, reading: Reading, sequence: number): DeliverySummary | null {
	const row = sql
		.exec<AcceptedColumns>(
			"SELECT sequence, received_at, method, path, size FROM events WHERE sequence = ? AND source = 'webhook'",
			sequence,
		)
		.toArray()[0];
	return row === undefined ? null : acceptedSummary(reading, row);
}

export function readRejected(sql: SqlStorage, reading: Reading, id: number): DeliverySummary | null {
	const row = sql.exec<RejectedColumns>(`SELECT ${REJECTED_COLUMNS} FROM rejections WHERE id = ?`, id).toArray()[0];
	return row === undefined ? null : rejectedSummary(reading, row);
}

/** The id of the rejected delivery that is kept as row `id`. */
function rejectionId(integrationId: string, id: number): string {
	return `del_${integrationId.slice(4)}r${id}`;
}

function rejectedSummary(reading: Reading, row: RejectedColumns): DeliverySummary {
	return {
		id: rejectionId(reading.integrationId, row.id),
		status: "rejected",
		reason: row.code,
		httpStatus: row.http_status,
		receivedAt: isoTime(row.received_at),
		method: row.method,
		path: row.path,
		size: row.size,
		eventId: null,
		sequence: null,
	};
}

function acceptedSummary(reading: Reading, row: AcceptedColumns): DeliverySummary {
	const event = eventId(reading.integrationId, row.sequence);
	return {
		id: `del_${event.slice(4)}`,
		status: "accepted",
		reason: null,
		httpStatus: reading.acceptedStatus,
		receivedAt: isoTime(row.received_at),
		method: row.method,
		path: row.path,
		size: row.size,
		eventId: event,
		sequence: row.sequence,
	};
}

function getAccepted(sql: SqlStorage, reading: Reading, id: string): DeliveryDetail | null {
	const event = id.startsWith("del_") ? getEvent(sql, reading, `evt_${id.slice(4)}`) : null;
	if (event === null || event.source !== "webhook") return null;
	const { sequence, method, path, size, query, headers, body, bodyEncoding } = event;
	const summary = acceptedSummary(reading, { sequence, received_at: Date.parse(event.receivedAt), method, path, size });
	return { ...summary, query, headers, body, bodyEncoding };
}

function rejectionOf(integrationId: string, id: string): number | null {
	const prefix = `del_${integrationId.slice(4)}r`;
	const number = id.startsWith(prefix) ? id.slice(prefix.length) : "";
	return /^\d{1,15}$/.test(number) ? Number(number) : null;
}
