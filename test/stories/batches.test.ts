import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { eventId } from "../../worker/ids";
import { orderingSchema, webhookSchema } from "../../worker/integrations/settings";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

interface Answer {
	code: number;
	ids: string[];
	sequence: number | null;
	status: string;
	duplicates: number;
}

const MAP = { id: "seen", type: "map", output: "{{ event.body }}" };
const webhook = (given: object = {}) => webhookSchema.parse({ enabled: true, batch: { path: "event.body" }, ...given });
const answer = async (response: Response): Promise<Answer> => ({
	code: response.status,
	...((await response.json()) as Omit<Answer, "code">),
});
const ledger = async (shop: GivenSequencer) => {
	const found = await shop.remote.ledger(WORKSPACE);
	expect(found?.balanced).toBe(true);
	return found;
};

describe("a delivery with several events", () => {
	it("makes one event an item, in order, each with the item as its body and the delivery's headers, path and query", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		const response = await exports.default.fetch(`${shop.url}/orders?from=shop`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-shop": "7" },
			body: '[{"sku":"A","n":1.10},"text", 12345678901234567890]',
		});
		const answered = await answer(response);
		expect(answered).toMatchObject({ code: 202, sequence: 1, status: "accepted", duplicates: 0 });
		const events = await Promise.all(answered.ids.map((id) => shop.remote.getEvent(WORKSPACE, id)));
		expect(events.map((event) => [event?.sequence, event?.body, event?.path, event?.query])).toEqual([
			[1, '{"sku":"A","n":1.10}', "/orders", "?from=shop"],
			[2, '"text"', "/orders", "?from=shop"],
			[3, "12345678901234567890", "/orders", "?from=shop"],
		]);
		expect(events.every((event) => event?.headers.some(([name, value]) => name === "x-shop" && value === "7"))).toBe(true);
		expect((await shop.reached("succeeded", 1)).steps[0]?.output).toEqual({ sku: "A", n: 1.1 });
		expect((await shop.reached("succeeded", 2)).steps[0]?.output).toBe("text");
	});

	it("counts as one delivery that made several events", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({ batch: { path: "event.body.events" } }), steps: [MAP] });
		await shop.post({ events: [1, 2, 3] });
		await shop.post({ note: "no list in here" });
		await shop.post({ events: [] });
		expect(await ledger(shop)).toMatchObject({
			deliveries: { received: 3, accepted: 3, duplicate: 0, rejected: 0, eventsMade: 4 },
			events: { total: 4, webhook: 4 },
		});
		const page = await shop.remote.listDeliveries(WORKSPACE, {});
		const shown = page?.items.map(({ status, sequence, size, batch }) => ({ status, sequence, size, batch }));
		expect(shown).toHaveLength(3);
		expect(shown).toContainEqual({ status: "accepted", sequence: null, size: 13, batch: { events: 0, duplicates: 0 } });
		expect(shown).toContainEqual({ status: "accepted", sequence: 4, size: 26, batch: null });
		expect(shown).toContainEqual({ status: "accepted", sequence: 1, size: 18, batch: { events: 3, duplicates: 0 } });
	});

	it("keeps its count over a restart", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		await shop.post([1, 2]);
		await shop.post([]);
		await shop.kill();
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 2, accepted: 2, eventsMade: 2 } });
	});

	it("is accepted with nothing in it", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook() });
		expect(await answer(await shop.post([]))).toEqual({ code: 202, ids: [], sequence: null, status: "accepted", duplicates: 0 });
	});

	it("gives each item its own lane", async () => {
		const ordering = orderingSchema.parse({ mode: "key", key: "event.body.sku" });
		const shop = await GivenSequencer.with({ webhook: webhook(), ordering, steps: [MAP] });
		await shop.post([{ sku: "A" }, { sku: "B" }, {}]);
		const page = await shop.remote.listEvents(WORKSPACE, {});
		expect(page?.items.map(({ lane }) => lane).reverse()).toEqual(['["A"]', '["B"]', null]);
	});

	it("is told apart in its items by what each of them says of itself", async () => {
		const dedupe = { mode: "fields", fields: ["event.body.id"] };
		const shop = await GivenSequencer.with({ webhook: webhook({ dedupe }), steps: [MAP] });
		const first = await answer(await shop.post([{ id: 1 }, { id: 2 }, { id: 1 }]));
		expect(first).toMatchObject({ code: 202, sequence: 1, duplicates: 1 });
		expect(first.ids[2]).toBe(first.ids[0]);
		const partly = await answer(await shop.post([{ id: 2 }, { id: 3 }]));
		expect(partly).toMatchObject({ code: 202, status: "accepted", sequence: 3, duplicates: 1 });
		expect(partly.ids[0]).toBe(first.ids[1]);
		const wholly = await answer(await shop.post([{ id: 3 }, { id: 1 }]));
		expect(wholly).toMatchObject({ code: 200, status: "duplicate", sequence: 3, duplicates: 2, ids: [partly.ids[1], first.ids[0]] });
		expect(await ledger(shop)).toMatchObject({
			deliveries: { received: 3, accepted: 2, duplicate: 1, eventsMade: 3 },
			events: { total: 3 },
		});
	});

	it("is recognized as a whole by the sender's id, without its items being taken for each other", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({ dedupe: { mode: "sender" } }), steps: [MAP] });
		const first = await answer(await shop.post([{ n: 1 }, { n: 1 }], { "webhook-id": "msg_1" }));
		expect(first).toMatchObject({ code: 202, duplicates: 0 });
		expect(await answer(await shop.post([{ n: 1 }, { n: 1 }], { "webhook-id": "msg_1" }))).toEqual({
			...{ code: 200, status: "duplicate", sequence: 1, duplicates: 2 },
			ids: first.ids,
		});
		expect(await answer(await shop.post([{ n: 1 }], { "webhook-id": "msg_2" }))).toMatchObject({ code: 202, sequence: 3 });
	});

	it("keeps a repeated item whose body differs, which can be accepted after all", async () => {
		const dedupe = { mode: "fields", fields: ["event.body.id"] };
		const shop = await GivenSequencer.with({ webhook: webhook({ dedupe }), steps: [MAP] });
		await shop.post([{ id: 1 }, { id: 2 }]);
		expect(await answer(await shop.post([{ id: 3 }, { id: 1, price: 5 }]))).toMatchObject({ sequence: 3, duplicates: 1 });
		const inbox = (await shop.remote.listInbox(WORKSPACE, {}))?.items.map(({ delivery }) => delivery) ?? [];
		const [conflict] = inbox.filter((delivery) => delivery?.reason === "conflict");
		expect(conflict).toMatchObject({ status: "duplicate", sequence: 1, item: true });
		expect(await shop.remote.acceptAfterAll(WORKSPACE, conflict?.id ?? "")).toMatchObject({ status: "accepted", sequence: 4 });
		expect((await shop.reached("succeeded", 4)).steps[0]?.output).toEqual({ id: 1, price: 5 });
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 2, accepted: 2, duplicate: 0, eventsMade: 4 } });
	});

	it("counts as often as it is listed: once, whatever became of its items", async () => {
		const dedupe = { mode: "fields", fields: ["event.body.id"] };
		const shop = await GivenSequencer.with({ webhook: webhook({ dedupe }), steps: [MAP] });
		const listed = async () => {
			const statuses = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items.map(({ status }) => status) ?? [];
			const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
			return { received: statuses.length, accepted: count("accepted"), duplicate: count("duplicate"), rejected: count("rejected") };
		};
		await shop.post([{ id: 1 }, { id: 1, price: 5 }]);
		expect(await ledger(shop)).toMatchObject({ deliveries: await listed() });
		expect(await listed()).toMatchObject({ received: 1, accepted: 1 });
		await shop.post([{ id: 1, price: 6 }]);
		await shop.post({ id: 1, price: 7 });
		expect(await ledger(shop)).toMatchObject({ deliveries: await listed() });
		expect(await listed()).toMatchObject({ received: 3, duplicate: 2 });
		for (const { delivery } of (await shop.remote.listInbox(WORKSPACE, {}))?.items ?? [])
			if (delivery?.reason === "conflict") await shop.remote.acceptAfterAll(WORKSPACE, delivery.id);
		expect(await ledger(shop)).toMatchObject({ deliveries: { ...(await listed()), eventsMade: 4 } });
		expect(await listed()).toMatchObject({ received: 3, accepted: 2, duplicate: 1 });
	});

	it("is refused whole where it holds too many, kept with its reason", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		const response = await shop.post(Array.from({ length: 1_001 }, (_, n) => ({ n })));
		expect([response.status, await response.json()]).toMatchObject([
			413,
			{ error: { code: "batch_too_large", message: "A delivery may hold 1000 events at most; this one holds more." } },
		]);
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 1, rejected: 1, eventsMade: 0 } });
		const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(kept).toMatchObject({ status: "rejected", reason: "batch_too_large", httpStatus: 413 });
	});

	it("is parted when a person accepts it after all, though it held more than may come at once", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), status: "paused", steps: [MAP] });
		expect((await shop.post(Array.from({ length: 5_000 }, (_, n) => ({ n })))).status).toBe(413);
		const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(await shop.remote.acceptAfterAll(WORKSPACE, kept?.id ?? "")).toMatchObject({ status: "accepted", sequence: 1 });
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 1, accepted: 1, rejected: 0, eventsMade: 5_000 } });
		const last = await shop.remote.getEvent(WORKSPACE, eventId(shop.settings.integrationId, 5_000));
		expect(last).toMatchObject({ body: '{"n":4999}', batch: { first: 1, events: 5_000, place: 5_000 } });
		expect(last?.headers).toContainEqual(["content-type", "application/json"]);
	});

	it("is refused with its reason where it holds more than a person may accept either", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		await shop.post(Array(5_001).fill(1));
		const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(await shop.remote.acceptAfterAll(WORKSPACE, kept?.id ?? "")).toEqual({ status: "too_many", most: 5_000 });
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 1, rejected: 1, eventsMade: 0 } });
	});

	it("that was turned down makes an event for each item when it is accepted after all", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({ methods: ["PUT"] }), steps: [MAP] });
		expect((await shop.post([1, 2, 3])).status).toBe(405);
		const [kept] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(await shop.remote.acceptAfterAll(WORKSPACE, kept?.id ?? "")).toMatchObject({ status: "accepted", sequence: 1 });
		expect((await shop.reached("succeeded", 3)).steps[0]?.output).toBe(3);
		expect(await ledger(shop)).toMatchObject({ deliveries: { received: 1, accepted: 1, rejected: 0, eventsMade: 3 } });
	});

	it("finds room for all of its items or for none", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({ pendingMax: 4 }), status: "paused", steps: [MAP] });
		expect((await shop.post([1, 2, 3])).status).toBe(202);
		const full = await shop.post([4, 5]);
		expect([full.status, Number(full.headers.get("retry-after")) > 0]).toEqual([503, true]);
		expect((await shop.post([4])).status).toBe(202);
		expect((await shop.post([1, 2, 3, 4, 5])).status, "never fits, so nobody is asked to come back").toBe(413);
		expect(await ledger(shop)).toMatchObject({ deliveries: { eventsMade: 4, rejected: 1 }, events: { pending: 4 }, turnedAway: 1 });
	});

	it("finds room where those of its items that are new do", async () => {
		const dedupe = { mode: "fields", fields: ["event.body.id"] };
		const shop = await GivenSequencer.with({ webhook: webhook({ pendingMax: 3, dedupe }), status: "paused", steps: [MAP] });
		const post = async (...ids: number[]) => {
			const { code, status, duplicates } = await answer(await shop.post(ids.map((id) => ({ id }))));
			return [code, status, duplicates];
		};
		expect(await post(1, 2)).toEqual([202, "accepted", 0]);
		expect(await post(1, 3, 4), "one slot for two").toEqual([503, undefined, undefined]);
		expect((await ledger(shop))?.events.total, "all or none").toBe(2);
		expect(await post(1, 3, 3)).toEqual([202, "accepted", 2]);
		expect(await post(1, 2, 3), "a retry while full").toEqual([200, "duplicate", 3]);
		expect(await post(4)).toEqual([503, undefined, undefined]);
		expect(await post(), "nothing needs no room").toEqual([202, "accepted", 0]);
		expect(await ledger(shop)).toMatchObject({
			deliveries: { received: 4, accepted: 3, duplicate: 1, eventsMade: 3 },
			events: { pending: 3 },
			turnedAway: 2,
		});
	});

	it("counts its items against the rate, and what it owes comes back first", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook({ ratePerSecond: 2 }), steps: [MAP] });
		expect((await shop.post(Array(100).fill(0))).status).toBe(202);
		const next = await shop.post([1]);
		expect(next.status).toBe(429);
		expect(Number(next.headers.get("retry-after"))).toBeGreaterThan(40);
		await shop.reached("succeeded", 100);
	});

	it("is stored before what comes after it, among deliveries that come together", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => shop.post(at % 3 === 0 ? [at, at] : { at })));
		expect(answers.every(({ status }) => status === 202)).toBe(true);
		const found = await ledger(shop);
		await shop.reached("succeeded", 80);
		expect(found).toMatchObject({ deliveries: { received: 60, accepted: 60, eventsMade: 80 }, lastSequence: 80 });
	});

	it("answers single deliveries as ever", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook(), steps: [MAP] });
		const single = await (await shop.post({ n: 1 })).json();
		expect(single).toEqual({ id: expect.stringMatching(/^evt_/), sequence: 1, status: "accepted" });
		await shop.reached("succeeded", 1);
	});
});
