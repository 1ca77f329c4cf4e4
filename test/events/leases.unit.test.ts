import { describe, expect, it } from "vitest";
import { type Demand, makeSlots, type Slot, slotsToCall, WAKE_UP_LOST_MS } from "../../worker/events/leases";

const NOW = 1_000_000;
const demand = (partial: Partial<Demand> = {}): Demand => ({ ready: 0, manual: 0, ...partial });
const slots = (...states: ("asleep" | "called" | "leased" | "called long ago" | "lingering")[]): Slot[] =>
	makeSlots().map((slot, index) => {
		const state = states[index] ?? "asleep";
		if (state === "leased") return { ...slot, lease: { token: "t", until: NOW + 1, entries: new Map() } };
		if (state === "lingering") return { ...slot, lingering: true };
		if (state === "called") return { ...slot, calledAt: NOW - 1 };
		if (state === "called long ago") return { ...slot, calledAt: NOW - WAKE_UP_LOST_MS };
		return slot;
	});
const calls = (from: Slot[], of: Demand, options: Partial<Parameters<typeof slotsToCall>[2]> = {}): number[] =>
	slotsToCall(from, of, { usable: 8, paused: false, overdue: false, from: 0, now: NOW, ...options });

describe("wake-up calls", () => {
	it.each([
		["nobody when nothing waits", slots(), demand(), {}, []],
		["one slot for a few events", slots(), demand({ ready: 5 }), {}, [0]],
		["more slots as they pile up", slots(), demand({ ready: 70 }), {}, [0, 1, 2]],
		["a lingering slot before a sleeping one", slots("asleep", "asleep", "lingering"), demand({ ready: 5 }), {}, [2]],
		["nobody else while a call is on its way", slots("called"), demand({ ready: 5 }), {}, []],
		["nobody else while a busy slot will settle soon", slots("leased"), demand({ ready: 5 }), {}, []],
		["one more when that takes too long", slots("leased"), demand({ ready: 5 }), { overdue: true }, [1]],
		["again where a call was lost", slots("called long ago"), demand({ ready: 5 }), {}, [0]],
		["no slot that is leased already", slots("leased"), demand({ ready: 70 }), {}, [1, 2, 3]],
		["no more than may be at work at once", slots("leased"), demand({ ready: 500 }), { usable: 2 }, [1]],
		["in turn", slots(), demand({ ready: 5 }), { from: 3 }, [3]],
		["nobody while paused", slots(), demand({ ready: 500 }), { paused: true }, []],
		["one for a manual run while paused", slots(), demand({ ready: 500, manual: 1 }), { paused: true }, [0]],
	] as const)("go to %s", (_name, from, of, options, expected) => {
		expect(calls(from as Slot[], of, options)).toEqual(expected);
	});
});
