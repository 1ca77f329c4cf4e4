import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { eventId, executionId } from "../../worker/ids";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
	vi.useRealTimers();
});

const MAP = { id: "map", type: "map", output: { n: "{{ event.body.n }}" } };
const push = (retry: object = {}) => ({
	id: "push",
	type: "http",
	method: "POST",
	url: "https://shop.example/orders",
	body: "{{ steps.map }}",
	retry: { attempts: 3, backoff: "fixed", initialMs: 10, maxMs: 10, ...retry },
});

/** Moves the clock on and lets the Sequencer notice. */
async function later(sequencer: GivenSequencer, ms: number): Promise<void> {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
	await runDurableObjectAlarm(sequencer.stub);
}

describe("a call that fails", () => {
	it("is tried again, with the same Idempotency-Key, and every try is kept", async () => {
		outside = new Outside((_, n) => (n < 3 ? Response.json({ error: n }, { status: 503 }) : Response.json({ ok: true })));
		const shop = await GivenSequencer.with({ steps: [MAP, push()] });
		await shop.post({ n: 1 });
		const { steps } = await shop.reached("succeeded", 1);
		expect(steps[1]?.attempts.map(({ number, status, response }) => [number, status, response?.status])).toEqual([
			[1, "failed", 503],
			[2, "failed", 503],
			[3, "succeeded", 200],
		]);
		const keys = outside.calls.map((call) => call.headers.get("idempotency-key"));
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
		expect(keys[0]).toBeTruthy();
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { succeeded: 1, failed: 0, pending: 0 } });
	});

	it("waits as long as the other system asks", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 429, headers: { "retry-after": "3600" } }) : Response.json({})));
		const shop = await GivenSequencer.with({ steps: [MAP, push()] });
		await shop.post({ n: 1 });
		const waiting = await shop.reached("waiting", 1);
		const inMs = Date.parse(waiting.resumesAt ?? "") - Date.now();
		expect(inMs).toBeGreaterThan(3_500_000);
		expect(inMs).toBeLessThanOrEqual(3_600_000);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { pending: 1 } });
		expect(outside.calls).toHaveLength(1);
		await later(shop, 3_601_000);
		await shop.reached("succeeded", 1);
	});

	it("becomes a dead letter when its tries are used up: it is not tried by itself again, and a person can", async () => {
		let broken = true;
		outside = new Outside(() => (broken ? new Response("no", { status: 500 }) : Response.json({ ok: true })));
		const shop = await GivenSequencer.with({ steps: [MAP, push()] });
		await shop.post({ n: 1 });
		await shop.post({ n: 2 });
		const failed = await shop.reached("failed", 1);
		await shop.reached("failed", 2);
		expect(failed.error).toMatchObject({ code: "http_status", stepId: "push" });
		expect(failed.error?.message).toContain("500");
		expect(outside.calls).toHaveLength(6);
		const listed = await shop.remote.listExecutions(shop.settings.workspaceId, { status: "failed" });
		expect(listed?.items.map(({ sequence }) => sequence)).toEqual([2, 1]);
		await later(shop, 86_400_000);
		expect(outside.calls).toHaveLength(6);

		broken = false;
		const { integrationId, workspaceId } = shop.settings;
		const answer = await shop.remote.replay(workspaceId, eventId(integrationId, 1), { from: "start", version: "current" });
		expect(answer).toMatchObject({ status: "queued", executionId: executionId(integrationId, 1, 2), sequence: 1 });
		await shop.reached("succeeded", 1, 2);
		expect((await shop.remote.getEvent(workspaceId, eventId(integrationId, 1)))?.executions.map(({ status }) => status)).toEqual([
			"succeeded",
			"failed",
		]);
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 2, events: { succeeded: 1, failed: 1 } });
	});

	it.each([
		["of a kind that trying again cannot mend", 400],
		["for good", 404],
	])("is not tried again where it failed %s (%i)", async (_, status) => {
		outside = new Outside(() => new Response("no", { status }));
		const shop = await GivenSequencer.with({ steps: [MAP, push()] });
		await shop.post({ n: 1 });
		await shop.reached("failed", 1);
		expect(outside.calls).toHaveLength(1);
	});
});

describe("a replay", () => {
	it("from the failed step keeps finished outputs and the Idempotency-Key; from the start, or with another body, it has a new one", async () => {
		let broken = true;
		outside = new Outside(() => (broken ? new Response("no", { status: 400 }) : Response.json({})));
		const shop = await GivenSequencer.with({ steps: [MAP, push()] });
		await shop.post({ n: 1 });
		await shop.reached("failed", 1);
		broken = false;
		const { integrationId, workspaceId } = shop.settings;
		const id = eventId(integrationId, 1);
		await shop.remote.replay(workspaceId, id, { from: "failedStep", version: "current" });
		const resumed = await shop.reached("succeeded", 1, 2);
		expect(resumed.steps.map((step) => [step.id, step.status])).toEqual([
			["map", "succeeded"],
			["push", "succeeded"],
		]);
		await shop.remote.replay(workspaceId, id, { from: "start", version: "current" });
		await shop.reached("succeeded", 1, 3);
		const body = new TextEncoder().encode('{"n":9}').buffer as ArrayBuffer;
		await shop.remote.replay(workspaceId, id, { from: "start", version: "current", body });
		await shop.reached("succeeded", 1, 4);
		const [first, second, third, fourth] = outside.calls.map((call) => call.headers.get("idempotency-key"));
		expect(second).toBe(first);
		expect(new Set([first, third, fourth]).size).toBe(3);
		expect(outside.calls.map((call) => call.body)).toEqual(['{"n":1}', '{"n":1}', '{"n":1}', '{"n":9}']);
		expect((await shop.remote.getEvent(workspaceId, id))?.body).toBe('{"n":1}');
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 1, events: { total: 1, succeeded: 1 } });
	});

	it("from the failed step of a replay with an edited body goes on with that body", async () => {
		let broken = false;
		outside = new Outside(() => (broken ? new Response("no", { status: 400 }) : Response.json({})));
		const shop = await GivenSequencer.with({
			steps: [MAP, { ...push(), body: "{{ event.body }}" }],
		});
		await shop.post({ n: 1 });
		await shop.reached("succeeded", 1);
		const { integrationId, workspaceId } = shop.settings;
		const id = eventId(integrationId, 1);
		broken = true;
		const body = new TextEncoder().encode('{"n":9}').buffer as ArrayBuffer;
		await shop.remote.replay(workspaceId, id, { from: "start", version: "current", body });
		await shop.reached("failed", 1, 2);
		broken = false;
		await shop.remote.replay(workspaceId, id, { from: "failedStep", version: "current" });
		await shop.reached("succeeded", 1, 3);
		expect(outside.calls.map((call) => call.body)).toEqual(['{"n":1}', '{"n":9}', '{"n":9}']);
		expect(outside.calls[2]?.headers.get("idempotency-key")).toBe(outside.calls[1]?.headers.get("idempotency-key"));
	});

	it("runs the version of today, or the one that the event ran with at first", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ steps: [{ id: "map", type: "map", output: "old" }] });
		await shop.post({});
		await shop.reached("succeeded", 1);
		const changed = await GivenSequencer.with({ steps: [{ id: "map", type: "map", output: "new" }] });
		await shop.save({ current: { ...changed.settings.current, version: 2 } });
		const { integrationId, workspaceId } = shop.settings;
		const id = eventId(integrationId, 1);
		await shop.remote.replay(workspaceId, id, { from: "start", version: "current" });
		expect((await shop.reached("succeeded", 1, 2)).steps[0]?.output).toBe("new");
		await shop.remote.replay(workspaceId, id, { from: "start", version: "original" });
		expect(await shop.reached("succeeded", 1, 3)).toMatchObject({ version: 1, steps: [{ output: "old" }] });
	});
});
