import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { HOPS_MAX } from "../../worker/events/protocol/delivery";
import { Sequencer } from "../../worker/events/sequencer";
import { eventId, executionId } from "../../worker/ids";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
	vi.restoreAllMocks();
	vi.useRealTimers();
});

const PUSH = { id: "push", type: "http", method: "POST", url: "https://shop.example/orders", retry: { attempts: 1 } };
const TELL = { id: "tell", type: "map", output: { said: "{{ event.body }}" } };

/** An integration whose calls are refused, and the one that runs when it fails. */
async function givenPair(given: Parameters<typeof GivenSequencer.with>[0] = {}) {
	outside = new Outside(() => Response.json({ no: "stock" }, { status: 422 }));
	const mail = await GivenSequencer.with({ name: "Mail the team", steps: [TELL] });
	const onFailure = { integrationId: mail.settings.integrationId, origin: "https://inlet.example" };
	const shop = await GivenSequencer.with({ name: "Stock sync", steps: [PUSH], onFailure, ...given });
	return { shop, mail };
}

const workspaceOf = (one: GivenSequencer) => one.settings.workspaceId;
const idOf = (one: GivenSequencer) => one.settings.integrationId;

async function kill(one: GivenSequencer): Promise<void> {
	await runInDurableObject(one.stub, (_, state) => state.abort("killed by the test")).catch(() => {});
}

async function eventOf(one: GivenSequencer, sequence: number) {
	const event = await one.remote.getEvent(workspaceOf(one), eventId(idOf(one), sequence));
	if (event === null) throw new Error(`no event ${sequence}`);
	return event;
}

describe("an event that fails for good", () => {
	it("makes one event in the integration that was named, which says what failed and where to look", async () => {
		const { shop, mail } = await givenPair({
			ordering: { mode: "key", key: "event.body.sku", onFailure: "block", concurrency: 40, startsPerSecond: null },
		});
		await shop.accept({ sku: "A-7" }, { lane: '["A-7"]' });
		const failed = await shop.reached("failed", 1);
		await mail.reached("succeeded", 1);
		const event = await eventOf(mail, 1);
		expect(event).toMatchObject({ source: "call", calledBy: { integrationId: idOf(shop), executionId: failed.id } });
		expect(JSON.parse(event.body)).toEqual({
			integration: { id: idOf(shop), name: "Stock sync" },
			event: { id: failed.eventId, sequence: 1, receivedAt: failed.receivedAt, key: ["A-7"] },
			execution: { id: failed.id, number: 1 },
			error: expect.objectContaining({ code: "http_status", stepId: "push", message: expect.stringContaining("422") }),
			failedAt: failed.endedAt,
			blocked: true,
			url: `https://inlet.example/automations/${idOf(shop)}/logs?execution=${failed.id}`,
		});
		await eventually(async () =>
			expect((await shop.execution(1)).failureCall).toEqual({
				integrationId: idOf(mail),
				status: "delivered",
				eventId: eventId(idOf(mail), 1),
			}),
		);
		expect(await mail.ledger()).toMatchObject({ balanced: true, events: { call: 1, webhook: 0, total: 1 } });
	});

	it("makes none where no integration was named, nor for what succeeds", async () => {
		const { shop, mail } = await givenPair({ onFailure: null });
		await shop.accept();
		await shop.reached("failed", 1);
		await shop.save({ onFailure: { integrationId: idOf(mail), origin: "" }, current: { version: 2, workflow: { steps: [] }, vars: {} } });
		await shop.accept();
		await shop.reached("succeeded", 2);
		await shop.save({ current: { version: 3, workflow: shop.settings.current.workflow, vars: {} } });
		expect((await shop.execution(1)).failureCall).toBeNull();
		expect((await shop.execution(2)).failureCall).toBeNull();
		expect((await mail.ledger()).lastSequence).toBe(0);
	});

	it("is told again for each replay that fails, and only once for each", async () => {
		const { shop, mail } = await givenPair();
		await shop.accept();
		await shop.reached("failed", 1);
		await mail.reached("succeeded", 1);
		await shop.remote.replay(workspaceOf(shop), eventId(idOf(shop), 1), { from: "start", version: "current" });
		await shop.reached("failed", 1, 2);
		await mail.reached("succeeded", 2);
		expect((await eventOf(mail, 2)).calledBy?.executionId).toBe(executionId(idOf(shop), 1, 2));
		expect((await mail.ledger()).lastSequence).toBe(2);
	});

	it("is told together with others, each in one event", async () => {
		const { shop, mail } = await givenPair();
		for (let n = 1; n <= 40; n++) await shop.accept({ n });
		await eventually(async () => expect((await mail.ledger()).lastSequence).toBe(40));
		const told = new Set<string>();
		for (let n = 1; n <= 40; n++) told.add((await eventOf(mail, n)).calledBy?.executionId ?? "");
		expect(told.size).toBe(40);
	});
});

describe("the call", () => {
	it("survives that its answer is lost and its Sequencer killed: the other integration takes it once", async () => {
		const { shop, mail } = await givenPair();
		let lost = 0;
		const { takeCalls } = Sequencer.prototype;
		const broken = vi.spyOn(Sequencer.prototype, "takeCalls").mockImplementation(function (this: Sequencer, ...call) {
			takeCalls.apply(this, call); // taken, but the answer never arrives
			lost++;
			throw new Error("the line broke");
		});
		await shop.accept();
		await shop.reached("failed", 1);
		await eventually(() => expect(lost).toBeGreaterThan(0));
		expect((await shop.execution(1)).failureCall).toMatchObject({ status: "due", eventId: null });
		await kill(shop);
		await kill(mail);
		broken.mockRestore();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
		await runDurableObjectAlarm(shop.stub);
		await eventually(async () =>
			expect((await shop.execution(1)).failureCall).toEqual({
				integrationId: idOf(mail),
				status: "delivered",
				eventId: eventId(idOf(mail), 1),
			}),
		);
		expect((await mail.ledger()).lastSequence).toBe(1);
	});

	it("is held by an integration that is paused, and runs when it goes on", async () => {
		const { shop, mail } = await givenPair();
		await mail.save({ status: "paused" });
		await shop.accept();
		await shop.reached("failed", 1);
		await eventually(async () => expect((await shop.execution(1)).failureCall?.status).toBe("delivered"));
		expect(await mail.ledger()).toMatchObject({ lastSequence: 1, events: { pending: 1 } });
		await mail.save({ status: "active" });
		await mail.reached("succeeded", 1);
	});

	it("waits for room where the other integration is full", async () => {
		const { shop, mail } = await givenPair();
		await mail.save({ limits: { pendingEvents: 0, keptBytes: 0 } });
		await shop.accept();
		await shop.reached("failed", 1);
		await eventually(async () => {
			const tries = await runInDurableObject(shop.stub, (_, state) =>
				state.storage.sql.exec<{ tries: number }>("SELECT tries FROM failure_calls").one(),
			);
			expect(tries.tries).toBeGreaterThan(0);
		});
		await mail.save({ limits: { pendingEvents: 10, keptBytes: 1e9 } });
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
		await runDurableObjectAlarm(shop.stub);
		await mail.reached("succeeded", 1);
	});

	it("to an integration that was deleted, or is another workspace's, is noted and holds nothing up", async () => {
		const { shop, mail } = await givenPair();
		await mail.remote.remove(workspaceOf(mail));
		await shop.accept();
		await shop.reached("failed", 1);
		await eventually(async () =>
			expect((await shop.execution(1)).failureCall).toEqual({ integrationId: idOf(mail), status: "gone", eventId: null }),
		);
		const stranger = await GivenSequencer.with({ workspaceId: "wsp_fedcba9876543210", steps: [TELL] });
		await shop.save({ onFailure: { integrationId: idOf(stranger), origin: "" } });
		await shop.accept();
		await shop.reached("failed", 2);
		await eventually(async () => expect((await shop.execution(2)).failureCall?.status).toBe("gone"));
		expect((await stranger.ledger()).lastSequence).toBe(0);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { failed: 2, pending: 0 } });
	});

	it("ends where two integrations call one another in a circle", async () => {
		const { shop, mail } = await givenPair();
		await mail.save({
			current: { version: 2, workflow: shop.settings.current.workflow, vars: {} },
			onFailure: { integrationId: idOf(shop), origin: "" },
		});
		await shop.accept();
		// The first comes from outside; each further one is a call more.
		await eventually(async () => {
			const [ours, theirs] = [await shop.ledger(), await mail.ledger()];
			expect([ours.events.failed, theirs.events.failed]).toEqual([HOPS_MAX / 2 + 1, HOPS_MAX / 2]);
			expect((await shop.execution(HOPS_MAX / 2 + 1)).failureCall?.status).toBe("too_many_hops");
		});
		expect([(await shop.ledger()).lastSequence, (await mail.ledger()).lastSequence]).toEqual([HOPS_MAX / 2 + 1, HOPS_MAX / 2]);
	});
});
