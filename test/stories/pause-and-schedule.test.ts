import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { executionId } from "../../worker/ids";
import { scheduleSchema } from "../../worker/integrations/settings";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
	vi.useRealTimers();
});

const MAP = { id: "map", type: "map", output: "{{ event.body }}" };
const SOON = { id: "push", type: "http", url: "https://shop.example/", retry: { attempts: 2, backoff: "fixed", initialMs: 60_000 } };
const HOURLY = scheduleSchema.parse({ enabled: true, kind: "periodic", every: 1, unit: "hours", activateOn: "2026-12-01T05:55" });
const jsonBody = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer;

/** Sets the clock, to a time ahead of the real one so that no alarm goes off by itself, and lets the Sequencer notice. */
async function at(sequencer: GivenSequencer, iso: string): Promise<void> {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(iso) });
	await runDurableObjectAlarm(sequencer.stub);
}

describe("a paused integration", () => {
	it("accepts and numbers deliveries, starts nothing, and runs them in order of their numbers when it goes on", async () => {
		const shop = await GivenSequencer.with({ steps: [MAP] });
		await shop.save({ status: "paused" });
		for (let n = 1; n <= 3; n++) expect((await shop.post({ n })).status).toBe(202);
		await shop.remote.run(shop.settings.workspaceId, jsonBody({ n: "by hand" })); // the proof that the way is open
		await shop.reached("succeeded", 4);
		expect((await shop.execution(1)).status).toBe("queued");
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { pending: 3, manual: 1, succeeded: 1 } });
		await shop.save({ status: "active" });
		for (let n = 1; n <= 3; n++) await shop.reached("succeeded", n);
		const began = await Promise.all([1, 2, 3].map(async (n) => Date.parse((await shop.execution(n)).startedAt ?? "")));
		expect(began).toEqual([...began].sort((a, b) => a - b));
	});

	it("lets due retries wait until it goes on", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 500 }) : Response.json({})));
		const shop = await GivenSequencer.with({ steps: [SOON] });
		await shop.post({});
		await shop.reached("waiting", 1);
		await shop.save({ status: "paused" });
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 120_000 });
		await runDurableObjectAlarm(shop.stub);
		await shop.remote.run(shop.settings.workspaceId, jsonBody({}));
		await shop.reached("succeeded", 2);
		expect((await shop.execution(1)).status).toBe("waiting");
		await shop.save({ status: "active" });
		await runDurableObjectAlarm(shop.stub);
		await shop.reached("succeeded", 1);
	});

	it("runs what a person runs by hand, with the body that was given", async () => {
		const shop = await GivenSequencer.with({ status: "paused", steps: [MAP] });
		const answer = await shop.remote.run(shop.settings.workspaceId, jsonBody({ by: "hand" }));
		expect(answer).toMatchObject({ status: "queued", sequence: 1, executionId: executionId(shop.settings.integrationId, 1, 1) });
		const execution = await shop.reached("succeeded", 1);
		expect(execution).toMatchObject({ source: "manual", steps: [{ output: { by: "hand" } }] });
	});

	it("merges schedule ticks into one held event", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-12-01T05:00Z") });
		const shop = await GivenSequencer.with({ status: "paused", schedule: HOURLY, steps: [MAP] });
		for (const hour of ["05", "06", "07"]) await at(shop, `2026-12-01T${hour}:55:00.100Z`);
		expect(await shop.ledger()).toMatchObject({ lastSequence: 1, events: { schedule: 1, pending: 1 } });
		expect(await shop.remote.schedule(shop.settings.workspaceId)).toMatchObject({ skipped: 2 });
		await shop.save({ status: "active" });
		await shop.reached("succeeded", 1);
	});
});

describe("a schedule", () => {
	it("makes an event like any other at each of its times, and no other", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-12-01T05:00Z") });
		const shop = await GivenSequencer.with({ schedule: HOURLY, steps: [MAP] });
		await at(shop, "2026-12-01T05:54:59Z");
		expect((await shop.ledger()).lastSequence).toBe(0);
		await at(shop, "2026-12-01T05:55:00.050Z");
		const execution = await shop.reached("succeeded", 1);
		expect(execution).toMatchObject({ source: "schedule", steps: [{ output: { scheduledAt: "2026-12-01T05:55:00.000Z" } }] });
		await at(shop, "2026-12-01T06:30:00Z");
		expect((await shop.ledger()).lastSequence).toBe(1);
		await at(shop, "2026-12-01T06:55:00Z");
		await shop.reached("succeeded", 2);
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 2, events: { schedule: 2, succeeded: 2 } });
	});

	it("makes one late event, not many, after a standstill", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-12-01T05:00Z") });
		const shop = await GivenSequencer.with({ schedule: HOURLY, steps: [MAP] });
		await at(shop, "2026-12-02T12:00:00Z");
		await shop.reached("succeeded", 1);
		await at(shop, "2026-12-02T12:01:00Z");
		expect((await shop.ledger()).lastSequence).toBe(1);
		expect(await shop.remote.schedule(shop.settings.workspaceId)).toMatchObject({ nextRunAt: Date.parse("2026-12-02T12:55:00Z") });
	});

	it("stops when it is turned off", async () => {
		vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-12-01T05:00Z") });
		const shop = await GivenSequencer.with({ schedule: HOURLY, steps: [MAP] });
		await shop.save({ schedule: { ...HOURLY, enabled: false } });
		await at(shop, "2026-12-01T05:55:01Z");
		expect((await shop.ledger()).lastSequence).toBe(0);
	});
});
