import { describe, expect, it } from "vitest";
import { simulate, spreadByLoad } from "./model.mjs";
import { gaps, lost, orderViolations } from "./order.mjs";
import { bucketOf, slotOf } from "./shard.mjs";

/** Lanes with pending events, retries among them, move from one object to four while senders go on. */
const moved = (protocol: "handover" | "without hold" | "naive", seed: number, messageMs = 50) =>
	simulate({
		seed,
		rate: 300,
		keys: 300,
		skew: 0.8,
		retryShare: 0.03,
		seconds: 6,
		messageMs,
		reshard: { atSecond: 4, shards: 4, protocol },
	});

describe("lanes that move to other objects with events pending", () => {
	it("keep their order by the handover, lose nothing and leave no gap, however late messages are", () => {
		for (let seed = 1; seed <= 8; seed++) {
			for (const messageMs of [1, 50, 800]) {
				const { history, redirected, heldLanes } = moved("handover", seed, messageMs);
				expect(redirected).toBeGreaterThan(0);
				expect(heldLanes).toBeGreaterThan(0);
				expect(orderViolations(history)).toEqual([]);
				expect(lost(history)).toEqual([]);
				expect(gaps(history)).toBe(0);
			}
		}
	});

	it("come out of order where the map is only exchanged, and the check sees it", () => {
		expect(orderViolations(moved("naive", 1).history).length).toBeGreaterThan(0);
	});

	it("come out of order where the new object does not wait for what is pending at the old one", () => {
		expect(orderViolations(moved("without hold", 1).history).length).toBeGreaterThan(0);
	});
});

describe("the simulation", () => {
	it("says the same again for the same seed, and something else for another", () => {
		expect(moved("handover", 7)).toEqual(moved("handover", 7));
		expect(moved("handover", 7).history.length).not.toBe(moved("handover", 8).history.length);
	});

	it("takes more in over more objects, until one key alone is too much", () => {
		const accepted = [1, 2, 4].map((shards) => simulate({ shards, seconds: 6 }).acceptedRate);
		expect(accepted[0]).toBeLessThan(500);
		expect(accepted[1]).toBeGreaterThan((accepted[0] ?? 0) * 1.8);
		expect(accepted[2]).toBeGreaterThan(1_350);
		const skewed = simulate({ shards: 16, skew: 1.2, seconds: 6, owners: spreadByLoad(16, 10_000, 1.2) });
		expect(skewed.hottestShare).toBeGreaterThan(0.19);
		expect(skewed.longestLane).toBeGreaterThan(1_000);
	});

	it("lays buckets by bits that do not follow the Executor slot", () => {
		const lanes = Array.from({ length: 5_000 }, (_, n) => `["SKU-${n}"]`);
		expect(new Set(lanes.map(bucketOf)).size).toBe(256);
		const ofOneObject = lanes.filter((lane) => bucketOf(lane) % 8 === 0);
		expect(new Set(ofOneObject.map(slotOf)).size).toBe(8);
	});
});

describe("the checks", () => {
	const event = (sequence: number, acceptedAt: number, startedAt: number, endedAt: number | null, lane = "a", shard = 0) => ({
		lane,
		shard,
		sequence,
		acceptedAt,
		startedAt,
		endedAt,
	});

	it("find an event that started before the one ahead of it in its lane had ended, on whatever object", () => {
		expect(orderViolations([event(1, 0, 1, 10), event(1, 5, 9, 12, "a", 1)])).toHaveLength(1);
		expect(orderViolations([event(1, 0, 1, 10), event(1, 5, 10, 12, "a", 1)])).toHaveLength(0);
		expect(orderViolations([event(1, 0, 1, 10), event(2, 5, 9, 12, "b")])).toHaveLength(0);
	});

	it("find one that passed an event which never ended", () => {
		expect(orderViolations([event(1, 0, 1, null), event(2, 5, 100, 120)])).toHaveLength(1);
		expect(lost([event(1, 0, 1, null), event(2, 5, 100, 120)])).toHaveLength(1);
	});

	it("find a number that was left out or given twice", () => {
		expect(gaps([event(1, 0, 1, 2), event(3, 3, 4, 5)])).toBe(1);
		expect(gaps([event(1, 0, 1, 2), event(1, 3, 4, 5)])).toBe(1);
		expect(gaps([event(1, 0, 1, 2), event(1, 3, 4, 5, "b", 1)])).toBe(0);
	});
});
