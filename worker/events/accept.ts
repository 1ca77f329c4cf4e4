import { eventId } from "../ids";
import { WHOLE_INTEGRATION } from "../integrations/ordering-key";
import type { SequencerSettings } from "../integrations/settings";
import type { AcceptAnswer, Arrival, EndpointSettings, EventSource } from "./protocol";
import { insertEvent } from "./rows";
import type { SequencerState } from "./state";

/** Seconds after which a sender may try again what a full integration turned away. */
export const OVERLOADED_RETRY_SECONDS = 30;

/** What an isolate needs to judge a request before the object is called. */
export function endpointSettings(settings: SequencerSettings): EndpointSettings {
	return {
		revision: settings.revision,
		webhook: settings.webhook,
		orderingMode: settings.ordering.mode,
		orderingKey: settings.ordering.key,
	};
}

/** Whether the URL of this generation is live: webhook on, not rotated away, grace not over. `now` in epoch ms. */
export function isLive(settings: SequencerSettings, generation: number, now: number): boolean {
	if (!settings.webhook.supported || !settings.webhook.enabled) return false;
	return settings.generations.some((known) => known.generation === generation && (known.expiresAt === null || known.expiresAt > now));
}

/**
 * Decides on a delivery that the Worker found in order by the settings of `revision`.
 * @returns null where it is to be stored
 */
export function judge(
	state: SequencerState,
	generation: number,
	revision: number,
	now: number,
): Exclude<AcceptAnswer, { status: "accepted" }> | null {
	const verdict = judgeEndpoint(state, generation, revision, now);
	if (verdict !== null) return verdict;
	return hasRoom(state) ? null : { status: "overloaded", retryAfterSeconds: OVERLOADED_RETRY_SECONDS };
}

/** Whether the URL is live and was judged by the newest settings; null where both are so. */
export function judgeEndpoint(
	{ settings }: SequencerState,
	generation: number,
	revision: number,
	now: number,
): Extract<AcceptAnswer, { status: "unknown" | "stale" }> | null {
	if (settings === null || !isLive(settings, generation, now)) return { status: "unknown" };
	return revision === settings.revision ? null : { status: "stale", settings: endpointSettings(settings) };
}

/** Whether one more event may wait and be kept, by the quotas of its workspace. */
export function hasRoom(state: SequencerState): boolean {
	const limits = state.settings?.limits;
	return limits !== undefined && state.pending < limits.pendingEvents && state.counts.bytes < limits.keptBytes;
}

/** Stores an event under the next number: one row. The caller's answer leaves only when it is on disk (output gate). */
export function store(
	state: SequencerState,
	integrationId: string,
	source: EventSource,
	arrival: Arrival,
	now: number,
): { eventId: string; sequence: number } {
	const sequence = state.last + 1;
	const id = eventId(integrationId, sequence);
	insertEvent(state.sql, sequence, source, now, arrival);
	state.remember({ id, sequence, source, receivedAt: now, ...arrival });
	state.admit({ sequence, number: 1, size: arrival.body.byteLength, lane: arrival.lane, manual: source === "manual", begun: false }, now);
	if (source !== "webhook") {
		state.counts.bySource[source]++;
		state.saveCounts(0);
	}
	return { eventId: id, sequence };
}

/** The lane of an event that no sender brought; in key mode it has no key and runs unordered. */
export function laneWithoutKey(settings: SequencerSettings): string | null {
	return settings.ordering.mode === "integration" ? WHOLE_INTEGRATION : null;
}

/** An event that no sender brought, with a body that is JSON already. */
export function jsonArrival(body: ArrayBuffer, lane: string | null): Arrival {
	return { method: "POST", path: "/", query: "", headers: [["content-type", "application/json"]], body, lane, hops: 0 };
}
