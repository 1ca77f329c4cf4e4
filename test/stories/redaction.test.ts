import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LEASE_MS } from "../../worker/events/leases";
import type { Redaction } from "../../worker/integrations/redaction/rules";
import { orderingSchema, webhookSchema } from "../../worker/integrations/settings";
import { eventually } from "../given/eventually";
import { Outside, silence } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";

let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
	vi.useRealTimers();
});

const CARD = "4111111111111111";
const SECRET = "marker-7f3a-zürich";
/** Headers hold no other letters. */
const PARTNER = "marker-partner-41";
const MAIL = "ada.marker@example.com";
const EVENT = { id: 7, card: { number: CARD, holder: SECRET }, contact: MAIL, note: `call about ${CARD}` };
const REDACTION: Partial<Redaction> = {
	fields: ["event.body.card", "event.headers.x-partner", "event.query.key"],
	patterns: ["card", "email"],
};

const MAP = {
	id: "map",
	type: "map",
	output: { n: "{{ event.body.card.number }}", who: "{{ event.body.card.holder }}", mail: "{{ event.body.contact }}" },
};
const PUSH = {
	id: "push",
	type: "http",
	method: "POST",
	url: "https://shop.example/of/{{ event.body.card.holder }}",
	headers: { "x-who": "{{ event.headers.`x-partner` }}" },
	body: "{{ steps.map }}",
	retry: { attempts: 3, backoff: "fixed", initialMs: 60_000, maxMs: 60_000 },
};
const AFTER = {
	id: "after",
	type: "http",
	method: "POST",
	url: "https://shop.example/after",
	body: { again: "{{ steps.map.who }}", key: "{{ event.query.key }}" },
};

const webhook = (given: object = {}, redaction: Partial<Redaction> | null = REDACTION) =>
	webhookSchema.parse({ enabled: true, redaction, ...given });

/** A webhook with a value wherever one may stand. */
async function post(sequencer: GivenSequencer, body: unknown = EVENT): Promise<Response> {
	const headers = { "content-type": "application/json", "x-partner": PARTNER };
	return exports.default.fetch(`${sequencer.url}?key=${encodeURIComponent(SECRET)}&mail=${encodeURIComponent(MAIL)}`, {
		method: "POST",
		headers,
		body: JSON.stringify(body),
	});
}

async function expectNoMarker(sequencer: GivenSequencer): Promise<void> {
	const everything = await sequencer.stored();
	expect(everything).toContain("Stock sync"); // it does read what is there
	for (const marker of [CARD, SECRET, PARTNER, "marker", "4111", encodeURIComponent(SECRET)])
		expect(everything.includes(marker), marker).toBe(false);
}

/** All that somebody who watches the integration is told. */
async function watched(sequencer: GivenSequencer): Promise<string[]> {
	const headers = {
		upgrade: "websocket",
		"inlet-workspace": sequencer.settings.workspaceId,
		"inlet-until": String(Date.now() + 3_600_000),
	};
	const { webSocket } = await sequencer.stub.fetch("http://sequencer/live", { headers });
	const told: string[] = [];
	webSocket?.addEventListener("message", ({ data }) => void told.push(String(data)));
	webSocket?.accept();
	return told;
}

const sealedRows = (sequencer: GivenSequencer): Promise<number> =>
	runInDurableObject(
		sequencer.stub,
		(_, { storage }) =>
			storage.sql.exec<{ count: number }>("SELECT COUNT(*) AS count FROM chunks WHERE owner IN ('sealed', 'outputs')").one().count,
	);

async function later(sequencer: GivenSequencer, ms: number): Promise<void> {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
	await runDurableObjectAlarm(sequencer.stub);
}

describe("an integration that masks what it keeps", () => {
	it("runs on the full event, and neither while it waits nor when it has ended is a masked value anywhere", async () => {
		outside = new Outside((call, n) =>
			n === 1
				? Response.json({ sorry: call.url, who: SECRET, card: Number(CARD) }, { status: 503, headers: { "x-echo": MAIL } })
				: Response.json({ echo: call.body, new: "bob@example.com" }),
		);
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, PUSH, AFTER] });
		const told = await watched(shop);
		expect((await post(shop)).status).toBe(202);
		await shop.reached("waiting", 1);
		await eventually(() => expect(told.join("\n")).toContain('"status":"waiting"'));
		expect(outside.calls[0]?.body).toBe(JSON.stringify({ n: CARD, who: SECRET, mail: MAIL }));
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(2);
		const waiting = await shop.execution(1);
		expect(waiting.steps[0]?.output).toEqual({ n: "••••", who: "••••", mail: "••••" });

		await later(shop, 61_000);
		const { steps } = await shop.reached("succeeded", 1);
		expect(outside.calls.map(({ url }) => decodeURIComponent(url))).toEqual([
			`https://shop.example/of/${SECRET}`,
			`https://shop.example/of/${SECRET}`,
			"https://shop.example/after",
		]);
		expect(outside.calls[2]?.body).toBe(JSON.stringify({ again: SECRET, key: SECRET }));
		expect(JSON.stringify(steps)).not.toMatch(/marker|4111|bob@/);
		expect(told.join("\n")).not.toMatch(/marker|4111|bob@/);
		expect(steps[1]?.attempts[1]?.request?.url).toBe("https://shop.example/of/••••");
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(0);

		const event = await shop.remote.getEvent(shop.settings.workspaceId, steps ? (await shop.execution(1)).eventId : "");
		expect(JSON.parse(event?.body ?? "")).toEqual({ id: 7, card: "••••", contact: "••••", note: "call about ••••" });
		expect(event?.masked).toEqual({
			fields: ["event.body.card", "event.headers.x-partner", "event.query.key"],
			patterns: ["card", "email"],
			bodyDropped: false,
		});
	});

	it("finds an event by what is kept of it, and not by what is masked", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		await post(shop);
		await shop.reached("succeeded", 1);
		const search = (q: string) => shop.remote.searchEvents(shop.settings.workspaceId, { q });
		await eventually(async () => {
			await runDurableObjectAlarm(shop.stub);
			expect((await search("call"))?.items).toHaveLength(1);
		});
		for (const q of [CARD, "zürich", "marker"]) expect((await search(q))?.items).toEqual([]);
		await expectNoMarker(shop);
	});

	it("replays the masked event", async () => {
		outside = new Outside(() => Response.json({}));
		const push = { ...PUSH, url: "https://shop.example/", headers: {} };
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, push] });
		await post(shop);
		const { eventId } = await shop.reached("succeeded", 1);
		await shop.remote.replay(shop.settings.workspaceId, eventId, { from: "start", version: "current" });
		await shop.reached("succeeded", 1, 2);
		expect(JSON.parse(outside.calls[0]?.body ?? "")).toEqual({ n: CARD, who: SECRET, mail: MAIL });
		expect(outside.calls[1]?.body).toBe('{"mail":"••••"}'); // the card is masked as a whole: it has no number any more
	});

	it("masks a payload that a person gave with a replay or a run by hand, and runs on what was given", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, { ...PUSH, url: "https://shop.example/", headers: {} }] });
		const body = (who: string) => new TextEncoder().encode(JSON.stringify({ card: { number: CARD, holder: who } })).buffer as ArrayBuffer;
		await shop.remote.run(shop.settings.workspaceId, body(SECRET));
		const { eventId } = await shop.reached("succeeded", 1);
		await shop.remote.replay(shop.settings.workspaceId, eventId, { from: "start", version: "current", body: body(`${SECRET} again`) });
		await shop.reached("succeeded", 1, 2);
		expect(outside.calls.map((call) => JSON.parse(call.body).who)).toEqual([SECRET, `${SECRET} again`]);
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(0);
	});

	it("loses nothing when the Sequencer goes and comes back while the event waits, or the masking is turned off meanwhile", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 503 }) : Response.json({})));
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, PUSH, AFTER] });
		await post(shop);
		await shop.reached("waiting", 1);
		await shop.save({ webhook: webhook({}, null) });
		await evictDurableObject(shop.stub);
		await later(shop, 61_000);
		await shop.reached("succeeded", 1);
		expect(outside.calls[1]?.body).toContain(SECRET);
		expect(outside.calls[2]?.body).toContain(SECRET);
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(0);
	});

	it("goes on with the full event when its Executor is gone in the middle of a call", async () => {
		outside = new Outside((_, n) => (n === 2 ? silence() : Response.json({})));
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, PUSH, AFTER] });
		await post(shop);
		await eventually(() => expect(outside?.calls).toHaveLength(2));
		await expectNoMarker(shop);
		const slots = await runInDurableObject(shop.stub, (_, { storage }) =>
			storage.sql.exec<{ slot: number }>("SELECT slot FROM leases WHERE keys <> '[]'").toArray(),
		);
		for (const { slot } of slots)
			await runInDurableObject(env.EXECUTOR.getByName(`${shop.settings.integrationId}/${slot}`), (_, state) =>
				state.abort("killed by the test"),
			).catch(() => {});
		await later(shop, LEASE_MS + 1_000);
		await shop.reached("succeeded", 1);
		expect(outside.calls[2]?.body).toBe(JSON.stringify({ again: SECRET, key: SECRET }));
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(0);
	});

	it("is cancelled, and what was sealed is gone", async () => {
		outside = new Outside(() => new Response("", { status: 503 }));
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP, PUSH] });
		await post(shop);
		const { id } = await shop.reached("waiting", 1);
		expect(await sealedRows(shop)).toBe(2);
		await shop.remote.cancel(shop.settings.workspaceId, id);
		await shop.reached("cancelled", 1);
		expect(await sealedRows(shop)).toBe(0);
		await expectNoMarker(shop);
	});

	it("keeps order by a masked field, whose value nobody sees", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 503 }) : Response.json({})));
		const ordering = orderingSchema.parse({ mode: "key", key: "event.body.card.number" });
		const shop = await GivenSequencer.with({ webhook: webhook(), ordering, steps: [{ ...PUSH, body: "{{ event.body.id }}" }] });
		await post(shop);
		await shop.reached("waiting", 1);
		await post(shop, { ...EVENT, id: 8 });
		await post(shop, { ...EVENT, id: 9, card: { number: "5555555555554444", holder: SECRET } });
		await shop.reached("succeeded", 3);
		expect((await shop.execution(2)).status).toBe("queued");
		const events = (await shop.remote.listEvents(shop.settings.workspaceId, {}))?.items ?? [];
		const lanes = events.map(({ lane }) => lane);
		expect(lanes[1]).toBe(lanes[2]);
		expect(lanes[0]).not.toBe(lanes[1]);
		expect(lanes[0]).toMatch(/^\["•••• [0-9a-f]{32}"\]$/);
		await expectNoMarker(shop);
		await later(shop, 61_000);
		await shop.reached("succeeded", 2);
	});

	it("masks each item of a list that was refused before and is accepted after all, and knows it again by a masked field", async () => {
		const given = { batch: { path: "event.body" }, dedupe: { mode: "fields", fields: ["event.body.card.number"] } };
		const shop = await GivenSequencer.with({ webhook: webhook({ ...given, methods: ["PUT"] }, null), steps: [MAP] });
		const list = [EVENT, { ...EVENT, card: { number: "5555555555554444", holder: SECRET } }];
		expect((await post(shop, list)).status).toBe(405);
		await shop.save({ webhook: webhook(given) });
		const [kept] = (await shop.remote.listDeliveries(shop.settings.workspaceId, {}))?.items ?? [];
		expect(await shop.remote.acceptAfterAll(shop.settings.workspaceId, kept?.id ?? "")).toMatchObject({ status: "accepted", sequence: 1 });
		for (const sequence of [1, 2]) {
			const { eventId } = await shop.reached("succeeded", sequence);
			const event = await shop.remote.getEvent(shop.settings.workspaceId, eventId);
			expect(JSON.parse(event?.body ?? "")).toMatchObject({ id: 7, card: "••••" });
			expect(event?.headers).toContainEqual(["x-partner", "••••"]);
			expect(event?.query).not.toContain(encodeURIComponent(SECRET));
		}
		expect(await (await post(shop, list)).json()).toMatchObject({ status: "duplicate", sequence: 1, duplicates: 2 });
	});

	it("recognizes duplicates by a masked field, and keeps masked what differs", async () => {
		const shop = await GivenSequencer.with({
			webhook: webhook({ dedupe: { mode: "fields", fields: ["event.body.card.number"] } }),
			steps: [MAP],
		});
		expect(await (await post(shop)).json()).toMatchObject({ status: "accepted", sequence: 1 });
		expect(await (await post(shop, { ...EVENT, id: 8 })).json()).toMatchObject({ status: "duplicate", sequence: 1 });
		await shop.reached("succeeded", 1);
		await expectNoMarker(shop);
		const [kept] =
			(await shop.remote.listDeliveries(shop.settings.workspaceId, {}))?.items.filter(({ status }) => status === "duplicate") ?? [];
		expect(await shop.remote.acceptAfterAll(shop.settings.workspaceId, kept?.id ?? "")).toEqual({ status: "masked" });
		expect((await shop.remote.getDelivery(shop.settings.workspaceId, kept?.id ?? ""))?.missing).toBe("masked");
	});

	it("masks each item of a batch, and what it turns down", async () => {
		outside = new Outside(() => Response.json({}));
		const push = { ...PUSH, url: "https://shop.example/" };
		const shop = await GivenSequencer.with({ webhook: webhook({ batch: { path: "event.body.items" } }), steps: [MAP, push] });
		await post(shop, { items: [EVENT, { id: 8 }, { ...EVENT, card: { number: CARD, holder: `${SECRET} two` } }] });
		await eventually(() => expect(outside?.calls.length).toBe(3));
		for (const sequence of [1, 2, 3]) await shop.reached("succeeded", sequence);
		expect(outside.calls.map((call) => JSON.parse(call.body).who).sort()).toEqual([SECRET, `${SECRET} two`, undefined].sort());
		await expectNoMarker(shop);

		await shop.save({ webhook: webhook({ methods: ["PUT"] }) });
		expect((await post(shop)).status).toBe(405);
		await expectNoMarker(shop);
		const [refused] = (await shop.remote.listDeliveries(shop.settings.workspaceId, {}))?.items ?? [];
		const detail = await shop.remote.getDelivery(shop.settings.workspaceId, refused?.id ?? "");
		expect(JSON.parse(detail?.body ?? "")).toMatchObject({ id: 7, card: "••••" });
	});

	it("shows nothing of a body in which the fields cannot be found, nor of what was made of it", async () => {
		outside = new Outside((call) => new Response(`you sent ${call.body}`, { status: 400 }));
		const push = { ...PUSH, url: "https://shop.example/x", headers: {}, body: "{{ event.body }}" };
		const shop = await GivenSequencer.with({
			webhook: webhook(),
			steps: [{ ...MAP, output: { part: "{{ $substring(event.body, 0, 9) }}" } }, push],
		});
		await exports.default.fetch(shop.url, { method: "POST", headers: { "content-type": "text/plain" }, body: `${SECRET} and more` });
		const { steps, eventId } = await shop.reached("failed", 1);
		expect(outside.calls[0]?.body).toBe(`${SECRET} and more`);
		expect(JSON.stringify(steps)).not.toMatch(/marker|and more/);
		const event = await shop.remote.getEvent(shop.settings.workspaceId, eventId);
		expect(event).toMatchObject({ body: "", masked: { bodyDropped: true } });
		await expectNoMarker(shop);
	});

	it("takes a body of nine megabytes through a wait", async () => {
		outside = new Outside((_, n) => (n === 1 ? new Response("", { status: 503 }) : Response.json({})));
		const keep = { id: "keep", type: "map", output: "{{ event.body }}" };
		const push = {
			...PUSH,
			url: "https://shop.example/",
			headers: {},
			body: { who: "{{ steps.keep.card.holder }}", length: "{{ $length(steps.keep.filler) }}" },
		};
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [keep, push] });
		await post(shop, { ...EVENT, filler: "x".repeat(9_000_000) });
		await shop.reached("waiting", 1);
		await expectNoMarker(shop);
		await later(shop, 61_000);
		const { steps } = await shop.reached("succeeded", 1);
		expect(JSON.parse(outside.calls[1]?.body ?? "")).toEqual({ who: SECRET, length: 9_000_000 });
		expect(steps[0]?.output).toMatchObject({ card: { number: "••••", holder: "••••" }, contact: "••••" });
		await expectNoMarker(shop);
		expect(await sealedRows(shop)).toBe(0);
	});

	it.each(["event.body.card", "event.body.data.events[].card"])(
		"masks %s of a batch in each event, and in a delivery that was refused as a whole",
		async (field) => {
			const given = { batch: { path: "event.body.data.events" }, pendingMax: 2 };
			const shop = await GivenSequencer.with({ webhook: webhook(given, { fields: [field] }), steps: [MAP] });
			const item = (n: number) => ({ n, card: { number: CARD, holder: SECRET } });
			expect((await shop.post({ data: { events: [item(1), item(2)] } })).status).toBe(202);
			expect((await shop.reached("succeeded", 2)).steps[0]?.output).toMatchObject({ n: "••••", who: "••••" });
			expect((await shop.post({ data: { events: [item(3), item(4), item(5)] } })).status).toBe(413);
			const { items = [] } = (await shop.remote.listDeliveries(shop.settings.workspaceId, {})) ?? {};
			const refused = items.find(({ status }) => status === "rejected");
			const { body } = (await shop.remote.getDelivery(shop.settings.workspaceId, refused?.id ?? "")) ?? {};
			expect(JSON.parse(body ?? "")).toEqual({ data: { events: [3, 4, 5].map((n) => ({ n, card: "••••" })) } });
			await expectNoMarker(shop);
		},
	);

	it("waits for a key that is missing, and loses nothing", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ webhook: webhook(), status: "paused", steps: [MAP, PUSH] });
		await post(shop);
		await runInDurableObject(shop.stub, (_, { storage }) => {
			// As if it had been sealed with a key of version 9.
			const { bytes } = storage.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM chunks WHERE owner = 'sealed'").one();
			const changed = new Uint8Array(bytes.slice(0));
			changed[3] = 9;
			storage.sql.exec("UPDATE chunks SET bytes = ? WHERE owner = 'sealed'", changed);
		});
		await shop.save({ status: "active" });
		const { error } = await shop.reached("waiting", 1);
		expect(error?.message).toContain("no key of version 9");
		expect(outside.calls).toEqual([]);
		await runInDurableObject(shop.stub, (_, { storage }) => {
			const { bytes } = storage.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM chunks WHERE owner = 'sealed'").one();
			const changed = new Uint8Array(bytes.slice(0));
			changed[3] = Number.parseInt(env.VAULT_KEYS, 10);
			storage.sql.exec("UPDATE chunks SET bytes = ? WHERE owner = 'sealed'", changed);
		});
		await later(shop, 6 * 60_000);
		await shop.reached("succeeded", 1);
		expect(outside.calls[0]?.body).toContain(SECRET);
	});
});

describe("an integration that masks nothing", () => {
	it("still never keeps a cookie or a credential", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({}, null), steps: [MAP] });
		const headers = {
			"content-type": "application/json",
			cookie: "a=marker-cookie",
			"set-cookie": "b=marker-cookie",
			"x-adobesign-clientid": "marker-token",
		};
		await exports.default.fetch(shop.url, { method: "POST", headers, body: "{}" });
		const { eventId } = await shop.reached("succeeded", 1);
		expect(await shop.stored()).toContain("x-adobesign-clientid");
		expect(await shop.stored()).not.toContain("marker-");
		const event = await shop.remote.getEvent(shop.settings.workspaceId, eventId);
		expect(event?.headers).toContainEqual(["x-adobesign-clientid", "••••"]);
	});

	it("keeps its events as they came, and seals nothing", async () => {
		outside = new Outside(() => Response.json({}));
		const shop = await GivenSequencer.with({ webhook: webhook({}, null), steps: [MAP, PUSH] });
		await post(shop);
		await shop.reached("succeeded", 1);
		expect(await shop.stored()).toContain(CARD);
		expect(await sealedRows(shop)).toBe(0);
	});
});
