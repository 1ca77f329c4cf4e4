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

/** Losses after which an execution fails. */
const INTERRUPTIONS_MAX = 8;
/** Losses after which it runs by itself, so that what brings a runtime down is told from what only stood beside it. */
const ALONE_AFTER = 2;

/** Takes back what an Executor left without a word: in front of its line, unless it was cancelled or lost too often. `now` in epoch ms. */
export function takeBack(state: SequencerState, entry: Entry, now: number): void {
	const key = executionKey(entry.sequence, entry.number);
	const count = (state.interruptions.get(key) ?? 0) + 1;
	if (state.cancelled.has(key)) finish(state, entry, "cancelled", null, now);
	else if (count >= INTERRUPTIONS_MAX) finish(state, entry, "failed", interrupted(count), now);
	else {
		noteInterruption(state, key, count);
		state.giveBack(entry);
	}
}

/** As many of these, from the first on, as may be handed over together. */
export function handedTogether(state: SequencerState, entries: readonly Entry[]): number {
	if (state.interruptions.size === 0) return entries.length;
	const alone = entries.findIndex(({ sequence, number }) => (state.interruptions.get(executionKey(sequence, number)) ?? 0) >= ALONE_AFTER);
	return alone < 0 ? entries.length : Math.max(1, alone);
}

function interrupted(count: number): ErrorRecord {
	const message = `The runtime stopped ${count} times while this ran, so it is not tried again by itself. Look for an expression or a body that needs too much memory.`;
	return { code: "interrupted", message };
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
