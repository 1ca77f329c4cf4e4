import { describe, expect, it } from "vitest";
import { KeyShelves } from "../../worker/executions/key-shelf.ts";

const KEEP = 3_600_000;
const bytes = (length = 4) => new ArrayBuffer(length);

describe("keys that were fetched", () => {
	it("are used as long as they may be, and what could not be had is asked for again soon", () => {
		const shelves = new KeyShelves();
		const key = bytes();
		shelves.put("int_1", "key", key, KEEP, 0);
		shelves.put("int_1", "missing", null, KEEP, 0);
		expect([shelves.find("int_1", "key", KEEP - 1), shelves.find("int_1", "key", KEEP)]).toEqual([key, undefined]);
		expect([shelves.find("int_1", "missing", 9_999), shelves.find("int_1", "missing", 10_000)]).toEqual([null, undefined]);
	});

	it("belong to one integration, and are not pushed out by another's", () => {
		const shelves = new KeyShelves();
		shelves.put("int_1", "key", bytes(), KEEP, 0);
		expect(shelves.find("int_2", "key", 0)).toBeUndefined();
		for (let n = 0; n < 1_000; n++) shelves.put("int_2", `key ${n}`, bytes(), KEEP, 0);
		expect(shelves.find("int_1", "key", 0)).toBeDefined();
	});

	it("are not pushed out by names that lead to nothing", () => {
		const shelves = new KeyShelves();
		shelves.put("int_1", "key", bytes(), KEEP, 0);
		for (let n = 0; n < 1_000; n++) shelves.put("int_1", `forged ${n}`, null, KEEP, 0);
		expect(shelves.find("int_1", "key", 0)).toBeDefined();
		expect(shelves.find("int_1", "forged 0", 0)).toBeUndefined();
	});

	it("take a bounded room, of which the oldest integration's is given up first", () => {
		const shelves = new KeyShelves();
		const big = 64 * 1024;
		for (let n = 0; n < 200; n++) shelves.put(`int_${n}`, "key", bytes(big), KEEP, 0);
		const kept = Array.from({ length: 200 }, (_, n) => shelves.find(`int_${n}`, "key", 0)).filter((key) => key !== undefined);
		expect(kept.length).toBe((8 * 1024 * 1024) / big);
		expect(shelves.find("int_0", "key", 0)).toBeUndefined();
		expect(shelves.find("int_199", "key", 0)).toBeDefined();
		for (let n = 0; n < 2_000; n++) shelves.put(`other_${n}`, "key", bytes(), KEEP, 0);
		expect(shelves.find("other_999", "key", 0)).toBeUndefined();
		expect(shelves.find("other_1000", "key", 0)).toBeDefined();
	});
});

describe("a key that is being fetched", () => {
	it("is waited for until it is there, and no longer than a fetch may take", () => {
		const shelves = new KeyShelves();
		const fetching = { ended: Promise.resolve(), until: 3_000 };
		shelves.begin("int_1", "key", fetching, 0);
		expect([shelves.underway("int_1", "key", 2_999), shelves.underway("int_1", "key", 3_000)]).toEqual([fetching, null]);
		expect([shelves.underway("int_1", "other", 0), shelves.underway("int_2", "key", 0)]).toEqual([null, null]);
		shelves.put("int_1", "key", bytes(), KEEP, 1_000);
		expect(shelves.underway("int_1", "key", 1_000)).toBeNull();
	});
});

describe("keys that nothing was verified with", () => {
	it("may be tried ten times a minute, which takes nothing from those that something was", () => {
		const shelves = new KeyShelves();
		const tried = (now: number) => Array.from({ length: 12 }, () => shelves.mayFetch("int_1", false, now)).filter(Boolean).length;
		expect([tried(60_000), tried(119_999), tried(120_000)]).toEqual([10, 0, 10]);
		expect(shelves.mayFetch("int_1", true, 120_000)).toBe(true);
		expect(shelves.mayFetch("int_2", false, 120_000)).toBe(true);
	});
});
