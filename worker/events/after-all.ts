import { eventId, executionId } from "../ids";
import { eventOf, eventsOf } from "../integrations/arrival";
import { BATCH_LATE_MAX_ITEMS } from "../integrations/batch";
import { hasRoom, OVERLOADED_RETRY_SECONDS, originalOf, remember, store } from "./accept";
import { countBatch, takeInBatch } from "./batches";
import { acceptDelivery, firstOf, readDelivery } from "./delivery-rows";
import { markAfterAll, markItem } from "./event-rows";
import type { AcceptAfterAllAnswer } from "./protocol/commands";
import type { Arrival, BatchArrival } from "./protocol/delivery";
import { keptHere } from "./sealed";
import type { SequencerState } from "./state";

/**
 * Makes an event of a delivery that was turned down, or of a duplicate with another body; one for each item where the
 * integration takes batches. Lanes, batches, what recognizes a duplicate and what the sender calls it are today's; nobody
 * has proven who sent it. The answer names the first event.
 * @param again accepts it also where its sender has sent it again, and that was accepted
 */
export function acceptAfterAll(state: SequencerState, integrationId: string, id: number, now: number, again = false): AcceptAfterAllAnswer {
	const kept = readDelivery(state.sql, id);
	const { settings } = state;
	if (kept === null || settings === null) return { status: "not_found" };
	if (kept.status === "accepted") return { status: "accepted_already" };
	if (kept.status === "handshake" || kept.reason === "handshake_refused") return { status: "handshake" };
	if (kept.missing !== null) return { status: kept.missing === "masked" ? "masked" : "body_not_kept" };
	const request = { ...kept.arrival, hops: 0 };
	const path = kept.item ? undefined : settings.webhook.batch?.path;
	const batch = path === undefined ? null : eventsOf(request, path, settings, BATCH_LATE_MAX_ITEMS, now);
	if (batch === "too_many") return { status: "too_many", most: BATCH_LATE_MAX_ITEMS };
	const made =
		batch !== null && batch.items.length > 0
			? takeInLate(state, integrationId, batch, now, again)
			: // A duplicate with another body is known to be one; an item's key may name a place that is no longer known.
				storeLate(state, integrationId, eventOf(request, settings, now), now, again || kept.status === "duplicate", kept.item);
	if (made.status !== "accepted") return made;
	acceptDelivery(state.sql, id, made.sequence);
	markAfterAll(state.sql, made.sequence, state.last, { delivery: id, reason: kept.reason });
	state.shelves = null; // it stands on another one now
	if (kept.item) {
		countBatch(state, 0, 1);
		markItem(state.sql, made.sequence);
	} else state.counts[kept.status === "duplicate" ? "duplicate" : "rejected"]--;
	state.saveCounts(0);
	return { ...made, executionId: executionId(integrationId, made.sequence, 1) };
}

type Made =
	| { status: "accepted"; eventId: string; sequence: number }
	| Extract<AcceptAfterAllAnswer, { status: "duplicate" | "overloaded" }>;

function storeLate(
	state: SequencerState,
	integrationId: string,
	{ sender = null, ...said }: Arrival,
	now: number,
	again: boolean,
	isItem: boolean,
): Made {
	const arrival = keptHere(state, isItem ? { ...said, duplicateKey: null } : said);
	const { duplicateKey } = arrival;
	const original = duplicateKey && originalOf(state, { ...arrival, sender }, duplicateKey, now);
	if (original && !again) return repeated(integrationId, original.sequence);
	if (!hasRoom(state)) return OVERLOADED;
	const stored = store(state, integrationId, "webhook", { ...arrival, duplicateKey: null }, now);
	if (duplicateKey && !original) remember(state, duplicateKey, stored.sequence, now);
	return { status: "accepted", ...stored };
}

/** The items that were not seen before, unless all of them are wanted. */
function takeInLate(
	state: SequencerState,
	integrationId: string,
	{ sender: _, items, size, ...shared }: BatchArrival,
	now: number,
	again: boolean,
): Made {
	const kept = items.map((item) => {
		const { body, lane, duplicateKey, name, occurredAt, masked, sealed } = keptHere(state, { ...shared, ...item });
		return { body, lane, duplicateKey, name, occurredAt, ...(masked && { masked }), ...(sealed && { sealed }) };
	});
	const repeats = kept.map(({ duplicateKey }) => duplicateKey && firstOf(state.sql, duplicateKey.key, now));
	const [first] = repeats;
	if (!again && first && repeats.every((original) => original !== null)) return repeated(integrationId, first.sequence);
	if (!hasRoom(state, 0, items.length)) return OVERLOADED;
	const { path, query, headers } = keptHere(state, { ...shared, body: new ArrayBuffer(0), lane: null, duplicateKey: null });
	const wanted = again ? kept.map((item, at) => (repeats[at] ? { ...item, duplicateKey: null } : item)) : kept;
	const batch = { ...shared, path, query, headers, size, items: wanted };
	const sequence = state.last + 1;
	takeInBatch(state, integrationId, batch, now);
	return { status: "accepted", eventId: eventId(integrationId, sequence), sequence };
}

const OVERLOADED = { status: "overloaded", retryAfterSeconds: OVERLOADED_RETRY_SECONDS } as const satisfies Made;

const repeated = (integrationId: string, sequence: number): Made => ({
	status: "duplicate",
	eventId: eventId(integrationId, sequence),
	sequence,
});
