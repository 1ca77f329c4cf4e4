import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { DeliveryDetail, DeliverySummary, EventDetail, EventSummary, Integration, Page } from "../../worker/api/types";
import { codeOf, givenIntegration, givenPerson, type Someone } from "../given/api";

let ada: Someone;
beforeEach(async () => {
	ada = await givenPerson();
});

const SECRET = "a-secret-that-is-long-enough";
const BODY = '{"action":"opened","email":"ada@example.com"}';

async function givenEndpoint(webhook: object): Promise<Integration> {
	const { id, version } = await givenIntegration(ada);
	const saved = await ada.send("PATCH", `/api/integrations/${id}`, { body: { version, webhook: { enabled: true, ...webhook } } });
	expect(saved.status, await saved.clone().text()).toBe(200);
	return saved.json();
}

const GITHUB = { verification: { scheme: "github", secrets: [SECRET] }, dedupe: { mode: "sender" } };

/** As GitHub does, with this secret. */
async function push({ webhook }: Integration, delivery: string, secret = SECRET, body = BODY): Promise<unknown> {
	const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
	const headers = {
		...{ "content-type": "application/json", "x-github-event": "issues" },
		...{ "x-github-delivery": delivery, "x-hub-signature-256": signature },
	};
	const answer = await exports.default.fetch(webhook.url ?? "", { method: "POST", headers, body });
	return { code: answer.status, ...((await answer.json()) as object) };
}

async function refusedOf({ id }: Integration): Promise<string> {
	const page: Page<DeliverySummary> = await ada.get("GET", `/api/integrations/${id}/deliveries`);
	const refused = page.items.find(({ status }) => status === "rejected");
	if (refused === undefined) throw new Error("nothing was refused");
	return `/api/integrations/${id}/deliveries/${refused.id}`;
}

describe("a refused delivery that is accepted after all", () => {
	test("is the sender's own: when it is sent again, rightly signed, it is a duplicate", async () => {
		const shop = await givenEndpoint(GITHUB);
		expect(await push(shop, "d1", "another-secret-of-some-length")).toMatchObject({ code: 401 });
		const accepted = await ada.send("POST", `${await refusedOf(shop)}/accept`);
		expect([accepted.status, await accepted.json()]).toMatchObject([202, { sequence: 1 }]);
		expect(await push(shop, "d1")).toMatchObject({ code: 200, status: "duplicate", sequence: 1 });
		expect(await push(shop, "d2"), "the same bytes under another id: GitHub signs no id").toMatchObject({ code: 200, sequence: 1 });
	});

	test("is named where it was sent again already, and runs once more only where that is asked for", async () => {
		const shop = await givenEndpoint(GITHUB);
		await push(shop, "d1", "another-secret-of-some-length");
		const good = await push(shop, "d1");
		expect(good).toMatchObject({ code: 202, sequence: 1 });
		const refused = await refusedOf(shop);
		const answer = await ada.send("POST", `${refused}/accept`);
		expect([answer.status, await answer.json()]).toMatchObject([
			409,
			{ error: { code: "duplicate", details: { eventId: (good as { id: string }).id, sequence: 1 } } },
		]);
		const again = await ada.send("POST", `${refused}/accept`, { body: { again: true } });
		expect([again.status, await again.json()]).toMatchObject([202, { sequence: 2 }]);
	});

	test("stays marked as let in by a person, with the delivery and why it was refused", async () => {
		const shop = await givenEndpoint(GITHUB);
		await push(shop, "d1", "another-secret-of-some-length");
		const refused = await refusedOf(shop);
		const { eventId } = await ada.get<{ eventId: string }>("POST", `${refused}/accept`);
		const { id } = (await push(shop, "d2", SECRET, '{"action":"closed"}')) as { id: string };
		const markOf = async (event: string) => (await ada.get<EventDetail>("GET", `/api/integrations/${shop.id}/events/${event}`)).afterAll;
		expect(await markOf(eventId)).toEqual({ deliveryId: refused.split("/").at(-1), reason: "signature_invalid" });
		expect(await markOf(id)).toBeNull();
	});

	test("is every event of its list, and no other", async () => {
		const shop = await givenEndpoint({ ...GITHUB, dedupe: { mode: "off" }, batch: { path: "event.body.items" } });
		const body = '{"items":[{"n":1},{"n":2}]}';
		await push(shop, "d1", "another-secret-of-some-length", body);
		await ada.get("POST", `${await refusedOf(shop)}/accept`);
		expect(await push(shop, "d2", SECRET, body)).toMatchObject({ code: 202 });
		const { items } = await ada.get<Page<EventSummary>>("GET", `/api/integrations/${shop.id}/events`);
		const marks = items.map(async ({ id, sequence }) => {
			const { afterAll } = await ada.get<EventDetail>("GET", `/api/integrations/${shop.id}/events/${id}`);
			return [sequence, afterAll?.reason ?? null];
		});
		expect(await Promise.all(marks)).toEqual([
			...[4, 3].map((sequence) => [sequence, null]),
			...[2, 1].map((sequence) => [sequence, "signature_invalid"]),
		]);
	});

	test("is no event where it was a handshake, given or refused", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "meta", secrets: [SECRET], verifyToken: "mine" } });
		const ask = (token: string) =>
			exports.default
				.fetch(`${shop.webhook.url}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`)
				.then(({ status }) => status);
		expect([await ask("mine"), await ask("another")]).toEqual([200, 403]);
		const { items } = await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${shop.id}/deliveries`);
		expect(items.map(({ status }) => status)).toEqual(["rejected", "handshake"]);
		for (const { id } of items) {
			const answer = await ada.send("POST", `/api/integrations/${shop.id}/deliveries/${id}/accept`);
			expect([answer.status, await codeOf(answer)]).toEqual([409, "not_an_event"]);
		}
	});

	test("says that its values were masked where they were, before it is tried and when it is", async () => {
		const shop = await givenEndpoint({ ...GITHUB, redaction: { fields: ["event.body.email"], patterns: [] } });
		await push(shop, "d1", "another-secret-of-some-length");
		const refused = await refusedOf(shop);
		const shown: DeliveryDetail = await ada.get("GET", refused);
		expect([shown.missing, shown.body.includes("ada@example.com")]).toEqual(["masked", false]);
		const answer = await ada.send("POST", `${refused}/accept`);
		expect([answer.status, await codeOf(answer)]).toEqual([409, "body_masked"]);
	});

	test("says that it holds too much, or was too large to be kept", async () => {
		const shop = await givenEndpoint({ batch: { path: "event.body" } });
		const post = (body: string) =>
			exports.default.fetch(shop.webhook.url ?? "", { method: "POST", headers: { "content-type": "application/json" }, body });
		expect((await post(JSON.stringify(Array(5_001).fill(1)))).status).toBe(413);
		const many = await ada.send("POST", `${await refusedOf(shop)}/accept`);
		expect([many.status, await many.json()]).toMatchObject([
			409,
			{ error: { code: "batch_too_large", message: expect.stringContaining("5,000") } },
		]);
		expect((await post(JSON.stringify(Array(1_001).fill("x".repeat(300))))).status).toBe(413);
		const refused = await refusedOf(shop);
		expect(((await ada.get("GET", refused)) as DeliveryDetail).missing).toBe("cut");
		expect(await codeOf(await ada.send("POST", `${refused}/accept`))).toBe("body_not_kept");
	});
});
