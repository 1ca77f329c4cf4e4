import type { Entry } from "./backlog";
import { SLOTS } from "./backlog";

/** How long a token holds unless it is renewed. An Executor that died is replaced within this time. */
export const LEASE_MS = FAULTS ? 2_000 : 20_000;

/** After this long without a claim a wake-up call counts as lost and is sent again. */
export const WAKE_UP_LOST_MS = FAULTS ? 500 : 5_000;

export interface Lease {
	token: string;
	/** Epoch milliseconds, by the Sequencer's clock. */
	until: number;
	/** By key (sequence and number). */
	entries: Map<number, Entry>;
}

/** One slot: asleep, called (a wake-up is on its way), lingering (its Executor asks on) or leased. */
export interface Slot {
	lease: Lease | null;
	calledAt: number | null;
	/** Its Executor can take more and has asked for it: work reaches it without the queue. */
	lingering: boolean;
}

export function makeSlots(): Slot[] {
	return Array.from({ length: SLOTS }, () => ({ lease: null, calledAt: null, lingering: false }));
}

/** What `slotsToCall` needs to know of the backlog. */
export interface Demand {
	ready: number;
	manual: number;
}

/** Waiting events for which one more Executor is called while others are at work. */
const READY_PER_SLOT = 32;

/**
 * Which slots to call. What can be taken wakes one slot at first, and more as it piles up, since few Executors with full
 * batches do more than many with small ones. Any slot may take any lane: the order is kept by who is handed what.
 *
 * @param usable slots that may be at work at once: the integration's concurrency bounds it
 * @param overdue something has waited longer than a settle should take: call one more slot
 * @param from slot to begin with, so that all take their turn
 */
export function slotsToCall(
	slots: readonly Slot[],
	demand: Demand,
	{ usable, paused, overdue, from, now }: { usable: number; paused: boolean; overdue: boolean; from: number; now: number },
): number[] {
	const asleep = (slot: Slot): boolean => slot.lease === null && (slot.calledAt === null || now - slot.calledAt >= WAKE_UP_LOST_MS);
	const callable = (slot: Slot): boolean => slot.lingering || asleep(slot);
	const inTurn = slots.map((_, index) => (from + index) % slots.length);
	const busy = slots.filter((slot) => slot.lease !== null).length;
	const coming = slots.filter((slot) => slot.lease === null && !asleep(slot)).length;
	let free = usable - busy - coming;
	const calls = new Set<number>();
	const call = (index: number): void => {
		calls.add(index);
		if (slots[index]?.lease === null) free--;
	};
	const allowed = (index: number): boolean => {
		const slot = slots[index];
		return slot !== undefined && callable(slot) && !calls.has(index) && (free > 0 || slot.lease !== null);
	};
	const anySlot = (paused ? 0 : demand.ready) + demand.manual;
	let wanted = anySlot > 0 ? Math.ceil(anySlot / READY_PER_SLOT) - coming : 0;
	const lingering = inTurn.filter((index) => slots[index]?.lingering);
	if (busy > lingering.length && anySlot < READY_PER_SLOT && !overdue) wanted = 0; // one at work will settle soon
	for (const index of [...lingering, ...inTurn]) {
		if (wanted <= 0) break;
		if (!allowed(index)) continue;
		call(index);
		wanted--;
	}
	return [...calls];
}
