import { describe, expect, it } from "vitest";
import { readChunks } from "../../worker/events/chunks";
import { dueCalls, failureCallOf, recordAnswers } from "../../worker/events/failure-calls";
import type { Outcome } from "../../worker/events/protocol/lease";
import { executionKey } from "../../worker/events/schema";
import { reschedule, tick } from "../../worker/events/ticks";
import { Upkeep } from "../../worker/events/upkeep";
import { eventId, executionId } from "../../worker/ids";
import { orderingSchema, scheduleSchema } from "../../worker/integrations/settings";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAILED: Outcome = { status: "failed", error: { code: "refused", message: "The shop refused it." } };
const BLOCKING = orderingSchema.parse({ mode: "key", key: "event.body.sku", onFailure: "block" });

/** A desk with the upkeep that its object would do at its alarms. */
class Shop extends Desk {
	upkeep = new Upkeep();

	/** Accepts events and lets them end at once. */
	ran(count: number, outcome: Outcome = { status: "succeeded" }, given: Parameters<Desk["accept"]>[0] = {}): void {
		for (let n = 0; n < count; n++) this.accept(given);
		this.end(outcome);
	}

	/** Ends whatever can be claimed, by Executors that hold nothing. */
	end(outcome: Outcome = { status: "succeeded" }): void {
		for (const [slot, { lease: held }] of this.state.slots.entries()) {
			if (held) continue;
			for (let lease = this.claim(slot); lease; lease = this.claim(slot)) {
				this.settle(
					slot,
					lease.token,
					lease.executions.map((execution) => settlement(execution, outcome, this.now)),
				);
			}
		}
	}

	/** Follows the alarm until `until` (epoch ms). @returns how often it did something */
	follow(until: number): number {
		let slices = 0;
		for (let due = this.upkeep.dueAt(this.state, this.now); due !== null && due <= until; due = this.upkeep.dueAt(this.state, this.now)) {
			this.now = Math.max(this.now, due);
			this.upkeep.run(this.state, this.now);
			if (++slices > 100_000) throw new Error("the upkeep does not come to rest");
		}
		this.now = until;
		return slices;
	}

	get kept(): number[] {
		return this.sql
			.exec<{ sequence: number }>("SELECT sequence FROM events ORDER BY sequence")
			.toArray()
			.map((row) => row.sequence);
	}

	count(table: string): number {
		return this.sql.exec<{ count: number }>(`SELECT COUNT(*) AS count FROM ${table}`).one().count;
	}
}

describe("retention by age", () => {
	it("deletes ended events after 30 days with all that belongs to them, and no younger ones", () => {
		const shop = new Shop();
		shop.ran(3);
		shop.follow(shop.now + 20 * DAY_MS);
		shop.ran(2);
		expect(shop.kept).toEqual([1, 2, 3, 4, 5]);
		shop.follow(shop.now + 11 * DAY_MS);
		expect(shop.kept).toEqual([4, 5]);
		expect(shop.count("executions")).toBe(2);
	});

	it("never changes a count, and lets the kept bytes fall", () => {
		const shop = new Shop();
		shop.ran(4, FAILED, { text: '{"n":1}' });
		const before = shop.ledger;
		expect(shop.state.counts.bytes).toBe(4 * (7 + 294));
		shop.follow(shop.now + 31 * DAY_MS);
		expect(shop.kept).toEqual([]);
		expect(shop.ledger).toEqual(before);
		expect(shop.ledger).toMatchObject({ balanced: true, lastSequence: 4, events: { failed: 4 } });
		expect(shop.state.counts.bytes).toBe(0);
	});

	it("gives no number twice, also where a restart finds no event at all", () => {
		const shop = new Shop();
		shop.ran(5);
		shop.follow(shop.now + 31 * DAY_MS);
		shop.restart();
		expect(shop.state.last).toBe(5);
		expect(shop.ledger).toMatchObject({ balanced: true, lastSequence: 5, events: { succeeded: 5, pending: 0 } });
		expect(shop.accept()).toBe(6);
		shop.restart();
		expect(shop.ledger).toMatchObject({ balanced: true, lastSequence: 6, events: { pending: 1 } });
		shop.end();
		expect(shop.ledger).toMatchObject({ balanced: true, events: { succeeded: 6, pending: 0 } });
	});

	it("keeps what has not ended, however old, and deletes it when it has", () => {
		const shop = new Shop();
		shop.accept();
		const lease = shop.claim(0);
		shop.ran(2);
		shop.accept();
		shop.follow(shop.now + 31 * DAY_MS);
		expect(shop.kept).toEqual([1, 4]);
		const execution = lease?.executions[0];
		if (lease && execution) shop.settle(0, lease.token, [settlement(execution, { status: "waiting", delayMs: DAY_MS, reason: "later" })]);
		shop.follow(shop.now + 2 * HOUR_MS);
		expect(shop.kept).toEqual([1, 4]);
		shop.now += DAY_MS;
		shop.wake();
		shop.end();
		shop.follow(shop.now + 2 * HOUR_MS);
		expect(shop.kept).toEqual([]);
		expect(shop.ledger).toMatchObject({ balanced: true, events: { succeeded: 4, pending: 0 } });
	});

	it("keeps a failure until the integration that runs then was told of it, and what became of that as long as the event", () => {
		const onFailure = { integrationId: "int_fedcba9876543210", origin: "https://inlet.example" };
		const shop = new Shop({ retention: { days: 1, bytes: 1e9 }, onFailure });
		shop.ran(2, FAILED);
		shop.follow(shop.now + 3 * DAY_MS);
		expect(shop.kept).toEqual([1, 2]);
		const due = dueCalls(shop.state, shop.now);
		expect(due?.calls.map(({ from }) => from)).toEqual([1, 2].map((sequence) => executionId(INTEGRATION, sequence, 1)));
		if (due) recordAnswers(shop.state, due, [{ status: "accepted", sequence: 7 }, { status: "overloaded" }], shop.now);
		expect(failureCallOf(shop.sql, executionKey(1, 1))).toMatchObject({
			status: "delivered",
			eventId: eventId(onFailure.integrationId, 7),
		});
		shop.follow(shop.now + DAY_MS);
		expect(shop.kept).toEqual([2]);
		expect(shop.count("failure_calls")).toBe(1);
	});

	it("gives a call up that found no room for a week, and tells so", () => {
		const shop = new Shop({ onFailure: { integrationId: "int_fedcba9876543210", origin: "" } });
		shop.ran(1, FAILED);
		const refused = (): string | undefined => {
			const due = dueCalls(shop.state, shop.now);
			if (due) recordAnswers(shop.state, due, null, shop.now);
			return failureCallOf(shop.sql, executionKey(1, 1))?.status;
		};
		expect(refused()).toBe("due");
		expect(shop.state.callsDueAt).toBeGreaterThan(shop.now);
		shop.now += 6 * DAY_MS;
		expect(refused()).toBe("due");
		shop.restart();
		shop.now += 2 * DAY_MS;
		expect(refused()).toBe("given_up");
		expect(shop.state.callsDueAt).toBeNull();
	});

	it("keeps an event that blocks its lane until somebody skips it", () => {
		const shop = new Shop({ ordering: BLOCKING });
		shop.ran(1, FAILED, { lane: '["A"]' });
		shop.ran(1, FAILED);
		shop.accept({ lane: '["A"]' });
		shop.follow(shop.now + 31 * DAY_MS);
		expect(shop.kept).toEqual([1, 3]);
		shop.skip('["A"]');
		shop.end();
		shop.follow(shop.now + 2 * HOUR_MS);
		expect(shop.kept).toEqual([]);
		expect(shop.ledger).toMatchObject({ balanced: true, events: { failed: 2, succeeded: 1 } });
	});

	it("keeps an event whose replay waits, and its edited body", () => {
		const shop = new Shop();
		shop.ran(1);
		shop.follow(shop.now + 29 * DAY_MS);
		shop.replay(eventId(INTEGRATION, 1), "start", '{"edited":true}');
		shop.follow(shop.now + 3 * DAY_MS);
		expect(shop.kept).toEqual([1]);
		shop.end();
		shop.follow(shop.now + DAY_MS);
		expect(shop.kept).toEqual([]);
		expect(shop.count("executions") + shop.count("chunks")).toBe(0);
	});

	it("does not keep a schedule from its next run whose last one has gone", () => {
		const monthly = scheduleSchema.parse({ enabled: true, kind: "cron", cron: "0 0 1 * *" });
		const shop = new Shop({ schedule: monthly, retention: { days: 3, bytes: 1e9 } });
		reschedule(shop.state, true, shop.now);
		for (let month = 1; month <= 3; month++) {
			shop.follow(shop.state.schedule.nextRunAt ?? 0);
			expect(tick(shop.state, shop.now)).toBe(true);
			expect(shop.state.last).toBe(month);
			shop.end();
		}
		expect(shop.kept).toEqual([3]);
		expect(shop.state.schedule.skipped).toBe(0);
	});

	it("deletes bodies and journals that are kept in pieces", () => {
		const shop = new Shop();
		const big = JSON.stringify({ text: "x".repeat(1_500_000) });
		shop.accept({ text: big });
		const lease = shop.claim(0);
		const execution = lease?.executions[0];
		if (!lease || !execution) throw new Error("nothing claimed");
		execution.steps = [{ path: "map", id: "map", type: "map", status: "succeeded", attempts: [], output: big }];
		shop.settle(0, lease.token, [settlement(execution, { status: "succeeded" }, shop.now)]);
		shop.ran(1);
		expect(readChunks(shop.sql, "event", 1)?.length).toBe(big.length);
		shop.follow(shop.now + 31 * DAY_MS);
		expect([shop.count("events"), shop.count("chunks"), shop.state.counts.bytes]).toEqual([0, 0, 0]);
	});

	it("follows the setting at once when it becomes shorter", () => {
		const shop = new Shop();
		shop.ran(2);
		shop.follow(shop.now + 5 * DAY_MS);
		const { settings } = shop.state;
		if (settings) shop.save({ ...settings, retention: { days: 3, bytes: 1e9 } });
		shop.follow(shop.now + 1_000);
		expect(shop.kept).toEqual([]);
	});

	it("has nothing to do where nothing is due", () => {
		const empty = new Shop();
		expect(empty.upkeep.dueAt(empty.state, empty.now)).toBeNull();
		const shop = new Shop();
		shop.ran(10);
		shop.follow(shop.now + 60_000);
		expect(shop.follow(shop.now + 29 * DAY_MS)).toBe(0);
	});
});

describe("retention by size", () => {
	const text = JSON.stringify({ text: "x".repeat(695) }); // with its head and its row 1,000 bytes

	it("deletes the oldest ended events until the bytes are as many as may be", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 10_000 } });
		shop.ran(25, { status: "succeeded" }, { text });
		shop.follow(shop.now + 60_000);
		expect(shop.kept).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
		expect(shop.state.counts.bytes).toBe(10_000);
		shop.ran(3, { status: "succeeded" }, { text });
		shop.follow(shop.now + 120_000);
		expect(shop.kept[0]).toBe(19);
		expect(shop.ledger).toMatchObject({ balanced: true, lastSequence: 28 });
	});

	it("deletes behind old events that have to stay", () => {
		const shop = new Shop({ ordering: BLOCKING, retention: { days: 30, bytes: 10_000 } });
		shop.ran(1, FAILED, { text, lane: '["A"]' });
		for (let n = 0; n < 3; n++) shop.accept({ text, lane: '["A"]' });
		shop.ran(1_500, { status: "succeeded" }, { text });
		shop.follow(shop.now + 60_000);
		expect(shop.state.counts.bytes).toBe(9_020); // a lane takes five more
		expect(shop.kept).toEqual([1, 2, 3, 4, 1500, 1501, 1502, 1503, 1504]);
	});

	it("goes in slices that are small, with pauses in between", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 0 } });
		shop.ran(1_000, { status: "succeeded" }, { text });
		shop.follow(shop.now + 10_000);
		shop.now += 60_000;
		shop.ran(1_000, { status: "succeeded" }, { text });
		const before = shop.kept.length;
		shop.upkeep.run(shop.state, shop.now);
		expect(before - shop.kept.length).toBeLessThanOrEqual(200);
		expect(shop.upkeep.dueAt(shop.state, shop.now)).toBeGreaterThan(shop.now);
		shop.follow(shop.now + 10_000);
		expect(shop.kept).toEqual([]);
	});

	it("counts the bytes of big bodies in a slice", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 0 } });
		const big = JSON.stringify({ text: "x".repeat(1_500_000) });
		for (let n = 0; n < 8; n++) shop.ran(1, { status: "succeeded" }, { text: big });
		shop.upkeep.run(shop.state, shop.now + 1);
		expect(shop.kept).toEqual([4, 5, 6, 7, 8]);
	});

	it("rests where nothing can be deleted", () => {
		const shop = new Shop({ retention: { days: 30, bytes: 0 } });
		for (let n = 0; n < 1_000; n++) shop.accept({ text });
		shop.follow(shop.now + 10_000);
		expect(shop.kept.length).toBe(1_000);
		expect(shop.follow(shop.now + 600_000)).toBeLessThan(50);
	});
});
