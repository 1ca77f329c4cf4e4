import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { LEFT_OUT } from "../../worker/events/protocol/delivery";
import { webhookSchema } from "../../worker/integrations/settings";
import { eventually } from "../given/eventually";
import { GivenSequencer } from "../given/sequencer-object";
import { WORKSPACE } from "../given/settings";

const webhook = (given: object = {}) => webhookSchema.parse({ enabled: true, ...given });
const size = (shop: GivenSequencer): Promise<number> => runInDurableObject(shop.stub, (_, { storage }) => storage.sql.databaseSize);
/** Headers of 60 KB in all. */
const BIG = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`x-fill-${n}`, "z".repeat(1_000)]));
const kept = async (shop: GivenSequencer) => {
	const found = await shop.remote.kept(WORKSPACE);
	if (found === null) throw new Error("nothing kept");
	return found;
};

describe("what one request leaves on disk", () => {
	it("is bounded for a list of 500 items with a big head, which all of its events have", async () => {
		const shop = await GivenSequencer.with({ status: "paused", webhook: webhook({ batch: { path: "event.body" } }) });
		const before = await size(shop);
		const query = `?q=${"y".repeat(7_000)}`;
		const headers = { "content-type": "application/json", "x-topic": "orders", ...BIG };
		const response = await exports.default.fetch(`${shop.url}/in${query}`, {
			method: "POST",
			headers,
			body: JSON.stringify(Array(500).fill(1)),
		});
		expect(response.status).toBe(202);
		const sent = 60_000 + query.length + 1_001;
		expect((await size(shop)) - before).toBeLessThan(2 * sent);
		const events = (await shop.remote.listEvents(WORKSPACE, { limit: 1 }))?.items ?? [];
		const last = await shop.remote.getEvent(WORKSPACE, events[0]?.id ?? "");
		expect(last).toMatchObject({ sequence: 500, body: "1", path: "/in", query, contentType: "application/json" });
		expect(last?.headers).toContainEqual(["x-topic", "orders"]);
		expect(last?.headers.at(-1)?.[0]).toBe(LEFT_OUT);
		await eventually(async () => {
			await runDurableObjectAlarm(shop.stub);
			const found = await shop.remote.searchEvents(WORKSPACE, { q: "in", limit: 1 });
			expect(found).toMatchObject({ indexedThrough: 500, items: [{ sequence: 500 }] });
		});
		expect((await size(shop)) - before, "with the index of words").toBeLessThan(6 * sent);
		const counted = (await kept(shop)).bytes;
		await shop.kill();
		expect((await kept(shop)).bytes).toBe(counted);
		expect(counted).toBeGreaterThan(500 * 200);
	});

	it("is counted: headers and query beside the body", async () => {
		const shop = await GivenSequencer.with({ status: "paused", webhook: webhook() });
		for (let n = 0; n < 20; n++) await shop.post({}, BIG);
		const { bytes, databaseBytes } = await kept(shop);
		expect(bytes).toBeGreaterThan(20 * 15_000);
		expect(databaseBytes).toBeLessThan(2 * bytes);
	});

	it("is refused where its URL is too long, and kept cut", async () => {
		const shop = await GivenSequencer.with({ webhook: webhook() });
		const fits = await exports.default.fetch(`${shop.url}/a?q=${"z".repeat(8_187)}`, { method: "POST", body: "{}" });
		const refused = await exports.default.fetch(`${shop.url}/a?q=${"z".repeat(30_000)}`, { method: "POST", headers: BIG, body: "{}" });
		expect([fits.status, refused.status, await refused.json()]).toMatchObject([202, 414, { error: { code: "url_too_long" } }]);
		const [delivery] = (await shop.remote.listDeliveries(WORKSPACE, {}))?.items ?? [];
		expect(delivery).toMatchObject({ status: "rejected", reason: "url_too_long", httpStatus: 414, path: "/a" });
		const whole = await shop.remote.getDelivery(WORKSPACE, delivery?.id ?? "");
		expect(whole?.query.length).toBe(8 * 1024 - 2);
		expect(JSON.stringify(whole?.headers).length).toBeLessThan(20_000);
		expect(await shop.remote.acceptAfterAll(WORKSPACE, delivery?.id ?? "")).toMatchObject({ status: "body_not_kept" });
	});
});
