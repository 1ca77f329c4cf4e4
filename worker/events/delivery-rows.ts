import type { MaskNote } from "../integrations/redaction/kept";
import type { Arrival, Headers } from "./protocol/delivery";
import type { DeliveryStatus } from "./protocol/statuses";
import type { KeptRow, Kind } from "./shelves";
import { DELIVERY_BYTES } from "./weights";

/** Rows of deliveries that made no event, of repeated items of a batch, and of the keys by which repeated ones are recognized. */

/** A delivery that made no event, as it is kept. */
export interface DeliveryRow {
	/** accepted: a batch that held nothing. */
	status: DeliveryStatus;
	reason: string | null;
	httpStatus: number;
	/** Of the event that it repeats. */
	sequence: number | null;
	method: string;
	path: string;
	query: string;
	headers: Headers;
	size: number;
	/** null where it adds nothing to what is kept already. */
	body: ArrayBuffer | null;
	/** Why it was refused, or what a handshake left to do. */
	detail?: Record<string, unknown> | undefined;
}

/** What of a row is kept as text. */
export const textsOf = ({ headers, detail }: DeliveryRow) => ({
	headers: JSON.stringify(headers),
	detail: detail ? JSON.stringify(detail) : null,
});

/** @returns its number */
export function insertDelivery(sql: SqlStorage, row: DeliveryRow, receivedAt: number, { headers, detail } = textsOf(row)): number {
	return sql
		.exec<{ id: number }>(
			`INSERT INTO deliveries (status, reason, http_status, sequence, received_at, method, path, query, headers, size, body, detail)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			row.status,
			row.reason,
			row.httpStatus,
			row.sequence,
			receivedAt,
			row.method,
			row.path,
			row.query,
			headers,
			row.size,
			row.body,
			detail,
		)
		.one().id;
}

/** All that are kept, from the oldest, as what they take on disk; lengths are read without what they are of. */
export function keptRows(sql: SqlStorage): (KeptRow & Kind)[] {
	return sql
		.exec<Omit<KeptRow & Kind, "detailed"> & { detail: number | null }>(
			`SELECT id, received_at AS at, status, reason, octet_length(detail) AS detail, ${DELIVERY_BYTES} AS bytes FROM deliveries ORDER BY id`,
		)
		.toArray()
		.map(({ detail, ...row }) => ({ ...row, detailed: detail !== null }));
}

export const deleteDelivery = (sql: SqlStorage, id: number): unknown => sql.exec("DELETE FROM deliveries WHERE id = ?", id);

/** What keeps a kept delivery from becoming an event: what was masked of it more than credentials, or is not there; null where nothing does. */
export type Missing = "masked" | "cut" | null;

/** A kept delivery as it came. */
export type KeptArrival = Omit<Arrival, "lane" | "hops" | "duplicateKey">;

/** A kept delivery with what is needed to accept it after all; null where it is not kept. */
export function readDelivery(
	sql: SqlStorage,
	id: number,
): {
	status: DeliveryStatus;
	reason: string | null;
	sequence: number | null;
	arrival: KeptArrival;
	missing: Missing;
	/** Whether it is one item of a batch, whose delivery counts by itself. */
	item: boolean;
} | null {
	const row = sql
		.exec<{
			status: DeliveryStatus;
			reason: string | null;
			sequence: number | null;
			method: string;
			path: string;
			query: string;
			headers: string;
			size: number;
			body: ArrayBuffer | null;
			item: number | null;
			masked: string | null;
			cut: number | null;
		}>(
			"SELECT status, reason, sequence, method, path, query, headers, size, body, json_extract(detail, '$.item') AS item, json_extract(detail, '$.masked') AS masked, json_extract(detail, '$.addressLength') AS cut FROM deliveries WHERE id = ?",
			id,
		)
		.toArray()[0];
	if (!row) return null;
	const body = row.body ?? new ArrayBuffer(0);
	return {
		status: row.status,
		reason: row.reason,
		sequence: row.sequence,
		arrival: { method: row.method, path: row.path, query: row.query, headers: JSON.parse(row.headers), body },
		missing:
			row.masked !== null && !isWhole(row.masked)
				? "masked"
				: row.body === null || body.byteLength !== row.size || row.cut !== null
					? "cut"
					: null,
		item: row.item !== null,
	};
}

const isWhole = (note: string): boolean => (JSON.parse(note) as MaskNote).onlyCredentials === true;

/** Notes that a delivery made an event after all. */
export function acceptDelivery(sql: SqlStorage, id: number, sequence: number): void {
	sql.exec("UPDATE deliveries SET status = 'accepted', sequence = ?, http_status = 202 WHERE id = ?", sequence, id);
}

// ---- duplicate keys

/** The delivery that came first under a key whose window is not over; `now` in epoch ms. */
export function firstOf(sql: SqlStorage, key: string, now: number): { sequence: number; bodyHash: string } | null {
	const row = sql
		.exec<{ sequence: number; body_hash: string }>(
			"SELECT sequence, body_hash FROM duplicate_keys WHERE key = ? AND expires_at > ?",
			key,
			now,
		)
		.toArray()[0];
	return row ? { sequence: row.sequence, bodyHash: row.body_hash } : null;
}

export function rememberKey(sql: SqlStorage, key: string, bodyHash: string, sequence: number, expiresAt: number): void {
	sql.exec(
		"INSERT OR REPLACE INTO duplicate_keys (key, sequence, body_hash, expires_at) VALUES (?, ?, ?, ?)",
		key,
		sequence,
		bodyHash,
		expiresAt,
	);
}

/** Forgets up to `count` keys whose window is over. */
export function forgetKeys(sql: SqlStorage, now: number, count: number): number {
	return sql
		.exec(
			"DELETE FROM duplicate_keys WHERE key IN (SELECT key FROM duplicate_keys WHERE expires_at <= ? LIMIT ?) RETURNING key",
			now,
			count,
		)
		.toArray().length;
}
