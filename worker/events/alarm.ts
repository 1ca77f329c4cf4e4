import { pass } from "../faults";
import type { Entry } from "./backlog";
import { lapse } from "./claims";
import { hasUncalledWork } from "./dispatch";
import { WAKE_UP_LOST_MS } from "./leases";
import type { SequencerState } from "./state";
import { tick } from "./ticks";

/**
 * The one alarm: the earliest moment at which something is due by itself. Everything that waits is in here; what is
 * not is waited for by somebody else, who calls.
 *
 * @param extra further due times (epoch ms): statistics to send, sockets to close
 * @param now epoch ms
 * @returns epoch ms, or null where nothing is due
 */
export function nextAlarm(state: SequencerState, extra: readonly (number | null)[], now: number): number | null {
	const due: number[] = [];
	for (const { lease, calledAt } of state.slots) {
		if (lease) due.push(lease.until);
		else if (calledAt !== null) due.push(calledAt + WAKE_UP_LOST_MS);
	}
	if (hasUncalledWork(state)) due.push(now + WAKE_UP_LOST_MS);
	if (!state.paused && state.nextDue !== null) due.push(state.nextDue);
	if (state.schedule.nextRunAt !== null) due.push(state.schedule.nextRunAt);
	for (const time of extra) if (time !== null) due.push(time);
	return due.length === 0 ? null : due.reduce((earliest, time) => Math.min(earliest, time));
}

/**
 * Does what is due by itself: lapsed leases, retries, the schedule.
 * @param dismiss is told of slots whose Executor lost its lease
 * @returns whether the schedule made an event
 */
export function doDue(state: SequencerState, now: number, dismiss: (slot: number) => void): boolean {
	for (const [index, slot] of state.slots.entries()) {
		if (!slot.lease || slot.lease.until > now) continue;
		dismiss(index);
		lapse(state, index, now);
	}
	wakeWaiting(state, now);
	if (FAULTS) pass("alarm.middle");
	const made = tick(state, now);
	if (state.settings) state.saveSettledThrough();
	return made;
}

/** Waiting executions whose time has come are queued again, in front. While paused they go on waiting. */
export function wakeWaiting(state: SequencerState, now: number): number {
	if (state.paused || state.nextDue === null || state.nextDue > now) return 0;
	const due: [number, Entry][] = [];
	state.nextDue = null;
	for (const [key, { entry, dueAt }] of state.waiting) {
		if (dueAt <= now) due.push([key, entry]);
		else state.nextDue = Math.min(state.nextDue ?? dueAt, dueAt);
	}
	// Each goes in front of the line, so the newest first.
	for (const [key, entry] of due.sort(([a], [b]) => b - a)) {
		state.waiting.delete(key);
		state.giveBack(entry);
	}
	return due.length;
}
