import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Sequencer } from "../../worker/events/sequencer";
import { eventId } from "../../worker/ids";
import { dedupeSchema, orderingSchema, webhookSchema } from "../../worker/integrations/settings";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

const MAP = { id: "seen", type: "map", output: "{{ event.body }}" };
const by = (dedupe: object) => webhookSchema.parse({ enabled: true, dedupe: dedupeSchema.parse(dedupe) });
const answer = async (response: Response): Promise<{ code: number; status: string; sequence: number }> => ({
	code: response.status,
	...((await response.json()) as { status: string; sequence: number }),
});

describe("a delivery that comes again", () => {
	it.each([
		["the sender's own id", { mode: "sender" }, { "webhook-id": "msg_1" }, { "webhook-id": "msg_2" }],
		["a header", { mode: "header", header: "X-Request" }, { "x-request": "1" }, { "x-request": "2" }],
	])("is recognized by %s, answered with the original's id and kept as a delivery", async (_name, dedupe, first, second) => {
		const shop = await GivenSequencer.with({ webhook: by(dedupe), steps: [MAP] });
		expect(await answer(await shop.post({ n: 1 }, first))).toMatchObject({ code: 202, status: "accepted", sequence: 1 });
		expect(await answer(await shop.post({ n: 1 }, first))).toMatchObject({ code: 200, status: "duplicate", sequence: 1 });
		expect(await answer(await shop.post({ n: 1 }, second))).toMatchObject({ code: 202, sequence: 2 });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({
			deliveries: { received: 3, accepted: 2, duplicate: 1 },
			events: { total: 2 },
			balanced: true,
		});
		const page = await shop.remote.listDeliveries(WORKSPACE, {});
		expect(page?.items.map(({ status, sequence, reason }) => [status, sequence, reason])).toEqual([
			["accepted", 2, null],
			["duplicate", 1, null],
			["accepted", 1, null],
		]);
	});

	it("is recognized by fields of its body, compared with their type, and never where one is missing", async () => {
		const shop = await GivenSequencer.with({ webhook: by({ mode: "fields", fields: ["event.body.id", "event.body.rev"] }), steps: [MAP] });
		const statuses: string[] = [];
		for (const body of [{ id: 7, rev: 1 }, { id: 7, rev: 1, note: "x" }, { id: "7", rev: 1 }, { id: 7 }, { id: 7 }]) {
			statuses.push((await answer(await shop.post(body))).status);
		}
		expect(statuses).toEqual(["accepted", "duplicate", "accepted", "accepted", "accepted"]);
	});

	it.each([
		["integers that no JavaScript tells apart", "12345678901234567890", "12345678901234567891"],
		["numbers that are too large for it", "1e400", "2e400"],
		["such numbers inside of a list", "[1,9007199254740993]", "[1,9007199254740992]"],
	])("is told from another by the digits of its id: %s", async (_name, id, other) => {
		const shop = await GivenSequencer.with({
			webhook: by({ mode: "fields", fields: ["event.body.0.order.id"] }),
			ordering: orderingSchema.parse({ mode: "key", key: "event.body.0.order.id" }),
			steps: [MAP],
		});
		const send = async (value: string, type = "application/json"): Promise<string> => {
			const body = `[{"order":{"note":"}","id" : ${value} }}]`;
			const init = { method: "POST", headers: { "content-type": type }, body: type.endsWith("json") ? body : body.slice(1, -1) };
			return (await answer(await exports.default.fetch(shop.url, init))).status;
		};
		expect([await send(id), await send(other), await send(id), await send(`"${id}"`)]).toEqual([
			"accepted",
			"accepted",
			"duplicate",
			"accepted",
		]);
		expect(await send(id, "application/jsonl"), "the same in lines").toBe("duplicate");
		const lanes = (await shop.remote.listEvents(WORKSPACE, {}))?.items.map(({ lane }) => lane).reverse();
		expect(lanes).toEqual([id, other, `"${id}"`].map((value) => `[${value}]`));
	});

	it("is recognized by its content only where that was chosen, and a ping without a body never is", async () => {
		const shop = await GivenSequencer.with({ webhook: by({ mode: "content" }), steps: [MAP] });
		expect((await answer(await shop.post({ n: 1 }))).status).toBe("accepted");
		expect((await answer(await shop.post({ n: 1 }))).status).toBe("duplicate");
		const asked = async (query: string): Promise<string> => {
			const init = { method: "POST", headers: { "content-type": "application/json" }, body: '{"n":1}' };
			return (await answer(await exports.default.fetch(shop.url + query, init))).status;
		};
		expect(await asked("?order=1"), "what it asks for is content").toBe("accepted");
		expect(await asked("?order=2")).toBe("accepted");
		expect(await asked("?order=2")).toBe("duplicate");
		expect(await asked("?signature=ab&order=2"), "how it is signed is none").toBe("duplicate");
		const ping = await shop.accept({}, { body: new ArrayBuffer(0) });
		expect(ping.status).toBe("accepted");
		const plain = await GivenSequencer.with({ steps: [MAP] });
		expect((await answer(await plain.post({ n: 1 }))).status).toBe("accepted");
		expect((await answer(await plain.post({ n: 1 }))).status).toBe("accepted");
	});

	it("with another body is a conflict that keeps its body, and can be accepted after all, once", async () => {
		const shop = await GivenSequencer.with({ webhook: by({ mode: "sender" }), steps: [MAP] });
		await shop.post({ n: 1 }, { "webhook-id": "msg_1" });
		expect((await answer(await shop.post({ n: 2 }, { "webhook-id": "msg_1" }))).status).toBe("duplicate");
		const [conflict] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(conflict).toMatchObject({ status: "duplicate", reason: "conflict", sequence: 1 });
		expect((await shop.remote.getDelivery(WORKSPACE, conflict?.id ?? ""))?.body).toBe('{"n":2}');
		expect(await shop.remote.acceptAfterAll(WORKSPACE, conflict?.id ?? "")).toMatchObject({ status: "accepted", sequence: 2 });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, conflict?.id ?? "")).toEqual({ status: "accepted_already" });
		await shop.reached("succeeded", 2);
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({
			deliveries: { received: 2, accepted: 2, duplicate: 0 },
			balanced: true,
		});
	});

	it("is taken as new when the window is over", async () => {
		const shop = await GivenSequencer.with({ webhook: by({ mode: "sender", windowSeconds: 60 }), steps: [MAP] });
		await shop.post({ n: 1 }, { "webhook-id": "msg_1" });
		await runInDurableObject(shop.stub, (_: Sequencer, state) => {
			state.storage.sql.exec("UPDATE duplicate_keys SET expires_at = 1");
		});
		expect(await answer(await shop.post({ n: 1 }, { "webhook-id": "msg_1" }))).toMatchObject({ status: "accepted", sequence: 2 });
	});
});

describe("a delivery that was rejected", () => {
	it("can be accepted after all, in the lane of its key, and moves in the ledger", async () => {
		const shop = await GivenSequencer.with({ ordering: orderingSchema.parse({ mode: "key", key: "event.body.sku" }), steps: [MAP] });
		const response = await exports.default.fetch(shop.url, {
			method: "PUT",
			headers: { "content-type": "application/json" },
			body: '{"sku":"A"}',
		});
		expect(response.status).toBe(405);
		const [rejected] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(await shop.remote.acceptAfterAll(WORKSPACE, rejected?.id ?? "")).toMatchObject({ status: "accepted", sequence: 1 });
		expect((await shop.remote.listEvents(WORKSPACE, {}))?.items[0]).toMatchObject({ lane: '["A"]', source: "webhook" });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { received: 1, accepted: 1, rejected: 0 }, balanced: true });
	});
});

describe("a delivery that was refused and came again", () => {
	const refused = async (webhook: ReturnType<typeof by>, body: unknown, headers: Record<string, string> = {}) => {
		const shop = await GivenSequencer.with({ webhook, steps: [MAP] });
		const init = { method: "PUT", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
		expect((await exports.default.fetch(shop.url, init)).status).toBe(405);
		const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		return { shop, id: kept?.id ?? "" };
	};
	const balance = { deliveries: { received: 2, accepted: 1, duplicate: 1, rejected: 0, eventsMade: 1 }, balanced: true };

	it.each([
		["the sender's own id", { mode: "sender" }],
		["fields of it", { mode: "fields", fields: ["event.body.n"] }],
	])("is a duplicate where it was accepted after all, recognized by %s", async (_name, dedupe) => {
		const { shop, id } = await refused(by(dedupe), { n: 1 }, { "webhook-id": "msg_1" });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id)).toMatchObject({ status: "accepted", sequence: 1 });
		expect(await answer(await shop.post({ n: 1 }, { "webhook-id": "msg_1" }))).toMatchObject({
			code: 200,
			status: "duplicate",
			sequence: 1,
		});
		expect(await answer(await shop.post({ n: 2 }, { "webhook-id": "msg_2" }))).toMatchObject({ code: 202, sequence: 2 });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { received: 3, accepted: 2, duplicate: 1 }, balanced: true });
	});

	it("is not accepted after all without a word that it was accepted then, and runs twice only on demand", async () => {
		const { shop, id } = await refused(by({ mode: "sender" }), { n: 1 }, { "webhook-id": "msg_1" });
		await shop.post({ n: 1 }, { "webhook-id": "msg_1" });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id)).toEqual({
			...{ status: "duplicate", sequence: 1 },
			eventId: eventId(shop.settings.integrationId, 1),
		});
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { accepted: 1, rejected: 1 }, events: { total: 1 } });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id, true)).toMatchObject({ status: "accepted", sequence: 2 });
		expect(await answer(await shop.post({ n: 1 }, { "webhook-id": "msg_1" }))).toMatchObject({ status: "duplicate", sequence: 1 });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { accepted: 2, duplicate: 1, rejected: 0 }, balanced: true });
	});

	it("is recognized by values that are masked, too", async () => {
		const webhook = webhookSchema.parse({
			...by({ mode: "fields", fields: ["event.body.n"] }),
			redaction: { fields: ["event.headers.x-card"] },
		});
		const { shop, id } = await refused(webhook, { n: 1 });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id)).toMatchObject({ status: "accepted", sequence: 1 });
		expect(await answer(await shop.post({ n: 1 }))).toMatchObject({ status: "duplicate", sequence: 1 });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject(balance);
	});

	it("is told from what it holds besides, where it is a list: only what is new is accepted", async () => {
		const webhook = webhookSchema.parse({ ...by({ mode: "fields", fields: ["event.body.id"] }), batch: { path: "event.body" } });
		const { shop, id } = await refused(webhook, [{ id: 1 }, { id: 2 }, { id: 3 }]);
		await shop.post([{ id: 2 }]);
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id)).toMatchObject({ status: "accepted", sequence: 2 });
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { accepted: 2, rejected: 0, eventsMade: 3 }, balanced: true });
		const again = await answer(await shop.post([{ id: 1 }, { id: 3 }]));
		expect(again).toMatchObject({ code: 200, status: "duplicate", sequence: 2 });
	});

	it("is a repeat as a list where all of it was accepted then", async () => {
		const webhook = webhookSchema.parse({ ...by({ mode: "sender" }), batch: { path: "event.body" } });
		const { shop, id } = await refused(webhook, [{ n: 1 }, { n: 2 }], { "webhook-id": "msg_1" });
		await shop.post([{ n: 1 }, { n: 2 }], { "webhook-id": "msg_1" });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id)).toMatchObject({ status: "duplicate", sequence: 1 });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, id, true)).toMatchObject({ status: "accepted", sequence: 3 });
		await shop.reached("succeeded", 4);
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ deliveries: { accepted: 2, rejected: 0, eventsMade: 4 }, balanced: true });
	});
});

describe("an endpoint that is called too much", () => {
	it("answers 429 with Retry-After above its rate, stores nothing, and goes on when there is room", async () => {
		const webhook = webhookSchema.parse({ enabled: true, ratePerSecond: 2 });
		const shop = await GivenSequencer.with({ webhook, steps: [MAP] });
		const codes: number[] = [];
		let retryAfter: string | null = null;
		for (let i = 0; i < 4; i++) {
			const response = await shop.post({ i });
			codes.push(response.status);
			retryAfter = response.headers.get("retry-after") ?? retryAfter;
		}
		expect(codes.slice(0, 3)).toEqual([202, 202, 429]);
		expect(retryAfter).toBe("1");
		const ledger = await shop.remote.ledger(WORKSPACE);
		expect(ledger).toMatchObject({ balanced: true });
		expect(ledger?.deliveries.received).toBe(codes.filter((code) => code === 202).length);
		expect(ledger?.turnedAway).toBe(codes.filter((code) => code === 429).length);
	});

	it("answers 503 with Retry-After while as many events wait as may", async () => {
		const webhook = webhookSchema.parse({ enabled: true, pendingMax: 2 });
		const shop = await GivenSequencer.with({ webhook, status: "paused", steps: [MAP] });
		expect((await shop.post({ n: 1 })).status).toBe(202);
		expect((await shop.post({ n: 2 })).status).toBe(202);
		const full = await shop.post({ n: 3 });
		expect([full.status, full.headers.get("retry-after")]).toEqual([503, "30"]);
		await shop.save({ status: "active" });
		await shop.reached("succeeded", 2);
		expect((await shop.post({ n: 4 })).status).toBe(202);
	});
});

describe("an integration that is full", () => {
	it.each([
		["as many events wait as it wants", { pendingMax: 2 }, {}],
		["as many wait as the workspace may have", {}, { pendingEvents: 2 }],
		["as much is kept as the workspace may have", {}, { keptBytes: 700 }],
	])("answers a retry of what it accepted as ever where %s, and turns away what is new", async (_name, webhook, limits) => {
		const shop = await GivenSequencer.with({
			webhook: { ...by({ mode: "fields", fields: ["event.body.id"] }), ...webhook },
			limits: { pendingEvents: 1_000, keptBytes: 1e9, ...limits },
			status: "paused",
			steps: [MAP],
		});
		for (const id of [1, 2]) expect((await shop.post({ id, fill: "z".repeat(100) })).status).toBe(202);
		expect((await shop.post({ id: 3 })).status, "full").toBe(503);
		expect(await answer(await shop.post({ id: 1, fill: "z".repeat(100) }))).toMatchObject({ code: 200, status: "duplicate", sequence: 1 });
		expect(await answer(await shop.post({ id: 2, other: true }))).toMatchObject({ code: 200, status: "duplicate", sequence: 2 });
		const page = await shop.remote.listDeliveries(WORKSPACE, {});
		expect(page?.items.map(({ status, reason }) => [status, reason]).slice(0, 2)).toEqual([
			["duplicate", "conflict"],
			["duplicate", null],
		]);
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({
			deliveries: { received: 4, accepted: 2, duplicate: 2 },
			events: { total: 2 },
			turnedAway: 1,
			balanced: true,
		});
	});

	it("knows a retry of what came with it at the same time, and takes as many as may wait", async () => {
		const webhook = { ...by({ mode: "fields", fields: ["event.body.id"] }), pendingMax: 40 };
		const shop = await GivenSequencer.with({ webhook, status: "paused", steps: [MAP] });
		for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 10 }, (_, id) => shop.post({ id: `${round} ${id}` })));
		const codes = await Promise.all(Array.from({ length: 60 }, async (_, n) => (await shop.post({ id: Math.floor(n / 3) })).status));
		const counted = [202, 200, 503].map((code) => codes.filter((one) => one === code).length);
		expect(counted).toEqual([10, 20, 30]);
		expect(await shop.remote.ledger(WORKSPACE)).toMatchObject({ events: { total: 40 }, turnedAway: 30, balanced: true });
	});
});

describe("an integration with a rate of starts", () => {
	it("begins no more executions in a second than that, when a pause ends", async () => {
		const ordering = orderingSchema.parse({ startsPerSecond: 5 });
		const shop = await GivenSequencer.with({ ordering, status: "paused", steps: [MAP] });
		for (let n = 0; n < 10; n++) await shop.post({ n });
		await shop.save({ status: "active" });
		await shop.reached("succeeded", 10);
		const page = await shop.remote.listExecutions(WORKSPACE, {});
		const begun = page?.items.map(({ startedAt }) => Date.parse(startedAt ?? "")) ?? [];
		expect(Math.max(...begun) - Math.min(...begun)).toBeGreaterThanOrEqual(700);
	});
});
