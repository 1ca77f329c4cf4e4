import type { Entry } from "./backlog";
import { end } from "./ending";
import { putExecution, readExecution } from "./execution-rows";
import type { ErrorRecord } from "./protocol/journal";
import { executionKey } from "./schema";
import type { SequencerState } from "./state";
import { noteInterruption } from "./troubles";

/**
 * Executions whose Executor was lost under them. Mostly the machine is to blame, and they run again; but one that brings
 * the runtime down each time it runs must come to an end, and take no other with it meanwhile.
 */

/** Losses in a row, with no word of this execution between two, after which it fails. */
const INTERRUPTIONS_MAX = 5;
/** Losses after which it runs by itself, so that what brings a runtime down is told from what only stood beside it. */
const ALONE_AFTER = 2;
/**
 * From then on it waits before it runs again, each time five times as long: whoever shares the runtime can work meanwhile,
 * and a few restarts of the machine in short order are not blamed on it.
 */
const PAUSE_MS = FAULTS ? 10 : 2_000;
const PAUSE_FACTOR = 5;

/**
 * Takes back what an Executor left without a word: in front of its line, after a pause where it was not the first time,
 * unless it was cancelled or lost too often.
 * @param begun whether it may have run; what stood behind another of its lane is not to blame, and keeps its place
 * @param now epoch ms
 */
export function takeBack(state: SequencerState, entry: Entry, begun: boolean, now: number): void {
	const key = executionKey(entry.sequence, entry.number);
	const count = (state.interruptions.get(key) ?? 0) + 1;
	if (state.cancelled.has(key)) finish(state, entry, "cancelled", null, now);
	else if (!begun) state.giveBack(entry);
	else if (count >= INTERRUPTIONS_MAX) finish(state, entry, "failed", interrupted(count), now);
	else {
		noteInterruption(state, key, count);
		if (count < ALONE_AFTER) state.giveBack(entry);
		else pause(state, entry, count, now);
	}
}

function pause(state: SequencerState, entry: Entry, count: number, now: number): void {
	// Two that were lost together do not come together again, so that one of them is not taken for the other.
	const apart = 1 + (entry.sequence % 10) / 10;
	const dueAt = now + Math.round(PAUSE_MS * PAUSE_FACTOR ** (count - ALONE_AFTER) * apart);
	const row = readExecution(state.sql, entry.sequence, entry.number);
	const message = `Its Executor stopped ${count} times while running this; it is tried again after a pause.`;
	putExecution(
		state.sql,
		{
			key: executionKey(entry.sequence, entry.number),
			status: "waiting",
			version: row?.version ?? null,
			edition: row?.edition ?? 1,
			startedAt: row?.startedAt ?? null,
			endedAt: null,
			dueAt,
			error: JSON.stringify({ code: "waiting", message }),
		},
		row ? undefined : [],
	);
	entry.begun = true;
	state.wait(entry, dueAt);
}

/** Of what an Executor held, the first of each lane, and all that are of none. */
export function firstOfLanes(entries: readonly Entry[]): Set<Entry> {
	const lanes = new Map<string, Entry>();
	const first = new Set<Entry>();
	for (const entry of entries) {
		const known = entry.lane === null ? undefined : lanes.get(entry.lane);
		if (known && executionKey(known.sequence, known.number) < executionKey(entry.sequence, entry.number)) continue;
		if (known) first.delete(known);
		if (entry.lane !== null) lanes.set(entry.lane, entry);
		first.add(entry);
	}
	return first;
}

/** As many of these, from the first on, as may be handed over together. */
export function handedTogether(state: SequencerState, entries: readonly Entry[]): number {
	if (state.interruptions.size === 0) return entries.length;
	const alone = entries.findIndex(({ sequence, number }) => (state.interruptions.get(executionKey(sequence, number)) ?? 0) >= ALONE_AFTER);
	return alone < 0 ? entries.length : Math.max(1, alone);
}

function interrupted(count: number): ErrorRecord {
	const message = `Its Executor stopped ${count} times while running this, so it is not tried again by itself. Look for an expression or a body that takes too much time or memory.`;
	return { code: "executor_stopped", message };
}

function finish(state: SequencerState, entry: Entry, status: "cancelled" | "failed", error: ErrorRecord | null, now: number): void {
	const key = executionKey(entry.sequence, entry.number);
	const row = readExecution(state.sql, entry.sequence, entry.number);
	const edition = row?.edition ?? 1;
	const before = { version: row?.version ?? null, edition, startedAt: row?.startedAt ?? null };
	putExecution(
		state.sql,
		{ key, status, ...before, endedAt: now, dueAt: null, error: error && JSON.stringify(error) },
		row ? undefined : [],
	);
	end(state, entry, status, now);
	state.saveCounts(1);
}
