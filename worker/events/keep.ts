import { type DeliveryRow, deleteDelivery, insertDelivery, keptRows, textsOf } from "./delivery-rows";
import { FLOOD_BODY_BYTES, isFlooded, placeOf, Shelves } from "./shelves";
import type { SequencerState } from "./state";
import { bytesOf } from "./weights";

/** Bytes kept of one body, so that a shelf holds many. */
const BODY_MAX_BYTES = 256 * 1024;

/** Keeps a delivery that made no event, and takes away what its shelf has no more room for. @returns its number */
export function keepDelivery(state: SequencerState, row: DeliveryRow, receivedAt: number): number {
	state.shelves ??= new Shelves(keptRows(state.sql));
	const { shelves } = state;
	const texts = textsOf(row);
	const place = placeOf({ ...row, detailed: texts.detail !== null });
	const fitted = (most: number) => {
		const body = row.body !== null && row.body.byteLength > most ? row.body.slice(0, most) : row.body;
		const bytes = bytesOf(body?.byteLength ?? 0, row.path, row.query, texts.headers, texts.detail);
		return { body, bytes, gone: shelves.leaving(place, bytes, receivedAt) };
	};
	let fit = fitted(BODY_MAX_BYTES);
	if (isFlooded(place, fit.gone, receivedAt)) fit = fitted(FLOOD_BODY_BYTES);
	// Before any goes: the number of one that went is never given again.
	const id = insertDelivery(state.sql, { ...row, body: fit.body }, receivedAt, texts);
	for (const { row: gone } of fit.gone) deleteDelivery(state.sql, gone.id);
	shelves.remove(place, fit.gone);
	shelves.add(place, { id, at: receivedAt, bytes: fit.bytes });
	return id;
}
