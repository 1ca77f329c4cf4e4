import { senderOf } from "../connectors/senders";
import { pass } from "../faults";
import { eventId } from "../ids";
import { isJson, mediaType } from "../integrations/charset";
import { keySource } from "../integrations/key-source";
import { laneOf } from "../integrations/lane";
import { factsOf, mayComeAgain } from "../integrations/sender-facts";
import type { SequencerSettings } from "../integrations/settings";
import { firstOf, rememberKey } from "./delivery-rows";
import { insertEvent } from "./event-rows";
import { keepDelivery } from "./keep";
import type { AcceptAnswer, Arrival, DuplicateKey, EndpointSettings, HandshakeNote, Headers, Rejection } from "./protocol/delivery";
import type { EventSource } from "./protocol/statuses";
import { insertMasked } from "./sealed";
import type { SequencerState } from "./state";

/** Seconds after which a sender may try again what a full integration turned away. */
export const OVERLOADED_RETRY_SECONDS = 30;

/** What an isolate needs to judge a request before the object is called. */
export function endpointSettings(settings: SequencerSettings): EndpointSettings {
	return {
		revision: settings.revision,
		webhook: settings.webhook,
		ordering: { mode: settings.ordering.mode, key: settings.ordering.key },
		workspaceId: settings.workspaceId,
		signing: settings.signing ?? null,
		origin: settings.origin ?? "",
	};
}

/** Whether the URL of this generation is live: webhook on, not rotated away, grace not over. `now` in epoch ms. */
export function isLive(settings: SequencerSettings, generation: number, now: number): boolean {
	if (!settings.webhook.supported || !settings.webhook.enabled) return false;
	return settings.generations.some((known) => known.generation === generation && (known.expiresAt === null || known.expiresAt > now));
}

/**
 * Decides on a delivery that the Worker found in order by the settings of `revision`.
 * @param arriving deliveries that were let in and are not stored yet
 * @param count events that it holds
 * @param newFit whether what of it is new finds room: a repetition needs none. Asked only where there is none for all of it
 * @returns null where it is to be stored
 */
export function judge(
	state: SequencerState,
	generation: number,
	revision: number,
	now: number,
	arriving = 0,
	count = 1,
	newFit: () => boolean = () => false,
): Extract<AcceptAnswer, { status: "unknown" | "stale" | "rate_limited" | "overloaded" }> | null {
	const verdict = judgeEndpoint(state, generation, revision, now, count);
	if (verdict !== null) return verdict;
	return hasRoom(state, arriving, count) || newFit() ? null : { status: "overloaded", retryAfterSeconds: OVERLOADED_RETRY_SECONDS };
}

/**
 * Whether the URL is live, was judged by the newest settings, and is not called too often; null where all is well.
 * @param kind what it is: each has the endpoint's rate for itself
 */
export function judgeEndpoint(
	state: SequencerState,
	generation: number,
	revision: number,
	now: number,
	count = 1,
	kind: "arrivals" | "refusals" | "questions" = "arrivals",
): Extract<AcceptAnswer, { status: "unknown" | "stale" | "rate_limited" }> | null {
	const { settings, [kind]: rate } = state;
	if (settings === null || !isLive(settings, generation, now)) return { status: "unknown" };
	if (revision !== settings.revision) return { status: "stale", settings: endpointSettings(settings) };
	if (rate === null) return null;
	if (rate.available(now) <= 0) return { status: "rate_limited", retryAfterSeconds: Math.ceil(rate.waitMs(now) / 1000) };
	rate.take(count); // a batch may take more than is there: what comes next waits the longer
	return null;
}

/** Whether `count` more events may wait and be kept. */
export const hasRoom = (state: SequencerState, arriving = 0, count = 1): boolean => arriving + count <= roomLeft(state);

/** How many more events may wait and be kept, by the integration's own bound and the quotas of its workspace; 0 or less where none may. */
export function roomLeft({ settings, pending, counts }: SequencerState): number {
	if (settings === null || counts.bytes >= settings.limits.keptBytes) return 0;
	return Math.min(settings.limits.pendingEvents, settings.webhook.pendingMax ?? Number.POSITIVE_INFINITY) - pending;
}

/** Whether a delivery finds room, or needs none since it came before. */
export function fits(state: SequencerState, arrival: Arrival, now: number): boolean {
	const { duplicateKey } = arrival;
	return hasRoom(state) || (duplicateKey !== null && originalOf(state, arrival, duplicateKey, now) !== null);
}

/**
 * Stores a delivery as an event, unless it came before: then the original's id is the answer, and the repetition is kept
 * as a delivery, with its body only where that differs.
 * @returns the answer, and the number of the kept delivery of a duplicate
 */
export function takeIn(
	state: SequencerState,
	integrationId: string,
	arrival: Arrival,
	now: number,
): { answer: Extract<AcceptAnswer, { status: "accepted" | "duplicate" }>; delivery: number | null } {
	const { duplicateKey } = arrival;
	const original = duplicateKey && originalOf(state, arrival, duplicateKey, now);
	if (!original) {
		const stored = store(state, integrationId, "webhook", arrival, now);
		if (duplicateKey) remember(state, duplicateKey, stored.sequence, now);
		return { answer: { status: "accepted", ...stored }, delivery: null };
	}
	const conflict = original.bodyHash !== duplicateKey.bodyHash;
	const { method, path, query, headers, body, masked } = arrival;
	const delivery = keepDelivery(
		state,
		{
			status: "duplicate",
			reason: conflict ? "conflict" : null,
			httpStatus: 200,
			sequence: original.sequence,
			method,
			path,
			query,
			headers,
			size: body.byteLength,
			body: conflict ? body : null,
			detail: masked && { masked },
		},
		now,
	);
	state.counts.duplicate++;
	state.saveCounts(0);
	const { sequence } = original;
	return { answer: { status: "duplicate", eventId: eventId(integrationId, sequence), sequence }, delivery };
}

/** What comes under this key is a duplicate of the event from now on. */
export function remember({ sql }: SequencerState, { key, also, bodyHash, windowMs }: DuplicateKey, sequence: number, now: number): void {
	rememberKey(sql, key, bodyHash, sequence, now + windowMs);
	if (also !== undefined) rememberKey(sql, also, bodyHash, sequence, now + windowMs);
}

/** The delivery that this one repeats: by its id, or by what its sender signed where the id is not. */
export function originalOf(
	{ sql }: SequencerState,
	arrival: Arrival,
	{ key, also }: DuplicateKey,
	now: number,
): ReturnType<typeof firstOf> {
	const first = firstOf(sql, key, now);
	if (first !== null || also === undefined) return first;
	const same = firstOf(sql, also, now);
	const fresh = same && senderOf(arrival.sender ?? "none")?.freshBody;
	return fresh && mayComeAgain(fresh, keySource(arrival)) ? null : same;
}

/** Keeps a delivery that was turned down. @returns its number */
export function turnDown(state: SequencerState, rejection: Rejection, now: number): number {
	const { code, httpStatus, method, path, query, headers, size, body, detail } = rejection;
	state.counts.rejected++;
	state.saveCounts(0);
	return keepDelivery(
		state,
		{ status: "rejected", reason: code, httpStatus, sequence: null, method, path, query, headers, size, body, detail },
		now,
	);
}

/** Keeps a handshake that was answered, without its body. @returns its number */
export function noteHandshake(state: SequencerState, { show, ...request }: HandshakeNote, now: number): number {
	state.counts.handshake = (state.counts.handshake ?? 0) + 1;
	state.saveCounts(0);
	return keepDelivery(
		state,
		{ status: "handshake", reason: null, httpStatus: 200, sequence: null, ...request, body: null, detail: show ? { show } : undefined },
		now,
	);
}

/**
 * Stores an event under the next number: one row. The caller's answer leaves only when it is on disk (output gate).
 * @param beside the lane that a run by hand passes while the integration is paused
 * @param head `shared` where the caller keeps it once for several events
 */
export function store(
	state: SequencerState,
	integrationId: string,
	source: EventSource,
	arrival: Arrival,
	now: number,
	{ beside = null, head = "own" }: { beside?: string | null; head?: "own" | "shared" } = {},
): { eventId: string; sequence: number } {
	const sequence = state.last + 1;
	const id = eventId(integrationId, sequence);
	if (FAULTS) pass("accept.before_insert");
	const bytes = insertEvent(state.sql, sequence, source, now, arrival, head);
	insertMasked(state, sequence, arrival);
	if (FAULTS) pass("accept.after_insert");
	const { method, path, query, headers, body, lane, hops, sender = null, name = null, occurredAt = null } = arrival;
	const event = { id, sequence, source, receivedAt: now, method, path, query, headers, body, lane, hops, sender, name, occurredAt };
	state.remember(event, bytes);
	state.admit({ sequence, number: 1, size: body.byteLength, lane, manual: source === "manual", begun: false, beside }, now, bytes);
	if (source !== "webhook") {
		state.counts.bySource[source]++;
		state.saveCounts(0);
	}
	return { eventId: id, sequence };
}

/** An event that no sender brought, with a body that is JSON unless its headers say otherwise; its lane is looked up as a sender's would be. */
export function jsonArrival(settings: SequencerSettings, body: ArrayBuffer, headers: Headers = []): Arrival {
	const declared = headers.some(([name]) => name === "content-type") ? headers : [...JSON_HEADERS, ...headers];
	const parts = { method: "POST", path: "/", query: "", headers: declared, body };
	return { ...parts, lane: laneOf(settings.ordering, keySource(parts)), duplicateKey: null, hops: 0 };
}

/** An event that a person typed, named as the chosen sender would name it. Nobody has proved to have sent it. */
export function typedArrival(settings: SequencerSettings, body: ArrayBuffer, headers: Headers, now: number): Arrival {
	const arrival = jsonArrival(settings, body, headers);
	return { ...arrival, ...factsOf(senderOf(settings.webhook.verification.scheme), keySource(arrival), now) };
}

/** The event with a body that a person gave in place of its own: JSON, whatever that was. */
export function withBody<E extends { headers: Headers; body: ArrayBuffer }>(event: E, body: ArrayBuffer): E {
	const isJsonAlready = event.headers.some(([name, value]) => name === "content-type" && isJson(mediaType(value)));
	const headers = isJsonAlready ? event.headers : [...JSON_HEADERS, ...event.headers.filter(([name]) => name !== "content-type")];
	return { ...event, headers, body };
}

const JSON_HEADERS: Headers = [["content-type", "application/json"]];
