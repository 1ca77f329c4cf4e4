import { describe, expect, it } from "vitest";
import { takeInBatch } from "../../worker/events/batches";
import { bytesAfter, readEvent } from "../../worker/events/event-rows";
import { keepDelivery } from "../../worker/events/keep";
import type { BatchArrival, Headers } from "../../worker/events/protocol/delivery";
import { readingOf } from "../../worker/events/reading";
import { Upkeep } from "../../worker/events/upkeep";
import { listDeliveries } from "../../worker/history/deliveries";
import { getEvent, listEvents } from "../../worker/history/events";
import { searchEvents } from "../../worker/history/search";
import { eventId } from "../../worker/ids";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";
import { givenArrival } from "../given/settings";

const HEADERS: Headers = [
	["content-type", "application/json"],
	["x-shop", "lisbon"],
];
const PATH = "/orders";
const QUERY = "?from=shop";

class Shop extends Desk {
	readonly upkeep = new Upkeep();

	batch(texts: readonly string[], given: Partial<BatchArrival> = {}): void {
		const { method, hops } = givenArrival();
		const items = texts.map((text) => ({ ...givenArrival({ text }) })).map(({ body }) => ({ body, lane: null, duplicateKey: null }));
		takeInBatch(this.state, INTEGRATION, { method, hops, path: PATH, query: QUERY, headers: HEADERS, items, size: 10, ...given }, this.now);
	}

	/** Ends the next `count` executions. */
	end(count: number): void {
		for (let slot = 0, left = count; left > 0 && slot < 8; slot++) {
			const lease = this.claim(slot, { events: left, knownVersions: [1] });
			if (lease === null) continue;
			left -= lease.executions.length;
			this.settle(
				slot,
				lease.token,
				lease.executions.map((execution) => settlement(execution, { status: "succeeded" }, this.now)),
			);
		}
	}

	follow(ms: number): void {
		const until = this.now + ms;
		for (let due = this.upkeep.dueAt(this.state, this.now); due !== null && due <= until; due = this.upkeep.dueAt(this.state, this.now)) {
			this.now = Math.max(this.now, due);
			this.upkeep.run(this.state, this.now);
		}
		this.now = until;
	}

	event(sequence: number) {
		const reading = readingOf(this.state);
		return reading && getEvent(this.sql, reading, eventId(INTEGRATION, sequence));
	}

	count(table: string): number {
		return this.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
	}
}

const DAYS_31 = 31 * 24 * 3_600_000;

describe("events that came in one delivery", () => {
	it("have their path, query and headers, which are kept once", () => {
		const shop = new Shop();
		shop.batch(["1", "2", "3"]);
		expect(shop.count("heads")).toBe(1);
		expect(shop.sql.exec("SELECT path, query, headers FROM events WHERE sequence = 3").one()).toEqual({ path: "", query: "", headers: "" });
		for (const sequence of [1, 2, 3]) {
			expect(shop.event(sequence)).toMatchObject({ path: PATH, query: QUERY, headers: HEADERS, contentType: "application/json" });
			expect(readEvent(shop.sql, sequence, "")).toMatchObject({ path: PATH, query: QUERY, headers: HEADERS });
		}
		shop.restart();
		expect(shop.claim(0)?.executions.map(({ event }) => [event.path, event.query, event.headers])).toEqual(
			Array(3).fill([PATH, QUERY, HEADERS]),
		);
	});

	it("keep them when retention has deleted the first, in lists, search and a replay, until the last has gone", () => {
		const shop = new Shop();
		shop.batch(["1", "2", "3"]);
		shop.accept({ path: "/other" });
		shop.end(2);
		shop.follow(DAYS_31);
		shop.restart();
		expect(shop.sql.exec("SELECT sequence FROM events ORDER BY sequence").toArray()).toEqual([{ sequence: 3 }, { sequence: 4 }]);
		expect(shop.event(3)).toMatchObject({ path: PATH, query: QUERY, headers: HEADERS });
		const reading = readingOf(shop.state);
		if (!reading) throw new Error("no reading");
		expect(listEvents(shop.sql, reading, {})?.items.map(({ path }) => path)).toEqual(["/other", PATH]);
		expect(searchEvents(shop.sql, reading, { field: "event.headers.x-shop", value: "lisbon" })?.items).toMatchObject([{ sequence: 3 }]);
		shop.end(2);
		shop.replay(eventId(INTEGRATION, 3));
		expect(shop.claim(0)?.executions[0]?.event).toMatchObject({ path: PATH, query: QUERY, headers: HEADERS });
		shop.lapse(0);
		shop.end(1);
		shop.follow(DAYS_31);
		expect([shop.count("events"), shop.count("heads"), shop.state.counts.bytes]).toEqual([0, 0, 0]);
	});

	it("show the path of their delivery", () => {
		const shop = new Shop();
		shop.batch(["1", "2"]);
		const reading = readingOf(shop.state);
		expect(reading && listDeliveries(shop.sql, reading, {})?.items).toMatchObject([{ path: PATH, sequence: 1, batch: { events: 2 } }]);
	});

	it("are found by a word of their address, each of them", () => {
		const shop = new Shop();
		shop.batch(["1", "2", "3"]);
		shop.follow(10_000);
		const reading = readingOf(shop.state);
		const found = reading && searchEvents(shop.sql, reading, { q: "orders" });
		expect(found?.items.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
	});
});

describe("what is kept is counted whole", () => {
	const big: Headers = [["x-fill", "z".repeat(10_000)]];

	it("so that retention by size sees headers and queries", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 100_000 } });
		for (let n = 0; n < 30; n++) shop.accept({ text: "{}", headers: big });
		shop.end(30);
		shop.follow(600_000);
		expect(shop.count("events")).toBe(9);
		expect(shop.state.counts.bytes).toBe(bytesAfter(shop.sql, 0));
		expect(shop.state.counts.bytes).toBeLessThanOrEqual(100_000);
	});

	it("so that retention by size takes no more batches than it must", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 100_000 } });
		for (let n = 0; n < 30; n++) shop.batch(["1", "2"], { headers: big });
		shop.end(60);
		shop.follow(600_000);
		expect(shop.state.counts.bytes).toBe(bytesAfter(shop.sql, 0));
		expect(shop.state.counts.bytes).toBeLessThanOrEqual(100_000);
		expect(shop.state.counts.bytes).toBeGreaterThan(85_000);
		expect(shop.count("heads")).toBe(9);
	});

	it("and comes to the same in memory and in the rows, whatever happened", () => {
		let seed = 7;
		const random = (below: number): number => {
			seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
			return seed % below;
		};
		for (let round = 0; round < 20; round++) {
			const shop = new Shop({ retention: { days: 30, bytes: 5_000 + random(60_000) } });
			for (let step = 0; step < 60; step++) {
				const headers: Headers = [["x-fill", "é€😀z".repeat(random(300))]];
				switch (random(6)) {
					case 0:
						shop.accept({ headers, query: `?q=${"y".repeat(random(100))}`, text: "x".repeat(random(2_000)) });
						break;
					case 1:
						shop.batch(Array(1 + random(8)).fill('"item"'), { headers });
						break;
					case 2:
						shop.accept({ headers, lane: `["${random(3)}"]`, text: "{}" }, "manual");
						break;
					case 3:
						shop.end(random(12));
						break;
					case 4:
						shop.follow(random(3) * 60_000);
						break;
					default:
						if (random(3) === 0) shop.restart();
						break;
				}
				expect(shop.state.counts.bytes, `round ${round}, step ${step}`).toBe(bytesAfter(shop.sql, 0));
			}
			shop.end(1_000);
			shop.follow(DAYS_31);
			shop.follow(DAYS_31);
			expect([shop.count("heads"), shop.state.counts.bytes]).toEqual([0, bytesAfter(shop.sql, 0)]);
		}
	});

	it("so that the bound of refused deliveries holds for their headers", () => {
		const shop = new Shop();
		const row = { status: "rejected", reason: "signature_invalid", httpStatus: 401, sequence: null, method: "POST", path: "/" } as const;
		for (let n = 0; n < 900; n++)
			keepDelivery(
				shop.state,
				{ ...row, query: "", headers: [["x-fill", "z".repeat(16_000)]], size: 2, body: new ArrayBuffer(2) },
				shop.now,
			);
		const kept = shop.count("deliveries");
		expect(kept).toBeGreaterThan(600);
		expect(kept * 16_000).toBeLessThan(10 * 1024 * 1024);
	});
});
