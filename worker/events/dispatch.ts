import { SLOTS } from "./backlog";
import { slotsToCall } from "./leases";
import type { SequencerState } from "./state";

/** Slots that may be at work at once: no more than executions may. */
export function usableSlots(concurrency: number): number {
	return Math.min(SLOTS, Math.max(1, concurrency));
}

/**
 * Slots to call now: those whose Executor lingers are answered, the others are sent a wake-up. All count as called from
 * `now` (epoch ms) on.
 */
export function callSlots(state: SequencerState, overdue: boolean, from: number, now: number): { lingering: number[]; asleep: number[] } {
	const calls: { lingering: number[]; asleep: number[] } = { lingering: [], asleep: [] };
	if (state.settings === null || state.backlog.size === 0 || state.starts?.available(now) === 0) return calls;
	const usable = usableSlots(state.settings.ordering.concurrency);
	for (const index of slotsToCall(state.slots, state.backlog, { usable, paused: state.paused, overdue, from, now })) {
		const slot = state.slots[index];
		if (!slot) continue;
		slot.calledAt = now;
		calls[slot.lingering ? "lingering" : "asleep"].push(index);
	}
	return calls;
}

/** Whether something could be handed to an Executor that none has been called for. */
export function hasUncalledWork(state: SequencerState): boolean {
	const { backlog, paused } = state;
	if (backlog.manual > 0) return true;
	return !paused && backlog.ready > 0;
}
