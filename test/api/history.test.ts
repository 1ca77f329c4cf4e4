import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { app } from "../../worker/api/app";
import type { EventDetail, EventSummary, ExecutionDetail, ExecutionSummary, Ledger, Page, Queued } from "../../worker/api/types";
import { codeOf, givenIntegration, givenMember, givenPerson, ORIGIN, type Someone } from "../given/api";

const steps = [{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } }];

async function ended(ada: Someone, id: string, executionId: string): Promise<ExecutionDetail> {
	for (let i = 0; i < 100; i++) {
		const execution = await ada.get<ExecutionDetail>("GET", `/api/integrations/${id}/executions/${executionId}`);
		if (!["queued", "running"].includes(execution.status)) return execution;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error("the execution did not end");
}

test("run now makes an event, whose execution can be read with its steps", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada, { workflow: { steps } });
	const response = await ada.send("POST", `/api/integrations/${id}/run`, { body: { body: { sku: "A-1" } } });
	expect(response.status).toBe(202);
	const { eventId, executionId, sequence } = await response.json<Queued>();
	expect(sequence).toBe(1);
	const execution = await ended(ada, id, executionId);
	expect(execution).toMatchObject({ status: "succeeded", eventId, source: "manual", steps: [{ id: "map", output: { sku: "A-1" } }] });
	const event = await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${eventId}`);
	expect(JSON.parse(event.body)).toEqual({ sku: "A-1" });
	expect(await ada.get<Page<unknown>>("GET", `/api/integrations/${id}/events?source=manual`)).toMatchObject({
		items: [{ id: eventId }],
		cursor: null,
	});
	expect(await ada.get("GET", `/api/integrations/${id}/events?source=webhook`)).toMatchObject({ items: [] });
	expect(await ada.get("GET", `/api/integrations/${id}/deliveries`)).toMatchObject({ items: [] });
	expect(await ada.get("GET", `/api/integrations/${id}/lanes?state=blocked`)).toEqual({ items: [], cursor: null });
	const ledger = await ada.get<Ledger>("GET", `/api/integrations/${id}/ledger`);
	expect(ledger).toMatchObject({ events: { total: 1, manual: 1, succeeded: 1 }, lastSequence: 1, balanced: true });
});

test("run now needs no body", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	expect((await ada.send("POST", `/api/integrations/${id}/run`)).status).toBe(202);
});

test("run now takes an event as a sender would send it: its headers, and a body of any content type", async () => {
	const ada = await givenPerson();
	const steps = [{ id: "seen", type: "map", output: { topic: "{{ event.headers.`x-topic` }}", body: "{{ event.body }}" } }];
	const { id, version } = await givenIntegration(ada, { workflow: { steps } });
	await ada.get("PATCH", `/api/integrations/${id}`, {
		version,
		ordering: { mode: "key", key: "event.headers.x-topic,event.body.order.id" },
	});
	const run = (body: object): Promise<Response> => ada.send("POST", `/api/integrations/${id}/run`, { body });
	const outputOf = async (body: object): Promise<unknown> => {
		const { executionId } = (await (await run(body)).json()) as Queued;
		return (await ended(ada, id, executionId)).steps[0]?.output;
	};
	const headers = { "X-Topic": "orders", cookie: "session=1" };
	expect(await outputOf({ body: { order: { id: 7 } }, headers })).toEqual({ topic: "orders", body: { order: { id: 7 } } });
	const xml = { text: "<order><id>7</id></order>", headers: { ...headers, "Content-Type": "text/xml" } };
	expect(await outputOf(xml)).toEqual({ topic: "orders", body: { order: { id: "7" } } });
	expect(await outputOf({ text: "plain" })).toMatchObject({ body: "plain" });
	const { items } = await ada.get<Page<EventSummary>>("GET", `/api/integrations/${id}/events`);
	expect(items.map(({ lane }) => lane)).toEqual([null, '["orders","7"]', '["orders",7]']);
	const event = await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${items[2]?.id}`);
	expect(event.headers).toEqual(
		[
			["x-topic", "orders"],
			["content-type", "application/json"],
		].sort(),
	);

	const changed = {
		version: version + 1,
		webhook: { enabled: true, verification: { scheme: "stripe", secrets: ["whsec_long-enough-to-be-one"] } },
	};
	await ada.get("PATCH", `/api/integrations/${id}`, changed);
	const { eventId } = (await (await run({ body: { type: "invoice.paid", created: 1_790_000_000 } })).json()) as Queued;
	expect(await ada.get<EventDetail>("GET", `/api/integrations/${id}/events/${eventId}`)).toMatchObject({
		source: "manual",
		sender: null,
		name: "invoice.paid",
		occurredAt: "2026-09-21T14:13:20.000Z",
	});

	for (const wrong of [
		{ body: 1, text: "1" },
		{ body: 1, headers: { "content-type": "text/xml" } },
		{ headers: { "no name": "1" } },
		{ headers: { "x-a": "two\nlines" } },
	])
		expect([wrong, (await run(wrong)).status]).toEqual([wrong, 422]);
});

test("an event is run once more, with another body if wished", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada, { workflow: { steps } });
	const first = await ada.get<Queued>("POST", `/api/integrations/${id}/run`, { body: { sku: "A" } });
	await ended(ada, id, first.executionId);
	const again = await ada.send("POST", `/api/integrations/${id}/events/${first.eventId}/replay`, { body: { body: { sku: "B" } } });
	expect(again.status).toBe(202);
	const { executionId, eventId } = await again.json<Queued>();
	expect(eventId).toBe(first.eventId);
	expect(await ended(ada, id, executionId)).toMatchObject({ number: 2, steps: [{ output: { sku: "B" } }] });
	const { items } = await ada.get<Page<ExecutionSummary>>("GET", `/api/integrations/${id}/executions?status=succeeded`);
	expect(items.map(({ number }) => number)).toEqual([2, 1]);
});

test("what has ended cannot be cancelled, what never was is not found, what is nonsense is refused", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const path = `/api/integrations/${id}`;
	const { executionId } = await ada.get<Queued>("POST", `${path}/run`);
	await ended(ada, id, executionId);
	const late = await ada.send("POST", `${path}/executions/${executionId}/cancel`);
	expect([late.status, await codeOf(late)]).toEqual([409, "already_ended"]);
	expect((await ada.send("POST", `${path}/executions/exe_nothing/cancel`)).status).toBe(404);
	expect((await ada.send("GET", `${path}/executions/exe_nothing`)).status).toBe(404);
	expect((await ada.send("GET", `${path}/events/evt_nothing`)).status).toBe(404);
	expect((await ada.send("POST", `${path}/events/evt_nothing/replay`)).status).toBe(404);
	expect((await ada.send("GET", `${path}/deliveries/del_nothing`)).status).toBe(404);
	expect((await ada.send("POST", `${path}/lanes/nothing/skip`)).status).toBe(404);
	expect((await ada.send("GET", `${path}/executions?cursor=not%20ours`)).status).toBe(422);
	expect((await ada.send("GET", `${path}/executions?status=asleep`)).status).toBe(422);
	expect((await ada.send("POST", `${path}/events/evt_nothing/replay`, { body: { from: "middle" } })).status).toBe(422);
});

async function open(headers: Record<string, string>, id: string, query = ""): Promise<Response> {
	const ctx = createExecutionContext();
	const request = new Request(`${ORIGIN}/api/integrations/${id}/live${query}`, { headers: { Upgrade: "websocket", ...headers } });
	const response = await app.fetch(request, env, ctx);
	await waitOnExecutionContext(ctx);
	return response;
}

test("the live feed opens from our own pages or with a token, and tells what happens", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada, { workflow: { steps } });
	const { token } = await ada.get<{ token: string }>("POST", "/api/tokens", { name: "live", role: "viewer" });
	for (const headers of [{ Cookie: ada.cookie, Origin: ORIGIN }, { Authorization: `Bearer ${token}` }] as Record<string, string>[]) {
		const response = await open(headers, id);
		expect(response.status).toBe(101);
		const socket = response.webSocket;
		if (!socket) throw new Error("no socket");
		socket.accept();
		const message = new Promise<string>((resolve) =>
			socket.addEventListener("message", ({ data }) => resolve(String(data)), { once: true }),
		);
		const { eventId } = await ada.get<Queued>("POST", `/api/integrations/${id}/run`);
		expect(await message).toContain(eventId);
		socket.close();
	}
});

test("the live feed of a workspace that is not the first is named in the query", async () => {
	const owner = await givenPerson();
	const { id } = await givenIntegration(owner);
	const bob = await givenPerson();
	const { url } = await owner.get<{ url: string }>("POST", "/api/invitations", { role: "viewer" });
	await bob.get("POST", `/api/invitations/by-token/${url.split("/").at(-1)}/accept`);
	const headers = { Cookie: bob.cookie, Origin: ORIGIN };
	expect((await open(headers, id)).status).toBe(404);
	const response = await open(headers, id, `?workspace=${owner.workspace.id}`);
	expect(response.status).toBe(101);
	response.webSocket?.accept();
	response.webSocket?.close();
});

test("the live feed stays shut to other sites, strangers and plain requests", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	const { cookie } = ada;
	expect((await open({ Cookie: cookie, Origin: "https://evil.example" }, id)).status).toBe(403);
	expect((await open({ Cookie: cookie }, id)).status).toBe(403);
	expect((await open({ Origin: ORIGIN }, id)).status).toBe(401);
	expect((await open({ Cookie: (await givenPerson()).cookie, Origin: ORIGIN }, id)).status).toBe(404);
	expect((await ada.send("GET", `/api/integrations/${id}/live`)).status).toBe(400);
	expect((await (await givenMember(ada, "viewer")).send("POST", `/api/integrations/${id}/run`)).status).toBe(403);
});

test("a schedule is told in words, with its next runs in its own time zone", async () => {
	const ada = await givenPerson();
	const schedule = { kind: "periodic", every: 1, unit: "hours", activateOn: "2026-11-21T05:55", timeZone: "Europe/Warsaw" };
	const preview = await ada.get<{ sentence: string; next: string[]; timeZone: string }>("POST", "/api/schedule/preview", {
		schedule,
		from: "2026-11-21T00:00:00Z",
	});
	expect(preview.next.slice(0, 2)).toEqual(["2026-11-21T04:55:00.000Z", "2026-11-21T05:55:00.000Z"]);
	expect(preview).toMatchObject({ timeZone: "Europe/Warsaw", sentence: expect.stringMatching(/hour/) });
	expect(preview.next).toHaveLength(5);
	const refused = await ada.send("POST", "/api/schedule/preview", { body: { schedule: { kind: "cron", cron: "not a cron" } } });
	expect(refused.status).toBe(422);
	expect(await refused.json()).toMatchObject({ error: { details: { problems: [{ field: "schedule.cron" }] } } });
});

test("an integration tells when its schedule runs next", async () => {
	const ada = await givenPerson();
	const { id } = await givenIntegration(ada);
	expect(await ada.get("GET", `/api/integrations/${id}/schedule`)).toMatchObject({ nextRunAt: null, skipped: 0 });
	await ada.get("PATCH", `/api/integrations/${id}`, { version: 1, schedule: { enabled: true, kind: "daily", at: "09:00" } });
	expect(await ada.get("GET", `/api/integrations/${id}/schedule`)).toMatchObject({
		nextRunAt: expect.stringMatching(/T09:00:00.000Z$/),
		lastRunAt: null,
	});
});

test("shows a webhook's URL to those who may act, and not to viewers", async () => {
	const ada = await givenPerson();
	const { id, webhook } = await ada.get<{ id: string; webhook: { url: string } }>("POST", "/api/integrations", { name: "Stock sync" });
	expect(webhook.url).toMatch(/\/in\/[0-9a-f]{64}$/);
	const viewer = await givenMember(ada, "viewer");
	expect(await viewer.get("GET", `/api/integrations/${id}`)).toMatchObject({ id, webhook: { url: null, previousUrls: [] } });
	const member = await givenMember(ada, "member");
	expect(await member.get("GET", `/api/integrations/${id}`)).toMatchObject({ webhook: { url: webhook.url } });
});
