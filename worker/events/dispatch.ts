import { SLOTS } from "./backlog";
import { slotsToCall } from "./leases";
import type { WakeUp } from "./protocol";
import type { SequencerState } from "./state";

/** Slots that may be at work at once: no more than executions may. */
export function usableSlots(concurrency: number): number {
	return Math.min(SLOTS, Math.max(1, concurrency));
}

/** Wake-up calls that are due now; the slots count as called from `now` (epoch ms) on. */
export function callSlots(state: SequencerState, region: string, overdue: boolean, from: number, now: number): WakeUp[] {
	const { settings } = state;
	if (settings === null) return [];
	const usable = usableSlots(settings.ordering.concurrency);
	const calls = slotsToCall(state.slots, state.backlog, { usable, paused: state.paused, overdue, from, now });
	return calls.map((index) => {
		const slot = state.slots[index];
		if (slot) slot.calledAt = now;
		return { integrationId: settings.integrationId, slot: index, region };
	});
}

/** Whether something could be handed to an Executor that none has been called for. */
export function hasUncalledWork(state: SequencerState): boolean {
	const { backlog, paused } = state;
	if (backlog.manual > 0) return true;
	return !paused && (backlog.unordered > 0 || state.slots.some((_, index) => backlog.readyLanes(index) > 0));
}
