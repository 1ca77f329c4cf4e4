import { afterEach, describe, expect, it } from "vitest";
import { eventId, executionId } from "../../worker/ids";
import { orderingSchema } from "../../worker/integrations/settings";
import { eventually } from "../given/eventually";
import { Gate, Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
});

const PUSH = {
	id: "push",
	type: "http",
	url: "https://shop.example/",
	body: "{{ event.body.n }}",
	retry: { attempts: 2, backoff: "fixed", initialMs: 10 },
};
const STRICT = orderingSchema.parse({ mode: "integration" });
const BLOCKING = orderingSchema.parse({ mode: "integration", onFailure: "block" });
const called = () => outside?.calls.map((call) => Number(call.body)) ?? [];

describe("in one lane", () => {
	it("events run one after the other, in the order of their numbers, however long each takes", async () => {
		let atOnce = 0;
		let most = 0;
		outside = new Outside(async (call) => {
			most = Math.max(most, ++atOnce);
			await scheduler.wait(Number(call.body) % 3 === 0 ? 20 : 1);
			atOnce--;
			return Response.json({});
		});
		const shop = await GivenSequencer.with({ ordering: STRICT, steps: [PUSH] });
		for (let n = 1; n <= 20; n++) await shop.post({ n });
		await shop.reached("succeeded", 20);
		expect(called()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
		expect(most).toBe(1);
	});

	it("the next event does not start while the one before it waits for its retry", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 500 }) : Response.json({})));
		const shop = await GivenSequencer.with({ ordering: STRICT, steps: [PUSH] });
		for (let n = 1; n <= 3; n++) await shop.post({ n });
		await shop.reached("succeeded", 3);
		expect(called()).toEqual([1, 1, 2, 3]);
	});

	it("a failed event lets the next one pass where its policy says so", async () => {
		outside = new Outside((call) => (call.body === "1" ? new Response("", { status: 400 }) : Response.json({})));
		const shop = await GivenSequencer.with({ ordering: STRICT, steps: [PUSH] });
		for (let n = 1; n <= 2; n++) await shop.post({ n });
		await shop.reached("succeeded", 2);
		expect((await shop.execution(1)).status).toBe("failed");
	});

	it("a failed event blocks the lane where its policy says so, and its replay goes first and unblocks it", async () => {
		let broken = true;
		outside = new Outside((call) => (broken && call.body === "1" ? new Response("", { status: 400 }) : Response.json({})));
		const shop = await GivenSequencer.with({ ordering: BLOCKING, steps: [PUSH] });
		for (let n = 1; n <= 3; n++) await shop.post({ n });
		await shop.reached("failed", 1);
		expect((await shop.execution(2)).status).toBe("queued");
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { failed: 1, pending: 2 } });
		broken = false;
		const { integrationId, workspaceId } = shop.settings;
		await shop.remote.replay(workspaceId, eventId(integrationId, 1), { from: "failedStep", version: "current" });
		await shop.reached("succeeded", 3);
		await shop.reached("succeeded", 1, 2);
		expect(called()).toEqual([1, 1, 2, 3]);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { failed: 0, succeeded: 3, pending: 0 } });
	});

	it("a cancelled event lets the next one pass", async () => {
		const gate = new Gate();
		outside = new Outside(async (call) => {
			if (call.body === "1") await gate.passed();
			return Response.json({});
		});
		const shop = await GivenSequencer.with({ ordering: STRICT, steps: [PUSH] });
		for (let n = 1; n <= 2; n++) await shop.post({ n });
		await eventually(() => expect(called()).toEqual([1]));
		const { integrationId, workspaceId } = shop.settings;
		expect((await shop.remote.cancel(workspaceId, executionId(integrationId, 1, 1))).status).toBe("cancelling");
		await eventually(async () => expect((await shop.execution(1)).status).toBe("cancelled"));
		await shop.reached("succeeded", 2);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { cancelled: 1, succeeded: 1 } });
	});
});

describe("without an order", () => {
	it("a hung event holds up no other", async () => {
		const gate = new Gate();
		outside = new Outside(async (call) => {
			if (call.body === "1") await gate.passed();
			return Response.json({});
		});
		const shop = await GivenSequencer.with({ steps: [PUSH] });
		for (let n = 1; n <= 10; n++) await shop.post({ n });
		for (let n = 2; n <= 10; n++) await shop.reached("succeeded", n);
		expect((await shop.execution(1)).status).toBe("running");
		gate.open();
		await shop.reached("succeeded", 1);
	});

	it("no more events run at the same time than the integration allows", async () => {
		let atOnce = 0;
		let most = 0;
		outside = new Outside(async () => {
			most = Math.max(most, ++atOnce);
			await scheduler.wait(20);
			atOnce--;
			return Response.json({});
		});
		const shop = await GivenSequencer.with({ ordering: orderingSchema.parse({ concurrency: 3 }), steps: [PUSH] });
		for (let n = 1; n <= 30; n++) await shop.post({ n });
		for (let n = 1; n <= 30; n++) await shop.reached("succeeded", n);
		expect(most).toBeLessThanOrEqual(3);
		expect(most).toBeGreaterThan(1);
	});

	it("an event that waits can be cancelled at once", async () => {
		outside = new Outside(() => new Response("", { status: 429, headers: { "retry-after": "600" } }));
		const shop = await GivenSequencer.with({ steps: [PUSH] });
		await shop.post({ n: 1 });
		await shop.reached("waiting", 1);
		const { integrationId, workspaceId } = shop.settings;
		expect(await shop.remote.cancel(workspaceId, executionId(integrationId, 1, 1))).toEqual({ status: "cancelled" });
		expect((await shop.execution(1)).status).toBe("cancelled");
		expect(await shop.remote.cancel(workspaceId, executionId(integrationId, 1, 1))).toEqual({ status: "ended" });
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { cancelled: 1, pending: 0 } });
	});
});
