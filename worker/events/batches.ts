import { eventId } from "../ids";
import { roomLeft, store } from "./accept";
import { type DeliveryRow, firstOf, rememberKey } from "./delivery-rows";
import { markBatch } from "./event-rows";
import { insertHead } from "./heads";
import { keepDelivery } from "./keep";
import type { BatchAnswer, BatchArrival, BatchItem } from "./protocol/delivery";
import type { SequencerState } from "./state";

/**
 * One delivery, several events: an event for each item that was not seen before, in their order, all in one turn. The
 * delivery counts once: accepted where something in it was new or it was empty, else as a duplicate. A repeated item whose
 * body differs is kept beside it, so that a person may accept it after all.
 * @returns the answer, and the numbers of the deliveries that are kept
 */
export function takeInBatch(
	state: SequencerState,
	integrationId: string,
	{ items, size, ...shared }: BatchArrival,
	now: number,
): { answer: Extract<BatchAnswer, { status: "accepted" | "duplicate" }>; deliveries: number[] } {
	const before = state.last;
	const deliveries: number[] = [];
	const head = items.length > 1 ? "shared" : "own";
	const sequences = items.map((item) => {
		const { duplicateKey } = item;
		const original = duplicateKey && firstOf(state.sql, duplicateKey.key, now);
		if (!original) {
			const { sequence } = store(state, integrationId, "webhook", { ...shared, ...item }, now, { head });
			if (duplicateKey) rememberKey(state.sql, duplicateKey.key, duplicateKey.bodyHash, sequence, now + duplicateKey.windowMs);
			return sequence;
		}
		if (original.bodyHash !== duplicateKey.bodyHash) {
			const kept = {
				...shared,
				body: item.body,
				size: item.body.byteLength,
				detail: { item: true, ...(item.masked && { masked: item.masked }) },
			};
			deliveries.push(keepDelivery(state, { ...REPEATED, ...kept, reason: "conflict", sequence: original.sequence }, now));
		}
		return original.sequence;
	});
	const made = state.last - before;
	if (head === "shared" && made > 0) state.counts.bytes += insertHead(state.sql, before + 1, state.last, shared);
	const duplicates = items.length - made;
	const repeated = made === 0 && items.length > 0;
	const sequence = made > 0 ? before + 1 : (sequences[0] ?? null);
	if (repeated) {
		state.counts.duplicate++;
		state.saveCounts(0);
		deliveries.push(keepDelivery(state, { ...REPEATED, ...shared, size, body: null, sequence }, now));
	} else {
		countBatch(state, 1, made);
		if (made > 0) markBatch(state.sql, before + 1, { events: made, duplicates, size });
		else {
			const httpStatus = state.settings?.webhook.response.status ?? 202;
			deliveries.push(keepDelivery(state, { ...EMPTY, ...shared, httpStatus, size }, now));
		}
	}
	const eventIds = sequences.map((one) => eventId(integrationId, one));
	return { answer: { status: repeated ? "duplicate" : "accepted", eventIds, sequence, duplicates }, deliveries };
}

const REPEATED = { status: "duplicate", reason: null, httpStatus: 200, body: null } as const satisfies Partial<DeliveryRow>;
const EMPTY = { status: "accepted", reason: null, sequence: null, body: null } as const satisfies Partial<DeliveryRow>;

/** Whether those of a batch that are new find room; looks no further than to the first that does not. */
export function newItemsFit(state: SequencerState, items: readonly BatchItem[], now: number): boolean {
	const seen = new Set<string>();
	let left = roomLeft(state);
	for (const { duplicateKey } of items) {
		if (duplicateKey) {
			if (seen.has(duplicateKey.key) || firstOf(state.sql, duplicateKey.key, now)) continue;
			seen.add(duplicateKey.key);
		}
		if (--left < 0) return false;
	}
	return true;
}

/** Counts accepted batches and the events that came of them, which the ledger tells from single deliveries. */
export function countBatch(state: SequencerState, deliveries: number, events: number): void {
	const { batches = { deliveries: 0, events: 0 } } = state.counts;
	state.counts.batches = { deliveries: batches.deliveries + deliveries, events: batches.events + events };
	state.saveCounts(0);
}
