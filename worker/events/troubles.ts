import type { SequencerState } from "./state";

/** What goes against an execution under way: its Executor was lost, or a person cancelled it. Few rows, kept in memory as well. */

export function noteInterruption(state: SequencerState, key: number, count: number): void {
	state.interruptions.set(key, count);
	state.sql.exec("INSERT OR REPLACE INTO interruptions (key, count) VALUES (?, ?)", key, count);
}

/** Its Executor was heard of it: losses are counted anew. */
export function forgetInterruptions(state: SequencerState, key: number): void {
	if (state.interruptions.delete(key)) state.sql.exec("DELETE FROM interruptions WHERE key = ?", key);
}

/** Forgets the troubles of an execution that has ended. */
export function forgetTroubles(state: SequencerState, key: number): void {
	forgetInterruptions(state, key);
	if (state.cancelled.delete(key)) state.sql.exec("DELETE FROM cancellations WHERE key = ?", key);
}

/** Notes that a person cancelled what an Executor runs. */
export function noteCancelled(state: SequencerState, key: number): void {
	state.cancelled.add(key);
	state.sql.exec("INSERT OR IGNORE INTO cancellations (key) VALUES (?)", key);
}

/** Reads both after a restart. */
export function loadTroubles(state: SequencerState): void {
	for (const { key, count } of state.sql.exec<{ key: number; count: number }>("SELECT key, count FROM interruptions"))
		state.interruptions.set(key, count);
	for (const { key } of state.sql.exec<{ key: number }>("SELECT key FROM cancellations")) state.cancelled.add(key);
}
