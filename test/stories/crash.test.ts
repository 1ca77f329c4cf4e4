import {
	createExecutionContext,
	createMessageBatch,
	evictDurableObject,
	getQueueResult,
	runDurableObjectAlarm,
	runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LEASE_MS } from "../../worker/events/leases";
import type { WakeUp } from "../../worker/events/protocol/lease";
import { consumeWakeUps } from "../../worker/executions/consumer";
import { eventually } from "../given/eventually";
import { Gate, Outside, silence } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
	vi.useRealTimers();
});

const MAP = { id: "map", type: "map", output: { n: "{{ event.body.n }}" } };
const PUSH = { id: "push", type: "http", method: "POST", url: "https://shop.example/orders", body: "{{ steps.map }}" };

/** As a crash of their machine does, without a word: the Executors that hold executions are gone. */
async function killExecutors(sequencer: GivenSequencer): Promise<void> {
	const slots = await runInDurableObject(sequencer.stub, (_, state) =>
		state.storage.sql.exec<{ slot: number }>("SELECT slot FROM leases").toArray(),
	);
	for (const { slot } of slots) await kill(env.EXECUTOR.getByName(`${sequencer.settings.integrationId}/${slot}`));
}

async function kill(stub: DurableObjectStub): Promise<void> {
	await runInDurableObject(stub, (_, state) => state.abort("killed by the test")).catch(() => {});
}

describe("a queue message", () => {
	it("that is delivered again and again runs its event once", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ steps: [MAP, PUSH] });
		await shop.post({ n: 1 });
		const wakeUp: WakeUp = { integrationId: shop.settings.integrationId, slot: 0, region: "auto" };
		const messages = Array.from({ length: 5 }, (_, index) => ({
			id: `message ${index}`,
			timestamp: new Date(),
			attempts: index + 1,
			body: wakeUp,
		}));
		const batch = createMessageBatch<WakeUp>("inlet-executions", messages);
		const ctx = createExecutionContext();
		await consumeWakeUps(batch, env);
		const result = await getQueueResult(batch, ctx);
		expect(result.ackAll || result.explicitAcks.length === 5).toBe(true);
		expect(result.retryMessages).toEqual([]);
		await shop.reached("succeeded", 1);
		await shop.post({ n: 2 }); // the proof that the way is open
		await shop.reached("succeeded", 2);
		expect(outside.calls.map((call) => call.body)).toEqual(['{"n":1}', '{"n":2}']);
	});

	it("that is lost is sent again by the alarm", async () => {
		outside = new Outside(() => Response.json({}));
		const lost = vi.spyOn(env.EXECUTIONS, "sendBatch").mockResolvedValue(undefined as never);
		const shop = await GivenSequencer.with({ steps: [MAP, PUSH] });
		await shop.post({ n: 1 });
		const wasLost = lost.mock.calls.length > 0;
		lost.mockRestore();
		if (wasLost) expect((await shop.execution(1)).status).toBe("queued");
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6_000 });
		await runDurableObjectAlarm(shop.stub);
		await shop.reached("succeeded", 1);
	});
});

describe("a Sequencer that is evicted", () => {
	it("while an event waits for its next try wakes up for it", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 503 }) : Response.json({})));
		const shop = await GivenSequencer.with({ steps: [MAP, { ...PUSH, retry: { initialMs: 60_000, backoff: "fixed" } }] });
		await shop.post({ n: 1 });
		await shop.reached("waiting", 1);
		await evictDurableObject(shop.stub);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { pending: 1 } });
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
		expect(await runDurableObjectAlarm(shop.stub)).toBe(true);
		expect((await shop.reached("succeeded", 1)).steps[1]?.attempts).toHaveLength(2);
	});

	it("while an execution calls out has the event run to its end, at worst with the same call once more", async () => {
		const gate = new Gate();
		outside = new Outside(async () => {
			await gate.passed();
			return Response.json({ ok: true });
		});
		const shop = await GivenSequencer.with({ steps: [MAP, PUSH] });
		await shop.post({ n: 1 });
		await eventually(() => expect(outside?.calls).toHaveLength(1));
		await kill(shop.stub as unknown as DurableObjectStub);
		expect((await shop.execution(1)).status).toBe("running");
		gate.open();
		await shop.post({ n: 2 }); // the proof that the way is open
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + LEASE_MS + 1_000 });
		await runDurableObjectAlarm(shop.stub);
		await shop.reached("succeeded", 1);
		await shop.reached("succeeded", 2);
		const keys = outside.calls.filter((call) => call.body === '{"n":1}').map((call) => call.headers.get("idempotency-key"));
		expect(keys.length).toBeLessThanOrEqual(2);
		expect(new Set(keys).size).toBe(1);
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 2, events: { succeeded: 2, pending: 0 } });
	});

	it("with events in line numbers on without a gap and runs them all", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ status: "paused", steps: [MAP, PUSH] });
		for (let n = 1; n <= 5; n++) await shop.post({ n });
		await evictDurableObject(shop.stub);
		for (let n = 6; n <= 10; n++) expect(await (await shop.post({ n })).json()).toMatchObject({ sequence: n });
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 10, events: { pending: 10 } });
		await shop.save({ status: "active" });
		for (let n = 1; n <= 10; n++) await shop.reached("succeeded", n);
		expect(new Set(outside.calls.map((call) => call.body)).size).toBe(10);
		expect(outside.calls).toHaveLength(10);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { succeeded: 10, pending: 0 } });
	});
});

describe("an Executor that is gone", () => {
	it("is replaced when its lease lapses; finished steps are not run again, and the call goes out under the same key", async () => {
		outside = new Outside((_, n) => (n === 1 ? Response.json({ first: true }) : n === 2 ? silence() : Response.json({ third: true })));
		const shop = await GivenSequencer.with({ steps: [MAP, { ...PUSH, id: "one" }, { ...PUSH, id: "two" }] });
		await shop.post({ n: 1 });
		await eventually(() => expect(outside?.calls).toHaveLength(2));
		await killExecutors(shop);
		await runDurableObjectAlarm(shop.stub);
		expect((await shop.execution(1)).status).toBe("running"); // nobody takes it while the lease holds

		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + LEASE_MS + 1_000 });
		await runDurableObjectAlarm(shop.stub);
		const { steps } = await shop.reached("succeeded", 1);
		expect(outside.calls).toHaveLength(3);
		const keys = outside.calls.map((call) => call.headers.get("idempotency-key"));
		expect(keys[2]).toBe(keys[1]);
		expect(keys[1]).not.toBe(keys[0]);
		expect(steps.map((step) => step.attempts.length)).toEqual([1, 1, 2]);
		expect(steps[2]?.attempts[0]).toMatchObject({ status: "failed", error: { code: "interrupted" } });
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 1, events: { succeeded: 1 } });
	});

	it("together with its Sequencer leaves nothing behind: every event is executed", async () => {
		let healthy = false;
		outside = new Outside(() => (healthy ? Response.json({}) : silence()));
		const shop = await GivenSequencer.with({ steps: [MAP, PUSH] });
		for (let n = 1; n <= 12; n++) await shop.post({ n });
		await eventually(() => expect(outside?.calls.length).toBeGreaterThan(0));
		await killExecutors(shop);
		await kill(shop.stub as unknown as DurableObjectStub);
		healthy = true;
		expect((await shop.ledger()).lastSequence).toBe(12);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + LEASE_MS + 1_000 });
		await runDurableObjectAlarm(shop.stub);
		for (let n = 1; n <= 12; n++) await shop.reached("succeeded", n);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { succeeded: 12, pending: 0 } });
	});
});
