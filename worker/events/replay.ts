import { executionId, executionOf, eventId as makeEventId, sequenceOf } from "../ids";
import { keySource } from "../integrations/key-source";
import { laneOf } from "../integrations/lane";
import { withBody } from "./accept";
import type { Entry } from "./backlog";
import { readChunks, writeChunks } from "./chunks";
import { end } from "./ending";
import { freshEntries, readEvent } from "./event-rows";
import { latestNumber, putExecution, readExecution, readSteps } from "./execution-rows";
import { unblockLane } from "./lane-rows";
import type { CancelAnswer, ReplayAnswer, ReplayRequest } from "./protocol/commands";
import type { Arrival } from "./protocol/delivery";
import type { EndedStatus, ExecutionStatus } from "./protocol/statuses";
import { executionKey, NUMBERS } from "./schema";
import { keptHere, writeSealed } from "./sealed";
import type { SequencerState } from "./state";
import { noteCancelled } from "./troubles";

/** What a person does with an event after it came: run it once more, or stop it. */

const isEnded = (status: ExecutionStatus): status is EndedStatus => ["succeeded", "failed", "filtered", "cancelled"].includes(status);

/**
 * Queues another execution of an event whose latest one has ended. From the failed step, finished steps keep their
 * outputs and Idempotency-Keys; from the start, or with another body, everything runs anew under new ones.
 */
export function replay(state: SequencerState, integrationId: string, eventId: string, request: ReplayRequest): ReplayAnswer {
	const sequence = sequenceOf(integrationId, eventId);
	const entry = sequence === null ? null : entryOf(state, sequence);
	if (sequence === null || entry === null) return { status: "not_found" };
	const latest = latestNumber(state.sql, sequence);
	const before = readExecution(state.sql, sequence, latest);
	if (before === null || !isEnded(before.status) || latest + 1 >= NUMBERS) return { status: "not_ended" };

	const edited = request.body ? editedEvent(state, sequence, request.body) : null;
	if (request.body && edited === null) return { status: "not_found" };
	const number = latest + 1;
	const key = executionKey(sequence, number);
	const resume = request.from === "failedStep" && request.body === undefined;
	const steps = resume ? readSteps(state.sql, before.key).filter((step) => step.status === "succeeded") : [];
	const original = readExecution(state.sql, sequence, 1)?.version ?? null;
	const blocked = unblockLane(state.sql, before.key);
	// A payload that was edited may belong to another lane; the event that blocks its lane stays in it, and goes first.
	const lane = edited && blocked === null ? edited.lane : entry.lane;
	const place = lane === null || blocked !== null ? null : state.placeOfReplay();
	putExecution(
		state.sql,
		{
			key,
			status: "queued",
			version: request.version === "original" ? original : null,
			edition: resume ? before.edition : before.edition + 1,
			startedAt: null,
			endedAt: null,
			dueAt: null,
			place,
			lane,
			error: null,
		},
		steps,
	);
	// Going on from an edited replay goes on with the body that it was given.
	const body = edited ? new Uint8Array(edited.body) : resume ? readChunks(state.sql, "replay", before.key) : null;
	if (body) writeChunks(state.sql, "replay", key, body);
	if (edited?.sealed) writeSealed(state, key, edited.sealed);
	state.counts.ended[before.status]--;
	state.saveCounts(0);

	const again: Entry = { ...entry, lane, size: body?.byteLength ?? entry.size, number, begun: true };
	if (blocked === null) state.enqueue(again, place ?? 0);
	else state.giveBack(again);
	return {
		status: "queued",
		executionId: executionId(integrationId, sequence, number),
		eventId: makeEventId(integrationId, sequence),
		sequence,
	};
}

/** The event with a body that a person gave, as it is kept; where something of it is masked, with the full one sealed. */
function editedEvent(state: SequencerState, sequence: number, body: ArrayBuffer): Arrival | null {
	const event = readEvent(state.sql, sequence, "");
	if (event === null || state.settings === null) return null;
	const edited = withBody(event, body);
	const lane = laneOf(state.settings.ordering, keySource(edited));
	return keptHere(state, { ...edited, lane, duplicateKey: null });
}

/** Ends what waits at once; asks the Executor of what runs to stop, at its next call. `now` in epoch ms. */
export function cancel(state: SequencerState, integrationId: string, id: string, now: number): CancelAnswer {
	const named = executionOf(integrationId, id);
	if (named === null) return { status: "not_found" };
	const key = executionKey(named.sequence, named.number);
	const row = readExecution(state.sql, named.sequence, named.number);
	if (row && isEnded(row.status)) return { status: "ended" };
	if (state.slots.some(({ lease }) => lease?.entries.has(key))) {
		noteCancelled(state, key);
		return { status: "cancelling" };
	}
	const entry =
		state.waiting.get(key)?.entry ??
		state.remove(named.sequence, named.number) ??
		parked(state, named.sequence, named.number) ??
		onDisk(state, named.sequence, named.number);
	if (entry === null) return { status: "not_found" };
	const waited = state.waiting.delete(key);
	putExecution(
		state.sql,
		{
			key,
			status: "cancelled",
			version: row?.version ?? null,
			edition: row?.edition ?? 1,
			startedAt: row?.startedAt ?? null,
			endedAt: now,
			dueAt: null,
			error: null,
		},
		row ? undefined : [],
	);
	// Only an entry that held its lane lets it go on.
	end(state, waited ? entry : { ...entry, lane: null, beside: null }, "cancelled", now);
	state.saveCounts(1);
	return { status: "cancelled" };
}

function entryOf(state: SequencerState, sequence: number): Entry | null {
	const row = state.sql
		.exec<{ size: number; lane: string | null; source: string }>("SELECT size, lane, source FROM events WHERE sequence = ?", sequence)
		.toArray()[0];
	return row ? { sequence, number: 1, size: row.size, lane: row.lane, manual: row.source === "manual", begun: false } : null;
}

/** An entry that its lane has parked, taken out. */
function parked(state: SequencerState, sequence: number, number: number): Entry | null {
	const entry = entryOf(state, sequence);
	if (!entry?.lane || !state.unparkOne(entry.lane, executionKey(sequence, number))) return null;
	return { ...entry, number, begun: number > 1 };
}

/** An event beyond the window that memory holds: its new row keeps it from being loaded. */
function onDisk(state: SequencerState, sequence: number, number: number): Entry | null {
	if (number !== 1) return null;
	const entry = freshEntries(state.sql, sequence - 1, 1).entries[0];
	return entry?.sequence === sequence ? entry : null;
}
