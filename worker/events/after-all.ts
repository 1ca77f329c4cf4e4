import { senderOf } from "../connectors/senders";
import { executionId } from "../ids";
import { BATCH_MAX_ITEMS, batchOf, itemHeaders } from "../integrations/batch";
import { keySource } from "../integrations/key-source";
import { laneOf } from "../integrations/lane";
import { factsOf } from "../integrations/sender-facts";
import { trueHeaders } from "../integrations/sender-format";
import { hasRoom, store } from "./accept";
import { countBatch } from "./batches";
import { acceptDelivery, type KeptArrival, readDelivery } from "./delivery-rows";
import { markBatch, markItem } from "./event-rows";
import type { AcceptAfterAllAnswer } from "./protocol/commands";
import { keptHere } from "./sealed";
import type { SequencerState } from "./state";

/**
 * Makes an event of a delivery that was turned down, or of a duplicate with another body; one for each item where the
 * integration takes batches. Lanes, batches and what the sender calls it are today's; nobody has proven who sent it. The answer names the first event.
 */
export function acceptAfterAll(state: SequencerState, integrationId: string, id: number, now: number): AcceptAfterAllAnswer {
	const kept = readDelivery(state.sql, id);
	const { settings } = state;
	if (kept === null || settings === null) return { status: "not_found" };
	if (kept.status === "accepted") return { status: "accepted_already" };
	if (!kept.whole) return { status: "body_not_kept" };
	const path = kept.item ? undefined : settings.webhook.batch?.path;
	const sender = senderOf(settings.webhook.verification.scheme);
	const whole = { ...kept.arrival, headers: trueHeaders(sender, kept.arrival.headers, kept.arrival.body) };
	const arrivals = path === undefined ? [whole] : partsOf(path, whole);
	if (!hasRoom(state, 0, arrivals.length)) return { status: "overloaded" };
	const stored = arrivals.map((arrival) => {
		const source = keySource(arrival);
		const said = factsOf(sender, source, now, arrivals.length > 1 ? path : null);
		const lane = laneOf(settings.ordering, source);
		return store(state, integrationId, "webhook", keptHere(state, { ...arrival, ...said, lane, duplicateKey: null, hops: 0 }), now);
	});
	const [first] = stored;
	if (first === undefined) return { status: "not_found" };
	acceptDelivery(state.sql, id, first.sequence);
	if (kept.item) {
		countBatch(state, 0, 1);
		markItem(state.sql, first.sequence);
	} else {
		state.counts[kept.status === "duplicate" ? "duplicate" : "rejected"]--;
		if (stored.length > 1) {
			countBatch(state, 1, stored.length);
			markBatch(state.sql, first.sequence, { events: stored.length, duplicates: 0, size: kept.arrival.body.byteLength });
		}
	}
	state.saveCounts(0);
	return { status: "accepted", executionId: executionId(integrationId, first.sequence, 1), ...first };
}

/** The items of a kept delivery; the delivery itself where it holds none, or more than one delivery may. */
function partsOf(path: string, arrival: KeptArrival): KeptArrival[] {
	const batch = batchOf(path, arrival.headers, arrival.body, BATCH_MAX_ITEMS);
	if (batch.status !== "items" || batch.items.length === 0) return [arrival];
	const headers = itemHeaders(arrival.headers);
	return batch.items.map((text) => ({ ...arrival, headers, body: new TextEncoder().encode(text).buffer as ArrayBuffer }));
}
