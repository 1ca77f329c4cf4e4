import { describe, expect, it } from "vitest";
import { readExecution } from "../../worker/events/execution-rows";
import type { Lease, SettleAnswer } from "../../worker/events/protocol/lease";
import { eventId } from "../../worker/ids";
import { orderingSchema } from "../../worker/integrations/settings";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";
import { givenSettings } from "../given/settings";

const sequences = (lease: Lease | null): number[] => lease?.executions.map(({ event }) => event.sequence) ?? [];
const held = (lease: Lease | null): Lease => {
	if (lease === null) throw new Error("nothing was claimed");
	return lease;
};
const asLease = (answer: SettleAnswer): Lease => {
	if (answer.status === "lost") throw new Error("the token is lost");
	return answer;
};
const first = (lease: Lease) => {
	const [execution] = lease.executions;
	if (!execution) throw new Error("the lease is empty");
	return execution;
};
const FAILED = { status: "failed", error: { code: "http_status", message: "500" } } as const;

describe("claims and leases", () => {
	it("know when the last one came, across a restart", () => {
		const desk = new Desk();
		expect(desk.state.lastReceivedAt).toBeNull();
		desk.accept();
		desk.now += 60_000;
		desk.accept();
		const last = desk.now;
		desk.now += 60_000;
		desk.restart();
		expect(desk.state.lastReceivedAt).toBe(last);
	});

	it("number events without gaps, across a restart", () => {
		const desk = new Desk();
		expect([desk.accept(), desk.accept()]).toEqual([1, 2]);
		desk.restart();
		expect(desk.accept()).toBe(3);
	});

	it("hand an event to one Executor only", () => {
		const desk = new Desk();
		desk.accept();
		expect(sequences(desk.claim(0))).toEqual([1]);
		expect(desk.claim(1)).toBeNull();
	});

	it("hand what an Executor held to the one that took its place, and answer the first with lost", () => {
		const desk = new Desk();
		desk.accept();
		const before = held(desk.claim(0));
		const after = held(desk.claim(0));
		expect(sequences(after)).toEqual([1]);
		expect(desk.renew(0, before.token)).toEqual({ status: "lost" });
		expect(desk.renew(0, after.token).status).toBe("renewed");
	});

	it("keep what an Executor holds while the Sequencer restarts, and settle it under the old token", () => {
		const desk = new Desk();
		desk.accept();
		const lease = held(desk.claim(0));
		desk.restart();
		expect(desk.claim(1)).toBeNull();
		expect(desk.settle(0, lease.token, [settlement(first(lease), { status: "succeeded" })]).status).toBe("settled");
		expect(desk.ledger).toMatchObject({ events: { succeeded: 1, pending: 0 }, balanced: true });
	});

	it("answer an Executor whose lease lapsed with lost, and settle nothing of its own", () => {
		const desk = new Desk();
		desk.accept();
		const lost = held(desk.claim(0));
		desk.lapse(0);
		const next = held(desk.claim(3));
		expect(desk.renew(0, lost.token)).toEqual({ status: "lost" });
		expect(desk.settle(0, lost.token, [settlement(first(lost), FAILED)])).toEqual({ status: "lost" });
		expect(desk.ledger.events).toMatchObject({ failed: 0, pending: 1 });
		desk.settle(3, next.token, [settlement(first(next), { status: "succeeded" })]);
		expect(desk.ledger.events).toMatchObject({ succeeded: 1, pending: 0 });
	});

	it("answer a settlement with the next events", () => {
		const desk = new Desk({ ordering: orderingSchema.parse({ mode: "integration" }) });
		for (let i = 0; i < 3; i++) desk.accept({ lane: "*" });
		const slot = 0;
		let lease = held(desk.claim(slot));
		const ran = [first(lease).event.sequence];
		for (let i = 0; i < 2; i++) {
			const answer = desk.settle(slot, lease.token, [settlement(first(lease), { status: "succeeded" })], {
				events: 10,
				knownVersions: [1],
			});
			if (answer.status === "lost") throw new Error("lost");
			lease = answer;
			ran.push(first(lease).event.sequence);
		}
		expect(ran).toEqual([1, 2, 3]);
	});

	it("resume a journaled execution after its lease lapsed, on the version that it began with", () => {
		const desk = new Desk();
		desk.accept();
		const lease = held(desk.claim(0));
		const execution = first(lease);
		execution.steps = [{ path: "map", id: "map", type: "map", status: "succeeded", attempts: [], output: { sku: "A" } }];
		desk.renew(0, lease.token, execution);
		desk.save(givenSettings({ integrationId: INTEGRATION, revision: 2, current: { version: 2, workflow: { steps: [] }, vars: {} } }));
		desk.restart();
		desk.lapse(0);
		const again = held(desk.claim(0, { events: 10, knownVersions: [] }));
		expect(first(again)).toMatchObject({ version: 1, number: 1, steps: [{ id: "map", output: { sku: "A" } }] });
		expect(again.versions.map(({ version }) => version)).toEqual([1]);
	});

	it("hold a lane while its event waits for a retry, and give it first when it is due", () => {
		const desk = new Desk();
		const lane = "A";
		desk.accept({ lane });
		desk.accept({ lane });
		const slot = 0;
		const lease = held(desk.claim(slot));
		desk.settle(slot, lease.token, [settlement(first(lease), { status: "waiting", delayMs: 5_000, reason: "503" })]);
		for (const restart of [false, true]) {
			if (restart) desk.restart();
			expect(desk.claim(slot)).toBeNull();
			expect(desk.wake()).toBe(0);
		}
		expect(desk.ledger).toMatchObject({ events: { pending: 2 }, balanced: true });
		desk.now += 5_000;
		expect(desk.wake()).toBe(1);
		expect(sequences(desk.claim(slot))).toEqual([1]);
	});

	it("take back what was not begun, in front of what came later", () => {
		const desk = new Desk();
		for (let i = 0; i < 3; i++) desk.accept();
		const lease = held(desk.claim(0, { events: 2, knownVersions: [1] }));
		desk.settle(
			0,
			lease.token,
			[...lease.executions].reverse().map((execution) => settlement(execution, { status: "handed_back" })),
		);
		expect(sequences(desk.claim(1))).toEqual([1, 2, 3]);
	});

	it("bound what is kept in memory and bring in the rest when there is room", () => {
		const desk = new Desk();
		for (let i = 0; i < 21_000; i++) desk.accept();
		expect(desk.state.backlog.size).toBe(20_000);
		expect(desk.ledger).toMatchObject({ events: { pending: 21_000 }, balanced: true });
		let ended = 0;
		for (let lease = desk.claim(0); lease; lease = desk.claim(0)) {
			desk.settle(
				0,
				lease.token,
				lease.executions.map((execution) => settlement(execution, { status: "succeeded" })),
			);
			ended += lease.executions.length;
		}
		expect(ended).toBe(21_000);
		expect(desk.ledger).toMatchObject({ events: { succeeded: 21_000, pending: 0 }, balanced: true });
	});

	it("count a replay that a lane has parked once, also after a restart, so that the lane goes on when it is empty", () => {
		const ordering = orderingSchema.parse({ mode: "integration" });
		const desk = new Desk({ ordering }, { entries: 12, refill: 3, lane: 2, laneLow: 1 });
		const end = (): number[] => {
			const lease = held(desk.claim(0, { events: 1, knownVersions: [1] }));
			desk.settle(0, lease.token, [settlement(first(lease), { status: "succeeded" })], { events: 0, knownVersions: [1] });
			return sequences(lease);
		};
		for (let n = 0; n < 3; n++) desk.accept({ lane: "whole" });
		end();
		expect(desk.replay(eventId(INTEGRATION, 1)).status).toBe("queued");
		desk.restart();
		expect(desk.ledger).toMatchObject({ balanced: true, events: { total: 3, pending: 3 } });
		expect([end(), end(), end()]).toEqual([[2], [3], [1]]);
		desk.accept({ lane: "whole" });
		expect(end()).toEqual([4]);
		expect(desk.ledger).toMatchObject({ balanced: true, events: { total: 4, pending: 0 } });
	});

	it("block a lane behind a failed event where its policy says so, until it is replayed", () => {
		const desk = new Desk({ ordering: orderingSchema.parse({ mode: "key", key: "event.body.sku", onFailure: "block" }) });
		const lane = '["A"]';
		desk.accept({ lane });
		desk.accept({ lane });
		const slot = 0;
		const lease = held(desk.claim(slot));
		const execution = first(lease);
		desk.settle(slot, lease.token, [settlement(execution, FAILED)]);
		desk.restart();
		expect(desk.claim(slot)).toBeNull();
		expect(desk.replay(execution.event.id).status).toBe("queued");
		const again = held(desk.claim(slot));
		expect(first(again)).toMatchObject({ number: 2, event: { sequence: 1 } });
		desk.settle(slot, again.token, [settlement(first(again), { status: "succeeded" })]);
		expect(sequences(desk.claim(slot))).toEqual([2]);
		expect(desk.ledger).toMatchObject({ events: { failed: 0, succeeded: 1, pending: 1 }, balanced: true });
	});
});

describe("people", () => {
	it("run by hand while paused pass what their lane holds, never what runs, waits for a retry or blocks there", () => {
		const desk = new Desk({ ordering: orderingSchema.parse({ mode: "integration", onFailure: "block" }) });
		const pause = (status: "paused" | "active", revision: number) =>
			desk.save(givenSettings({ integrationId: INTEGRATION, ordering: desk.state.settings?.ordering, status, revision }));
		for (let n = 0; n < 3; n++) desk.accept({ lane: "[]" });
		const running = held(desk.claim(0));
		pause("paused", 2);
		desk.run("[]");
		expect(desk.claim(1)).toBeNull(); // event 1 runs
		desk.settle(0, running.token, [settlement(first(running), { status: "succeeded" })]);
		const byHand = held(desk.claim(1));
		expect(sequences(byHand)).toEqual([4]); // past 2 and 3, which are held
		pause("active", 3);
		expect(desk.claim(2)).toBeNull(); // it holds the lane
		desk.settle(1, byHand.token, [settlement(first(byHand), { status: "succeeded" })]);
		const next = held(desk.claim(2));
		expect(sequences(next)).toEqual([2]);
		desk.settle(2, next.token, [settlement(first(next), FAILED)]);
		pause("paused", 4);
		desk.run("[]");
		expect(desk.claim(3)).toBeNull(); // event 2 blocks
		expect(desk.skip("[]")).toBe(true);
		expect(sequences(desk.claim(3))).toEqual([5]);
	});

	it("replay a failed event from its failed step under the same edition, from the start under a new one", () => {
		const desk = new Desk();
		desk.accept();
		let lease = held(desk.claim(0));
		const execution = first(lease);
		execution.steps = [
			{ path: "map", id: "map", type: "map", status: "succeeded", attempts: [], output: 1 },
			{ path: "push", id: "push", type: "http", status: "failed", attempts: [] },
		];
		desk.settle(0, lease.token, [settlement(execution, FAILED)]);
		desk.replay(execution.event.id, "failedStep");
		lease = held(desk.claim(0));
		expect(first(lease)).toMatchObject({ number: 2, edition: 1, steps: [{ id: "map" }] });
		desk.settle(0, lease.token, [settlement(first(lease), FAILED)]);
		desk.replay(execution.event.id, "start", '{"sku":"B"}');
		const edited = first(held(desk.claim(0)));
		expect(edited).toMatchObject({ number: 3, edition: 2, steps: [] });
		expect(new TextDecoder().decode(edited.event.body)).toBe('{"sku":"B"}');
	});

	it("cannot replay what has not ended", () => {
		const desk = new Desk();
		desk.accept();
		const lease = held(desk.claim(0));
		expect(desk.replay(first(lease).event.id)).toEqual({ status: "not_ended" });
		expect(desk.replay("evt_0000")).toEqual({ status: "not_found" });
	});

	it("cancel what waits in line at once, and what runs at the Executor's next call", () => {
		const desk = new Desk();
		desk.accept();
		desk.accept();
		const lease = held(desk.claim(0, { events: 1, knownVersions: [1] }));
		const running = first(lease);
		const waiting = running.executionId.replace(/1(?=...$)/, "2");
		expect(desk.cancel(waiting)).toEqual({ status: "cancelled" });
		expect(desk.claim(1)).toBeNull();
		expect(desk.cancel(running.executionId)).toEqual({ status: "cancelling" });
		expect(desk.renew(0, lease.token)).toMatchObject({ cancelled: [1] });
		desk.settle(0, lease.token, [settlement(running, { status: "cancelled" })]);
		expect(desk.cancel(running.executionId)).toEqual({ status: "ended" });
		expect(desk.ledger).toMatchObject({ events: { cancelled: 2, pending: 0 }, balanced: true });
	});
});

describe("a question that is asked twice", () => {
	it("settles once, and gives back what the lost answer had handed over", () => {
		const desk = new Desk();
		for (let i = 0; i < 3; i++) desk.accept();
		const lease = held(desk.claim(0, { events: 1, knownVersions: [1] }));
		const settlements = [settlement(first(lease), { status: "succeeded" })];
		expect(sequences(asLease(desk.settle(0, lease.token, settlements, { events: 1, knownVersions: [1] })))).toEqual([2]);
		// The answer is lost on its way: the Executor holds nothing that it knows of.
		const again = asLease(desk.settle(0, lease.token, settlements, { events: 5, knownVersions: [1] }, []));
		expect(sequences(again)).toEqual([2, 3]);
		expect(desk.ledger).toMatchObject({ events: { succeeded: 1, pending: 2 }, balanced: true });
	});
});

describe("an execution that its Executor left without a word", () => {
	/** Claimed and lost again and again, as soon as it may be; every other loss takes the Sequencer along. @returns the pauses before each, in ms */
	const loseOften = (desk: Desk, times: number): number[] => {
		const pauses: number[] = [];
		for (let time = 0; time < times; time++) {
			const since = desk.now;
			while (desk.claim(0) === null) {
				desk.now += 100;
				desk.alarm();
			}
			pauses.push(desk.now - since);
			if (time % 2 === 1) desk.restart();
			desk.lapse(0);
		}
		return pauses;
	};

	it("runs again, after two losses by itself and after ever longer pauses, and ends as failed after five", () => {
		const desk = new Desk({ ordering: { ...givenSettings().ordering, mode: "integration" } });
		desk.accept({ lane: "*" });
		const pauses = loseOften(desk, 5);
		expect(pauses.map((ms) => Math.round(ms / 1_000))).toEqual([0, 0, 2, 11, 55]);
		expect(desk.ledger).toMatchObject({ events: { failed: 1, pending: 0 }, balanced: true });
		expect(readExecution(desk.sql, 1, 1)).toMatchObject({
			status: "failed",
			error: expect.stringMatching(/executor_stopped.*stopped 5 times while running this/),
		});
		desk.accept({ lane: "*" }); // its lane goes on
		expect(sequences(desk.claim(0))).toEqual([2]);
	});

	it("holds its lane in order through its pauses, and blocks it at the end where a failure does", () => {
		const desk = new Desk({ ordering: { ...givenSettings().ordering, mode: "integration", onFailure: "block" } });
		const run = { events: 10, run: 5, knownVersions: [1] };
		for (let i = 0; i < 3; i++) desk.accept({ lane: "*" });
		for (let loss = 0; loss < 2; loss++) {
			expect(sequences(desk.claim(0, run))).toEqual([1, 2, 3]);
			desk.lapse(0);
		}
		for (let loss = 2; loss < 5; loss++) {
			expect(desk.claim(0, run)).toBeNull();
			desk.now += 60_000;
			desk.alarm();
			expect(sequences(desk.claim(0, run))).toEqual([1]);
			if (loss === 3) desk.restart();
			desk.lapse(0);
		}
		expect(desk.ledger).toMatchObject({ events: { failed: 1, pending: 2 }, balanced: true });
		expect(desk.claim(0, run)).toBeNull();
		expect(desk.skip("*")).toBe(true);
		expect(sequences(desk.claim(0, run))).toEqual([2, 3]); // never to blame: together as ever
	});

	it("is counted anew once anything is heard of it, so that no number of crashes fails what gets on", () => {
		const desk = new Desk();
		desk.accept();
		for (let crash = 0; crash < 40; crash++) {
			desk.now += 60_000;
			desk.alarm();
			const lease = held(desk.claim(0));
			if (crash % 4 === 3) expect(desk.renew(0, lease.token, first(lease)).status).toBe("renewed");
			desk.restart();
			desk.lapse(0);
		}
		expect(desk.ledger).toMatchObject({ events: { failed: 0, pending: 1 }, balanced: true });
	});

	it("takes no other with it that stood beside it, in whatever order they are lost", () => {
		const desk = new Desk();
		for (let i = 0; i < 10; i++) desk.accept();
		const poison = 4;
		for (let round = 0; round < 1_000 && desk.ledger.events.pending > 0; round++) {
			const lease = desk.claim(0);
			if (lease === null) {
				desk.now += 100;
				desk.alarm();
				continue;
			}
			const kills = sequences(lease).includes(poison);
			if (kills) desk.restart();
			if (kills) desk.lapse(0);
			else
				desk.settle(
					0,
					lease.token,
					lease.executions.map((each) => settlement(each, { status: "succeeded" })),
					{ events: 0, knownVersions: [1] },
				);
		}
		expect(desk.ledger).toMatchObject({ events: { succeeded: 9, failed: 1, pending: 0 }, balanced: true });
	});

	it("ends as cancelled where a person cancelled it meanwhile, also across a restart", () => {
		const desk = new Desk();
		desk.accept();
		const lease = held(desk.claim(0));
		expect(desk.cancel(first(lease).executionId)).toEqual({ status: "cancelling" });
		desk.restart();
		desk.lapse(0);
		expect(desk.ledger).toMatchObject({ events: { cancelled: 1, pending: 0 }, balanced: true });
	});
});
