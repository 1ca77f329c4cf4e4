import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
});

const MAP = { id: "map", type: "map", output: { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" } };
const POSITIVE = { id: "positive", type: "filter", condition: "steps.map.stock > 0" };
const PUSH = { id: "push", type: "http", method: "PUT", url: "https://shop.example/products/{{ steps.map.sku }}", body: "{{ steps.map }}" };

describe("a webhook", () => {
	it("runs the workflow, and history shows every step with the full request and response of its call", async () => {
		outside = new Outside(() => Response.json({ updated: true }, { headers: { "x-shop": "1" } }));
		const shop = await GivenSequencer.with({ steps: [MAP, POSITIVE, PUSH] });
		const answer = await shop.post({ sku: "A 1", quantity: 3 }, { authorization: "Bearer s3cret", cookie: "session=1" });
		expect(answer.status).toBe(202);
		const accepted = await answer.json<{ id: string; sequence: number; status: string }>();
		expect(accepted).toMatchObject({ sequence: 1, status: "accepted" });

		const execution = await shop.reached("succeeded", 1);
		expect(execution.eventId).toBe(accepted.id);
		expect(execution.steps.map(({ id, status }) => [id, status])).toEqual([
			["map", "succeeded"],
			["positive", "succeeded"],
			["push", "succeeded"],
		]);
		expect(outside.calls).toHaveLength(1);
		expect(outside.calls[0]).toMatchObject({ method: "PUT", url: "https://shop.example/products/A%201", body: '{"sku":"A 1","stock":3}' });
		expect(execution.steps[2]?.attempts).toMatchObject([
			{
				number: 1,
				status: "succeeded",
				request: { method: "PUT", url: "https://shop.example/products/A%201", body: '{"sku":"A 1","stock":3}' },
				response: { status: 200, body: '{"updated":true}' },
			},
		]);
		expect(execution.steps[2]?.output).toMatchObject({ status: 200, headers: { "x-shop": "1" }, body: { updated: true } });

		const event = await shop.remote.getEvent(shop.settings.workspaceId, accepted.id);
		expect(event).toMatchObject({ status: "succeeded", body: '{"sku":"A 1","quantity":3}', source: "webhook" });
		expect(event?.headers).toContainEqual(["authorization", "Bearer ••••"]);
		expect(event?.headers.map(([name]) => name)).not.toContain("cookie");
		expect(await shop.ledger()).toMatchObject({ balanced: true, lastSequence: 1, events: { webhook: 1, succeeded: 1, pending: 0 } });
	});

	it("ends as filtered where the filter says so, and calls nobody", async () => {
		outside = new Outside(() => new Response());
		const shop = await GivenSequencer.with({ steps: [MAP, POSITIVE, PUSH] });
		await shop.post({ sku: "A", quantity: 0 });
		await shop.post({ sku: "B", quantity: 1 }); // the proof that the way is open
		await shop.reached("filtered", 1);
		await shop.reached("succeeded", 2);
		expect(outside.calls.map((call) => call.url)).toEqual(["https://shop.example/products/B"]);
		expect(await shop.ledger()).toMatchObject({ balanced: true, events: { filtered: 1, succeeded: 1 } });
	});

	it("of invalid JSON is accepted as bytes, and the execution says where parsing failed", async () => {
		const shop = await GivenSequencer.with({ steps: [MAP] });
		const answer = await exports.default.fetch(shop.url, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: '{"sku": "A",\n  oops}',
		});
		expect(answer.status).toBe(202);
		const execution = await shop.reached("failed", 1);
		expect(execution.error?.message).toMatch(/line 2/i);
		const event = await shop.remote.getEvent(shop.settings.workspaceId, execution.eventId);
		expect(event?.body).toBe('{"sku": "A",\n  oops}');
	});

	it("of __proto__ keys and hostile headers changes nothing but its own event", async () => {
		const shop = await GivenSequencer.with({ steps: [{ id: "map", type: "map", output: "{{ event.body }}" }] });
		await exports.default.fetch(shop.url, {
			method: "POST",
			headers: { "content-type": "application/json", "x-evil": "{{ 1 + 1 }}", __proto__: "x" },
			body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"sku":"A"}',
		});
		const execution = await shop.reached("succeeded", 1);
		expect(JSON.stringify(execution.steps[0]?.output)).toContain('"sku":"A"');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it("gets 404 once its integration is deleted, the same as a forged URL", async () => {
		const shop = await GivenSequencer.with();
		expect((await shop.post({})).status).toBe(202);
		await shop.remote.remove(shop.settings.workspaceId);
		const gone = await shop.post({});
		const forged = await exports.default.fetch(
			shop.url.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
			{ method: "POST", body: "{}" },
		);
		expect([gone.status, forged.status]).toEqual([404, 404]);
		const said = async (answer: Response) => (await answer.text()).replace(/req_\w+/, "");
		expect(await said(gone)).toBe(await said(forged));
		expect(await shop.remote.apply({ ...shop.settings, revision: 99 })).toMatchObject({ status: "removed" });
		expect((await shop.post({})).status).toBe(404);
	});
});

describe("a step that calls another integration's URL", () => {
	it("delivers it in process, once", async () => {
		outside = new Outside(() => new Response(null, { status: 500 }));
		const target = await GivenSequencer.with({ steps: [MAP] });
		const source = await GivenSequencer.with({
			steps: [{ id: "push", type: "http", method: "POST", url: `${target.url}/orders?from=shop`, body: "{{ event.body }}" }],
		});
		await source.post({ sku: "A", quantity: 7 });
		await source.reached("succeeded", 1);
		const execution = await target.reached("succeeded", 1);
		expect(execution.steps[0]?.output).toEqual({ sku: "A", stock: 7 });
		const event = await target.remote.getEvent(target.settings.workspaceId, execution.eventId);
		expect(event).toMatchObject({ path: "/orders", query: "?from=shop" });
		expect(outside.calls).toEqual([]);
	});

	it("ends a chain of integrations that call one another at the eleventh hop, with a clear error", async () => {
		const circle = await GivenSequencer.with();
		const step = { id: "again", type: "http", method: "POST", url: circle.url, body: "{{ event.body }}" };
		const { workflow } = (await GivenSequencer.with({ steps: [step] })).settings.current;
		await circle.save({ current: { version: 2, workflow, vars: {} } });
		await circle.post({ n: 1 });
		const last = await circle.reached("failed", 11);
		expect(last.error).toMatchObject({ code: "too_many_hops", stepId: "again" });
		for (let sequence = 1; sequence <= 10; sequence++) await circle.reached("succeeded", sequence);
		expect(await circle.ledger()).toMatchObject({ lastSequence: 11, balanced: true, events: { succeeded: 10, failed: 1 } });
	});
});
