import { describe, expect, it } from "vitest";
import { Backlog, type Entry } from "../../worker/events/backlog";

const entry = (sequence: number, partial: Partial<Entry> = {}): Entry => ({
	sequence,
	number: 1,
	size: 100,
	lane: null,
	manual: false,
	begun: false,
	...partial,
});
const sequences = (entries: Entry[]): number[] => entries.map(({ sequence }) => sequence);
const ALL = 1_000;
const ROOMY = 1_000_000;

describe("the backlog", () => {
	it("gives events without a lane in the order of their numbers, any number at a time", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2, 3]) backlog.add(entry(sequence));
		expect(sequences(backlog.take(2, ROOMY, false))).toEqual([1, 2]);
		expect(sequences(backlog.take(ALL, ROOMY, false))).toEqual([3]);
		expect(backlog.size).toBe(0);
	});

	it("gives a run of a lane's events, and the next when each of them has let the lane go", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2, 3, 4, 5]) backlog.add(entry(sequence, { lane: "A" }));
		expect(sequences(backlog.take(ALL, ROOMY, false, 3))).toEqual([1, 2, 3]);
		for (const _ of [1, 2]) backlog.release("A");
		expect(backlog.take(ALL, ROOMY, false, 3)).toEqual([]);
		backlog.release("A");
		expect(sequences(backlog.take(ALL, ROOMY, false, 3))).toEqual([4, 5]);
	});

	it("gives each lane a shorter run where many wait for their turn", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 3, 5, 7]) backlog.add(entry(sequence, { lane: "A" }));
		for (const sequence of [2, 4, 6]) backlog.add(entry(sequence, { lane: "B" }));
		expect(sequences(backlog.take(4, ROOMY, false, 64))).toEqual([1, 3, 2, 4]);
	});

	it("ends a run where its bytes do not fit any more", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2, 3]) backlog.add(entry(sequence, { lane: "A", size: 400 }));
		expect(sequences(backlog.take(ALL, 1_000, false, 64))).toEqual([1, 2]);
	});

	it("gives one event of a lane at a time, and the next when the lane is released", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2]) backlog.add(entry(sequence, { lane: "A" }));
		expect(sequences(backlog.take(ALL, ROOMY, false))).toEqual([1]);
		expect(backlog.take(ALL, ROOMY, false)).toEqual([]);
		backlog.release("A");
		expect(sequences(backlog.take(ALL, ROOMY, false))).toEqual([2]);
	});

	it("lets other lanes run while one is held", () => {
		const backlog = new Backlog();
		const lanes = Array.from({ length: 50 }, (_, index) => `lane ${index}`);
		for (const [index, lane] of lanes.entries()) backlog.add(entry(index + 1, { lane }));
		backlog.hold(lanes[0] ?? null);
		const given = backlog.take(ALL, ROOMY, false);
		expect(given.map(({ lane }) => lane).sort()).toEqual(lanes.slice(1).sort());
	});

	it("puts a returned event in front of its lane", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2]) backlog.add(entry(sequence, { lane: "A" }));
		const [first] = backlog.take(1, ROOMY, false);
		if (first) backlog.add(first, "first");
		backlog.release("A");
		expect(sequences(backlog.take(1, ROOMY, false))).toEqual([1]);
	});

	it("gives nothing but manual runs while paused", () => {
		const backlog = new Backlog();
		backlog.add(entry(1));
		backlog.add(entry(2, { lane: "A" }));
		backlog.add(entry(3, { manual: true }));
		expect(sequences(backlog.take(ALL, ROOMY, true))).toEqual([3]);
		expect(sequences(backlog.take(ALL, ROOMY, false))).toEqual([2, 1]);
	});

	it("bounds what it gives by bytes, but always gives one", () => {
		const backlog = new Backlog();
		for (const sequence of [1, 2, 3]) backlog.add(entry(sequence, { size: 600 }));
		expect(sequences(backlog.take(ALL, 1_000, false))).toEqual([1]);
		expect(sequences(backlog.take(ALL, 1_200, false))).toEqual([2, 3]);
		backlog.add(entry(4, { size: 5_000 }));
		expect(sequences(backlog.take(ALL, 1_000, false))).toEqual([4]);
	});

	it("gives the next lane when the events of the one in front were taken out", () => {
		const backlog = new Backlog();
		const [a, b] = ["lane A", "lane B"];
		backlog.add(entry(1, { lane: a }));
		backlog.add(entry(2, { lane: b }));
		expect(backlog.remove(1, 1)?.sequence).toBe(1);
		expect(sequences(backlog.take(ALL, ROOMY, false))).toEqual([2]);
	});

	it("knows the lowest event that waits for its first execution", () => {
		const backlog = new Backlog();
		expect(backlog.lowest()).toBeNull();
		backlog.add(entry(1, { number: 2 }));
		backlog.add(entry(7));
		backlog.add(entry(5, { lane: "A" }));
		expect(backlog.lowest()).toBe(5);
	});
});
