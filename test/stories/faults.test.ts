import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEASE_MS } from "../../worker/events/leases";
import { arm, strikesLeft, type WaitPoint, wake } from "../../worker/faults";
import { sweep } from "../../worker/integrations/sweep";
import { givenPerson } from "../given/api";
import { eventually } from "../given/eventually";
import { ORDERINGS, type OrderingName, Trial } from "../given/trial";
import { Witness } from "../given/witness";

/** Whole ways through the house while something that it rests on is gone for longer. */

let witness: Witness;
beforeAll(() => {
	witness = new Witness();
});
afterAll(() => witness.close());

const ALWAYS = Number.POSITIVE_INFINITY;
const orderings = Object.keys(ORDERINGS) as OrderingName[];

/** Strikes so far of a fault that was armed for `times`. */
const struck = (point: Parameters<typeof strikesLeft>[0], id: string, times: number): number => times - strikesLeft(point, id);

/** Events that came while every wake-up was lost; then the object goes, and nobody is left to fetch them. */
async function stranded(trial: Trial): Promise<void> {
	arm("dispatch.before_send", trial.id, "throw", ALWAYS);
	await trial.send(3);
	let armed: number | null = 0;
	await runInDurableObject(trial.shop.stub, async (_, state) => {
		// A turn that comes in between arms it again.
		for (let tries = 0; armed !== null && tries < 100; tries++) {
			await state.storage.deleteAlarm();
			await state.storage.sync();
			armed = await state.storage.getAlarm();
		}
		state.abort("killed by the test");
	}).catch(() => {});
	expect(armed).toBeNull();
	arm("dispatch.before_send", trial.id, "throw", 0);
	await scheduler.wait(1_000); // twice as long as a lost wake-up is waited for
	expect(trial.calls).toEqual([]); // the proof that nothing else would bring them on
	expect(trial.acknowledged.size).toBeGreaterThan(0);
}

describe.concurrent("a queue that loses every message for a while", () => {
	it.each(["dispatch.before_send", "consumer.before_start"] as const)("(%s) delays the work and loses none of it", async (point) => {
		await Promise.all(
			orderings.map(async (ordering) => {
				const trial = await Trial.begin(ordering, witness);
				arm(point, trial.id, "throw", 1e6);
				await trial.send(4);
				await eventually(() => expect(struck(point, trial.id, 1e6)).toBeGreaterThanOrEqual(3)); // sent again and again
				expect(trial.calls).toEqual([]);
				expect(await trial.shop.ledger()).toMatchObject({ balanced: true, events: { pending: 4 } });
				arm(point, trial.id, "throw", 0);
				await trial.endsWell();
			}),
		);
	});
});

describe.concurrent("an alarm that is gone", () => {
	it.each(orderings)("is armed again by the next delivery (%s)", async (ordering) => {
		const trial = await Trial.begin(ordering, witness);
		await stranded(trial);
		const { size } = trial.acknowledged;
		await eventually(async () => {
			await trial.send(1);
			expect(trial.acknowledged.size).toBeGreaterThan(size);
		});
		await trial.endsWell();
	});

	it("is armed again by whoever looks", async () => {
		const trial = await Trial.begin("strict", witness);
		await stranded(trial);
		await trial.shop.ledger();
		await trial.endsWell();
	});

	it("is armed again by the sweep", async () => {
		const trial = await Trial.beginAs(await givenPerson(), "strict", witness);
		await stranded(trial);
		await sweep(env, Date.now());
		await trial.endsWell();
	});

	it.each(["alarm.begin", "alarm.middle", "alarm.end"] as const)("comes back after it has thrown 50 times in a row (%s)", async (point) => {
		const trial = await Trial.begin("strict", witness);
		arm("consumer.before_start", trial.id, "throw", 1); // so that it is the alarm that is waited for
		arm(point, trial.id, "throw", 50);
		await trial.send(3);
		await eventually(() => expect(struck(point, trial.id, 50)).toBe(50));
		await trial.endsWell();
	});
});

describe.concurrent("an Executor that was cut off and wakes up when another has taken over", () => {
	const POINTS: [WaitPoint, string][] = [
		["executor.after_claim", "before it began"],
		["executor.before_renew", "before it journaled"],
		["executor.after_renew", "when it had journaled"],
		["executor.before_settle", "when it had called"],
	];
	it.each(POINTS)("at %s (%s) calls nobody, journals nothing and settles nothing", async (point) => {
		const trial = await Trial.begin("strict", witness);
		const first = `${trial.id}/0`; // a new Sequencer calls this one first
		arm(point, first, "hang", ALWAYS);
		await trial.send(1);
		await trial.endsWell(); // another one has done it all
		const before = { calls: trial.calls.length, execution: await trial.shop.execution(1), ledger: await trial.shop.ledger() };
		expect(wake(point, first)).toBeGreaterThan(0); // and now it goes on
		await scheduler.wait(500);
		expect(trial.calls).toHaveLength(before.calls);
		expect(await trial.shop.execution(1)).toEqual(before.execution);
		expect(await trial.shop.ledger()).toEqual(before.ledger);
		await trial.send(3); // the proof that the way is open
		await trial.endsWell();
	});
});

describe.concurrent("an Executor that dies alone", () => {
	it("is replaced within its lease, and not before", async () => {
		const trial = await Trial.begin("strict", witness);
		arm("call.after", trial.id, "abort");
		await trial.send(1);
		await eventually(() => expect(trial.calls).toHaveLength(1));
		const diedAt = Date.now();
		await eventually(() => expect(trial.calls.length).toBeGreaterThan(1));
		const tookMs = Date.now() - diedAt;
		expect(tookMs).toBeGreaterThan(LEASE_MS / 2);
		expect(tookMs).toBeLessThan(LEASE_MS + 1_500);
		await trial.send(2);
		await trial.endsWell();
		expect(trial.calls[1]).toEqual(trial.calls[0]); // the same call under the same key
	});
});
