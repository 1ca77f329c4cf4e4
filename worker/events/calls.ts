import { hasRoom, jsonArrival, store } from "./accept";
import { firstOf, rememberKey } from "./delivery-rows";
import type { Call, CallAnswer } from "./protocol/call";
import type { Headers } from "./protocol/delivery";
import type { EventSource } from "./protocol/statuses";
import type { EventDetail } from "./protocol/views";
import { keptHere } from "./sealed";
import type { SequencerState } from "./state";

/** Events that other integrations of the workspace make by a call. */

/** Names the execution that calls. Only a call carries it in: a sender's header of this name stands in a webhook's event. */
const CALLED_BY = "inlet-called-by";
/** Longer than a caller tries. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** Makes an event of a call; of one that was made before, the answer of then. `now` in epoch ms. */
export function takeCall(state: SequencerState, call: Call, now: number): CallAnswer {
	if (state.settings === null) return { status: "unknown" };
	const key = `${CALLED_BY} ${call.from}`;
	const before = firstOf(state.sql, key, now);
	if (before) return { status: "accepted", sequence: before.sequence };
	if (!hasRoom(state)) return { status: "overloaded" };
	const arrival = jsonArrival(state.settings, call.body, [[CALLED_BY, call.from]]);
	const { sequence } = store(state, state.settings.integrationId, "call", keptHere(state, { ...arrival, hops: call.hops }), now);
	rememberKey(state.sql, key, "", sequence, now + REMEMBERED_MS);
	return { status: "accepted", sequence };
}

/** Who made this event by a call; null for all others. */
export function calledBy(source: EventSource, headers: Headers): EventDetail["calledBy"] {
	const executionId = source === "call" ? headers.find(([name]) => name === CALLED_BY)?.[1] : undefined;
	return executionId === undefined ? null : { integrationId: `int_${executionId.slice(4, 20)}`, executionId };
}
