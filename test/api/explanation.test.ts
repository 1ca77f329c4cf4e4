import { env, exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { presentDelivery } from "../../worker/api/shown";
import type { DeliveryDetail, DeliverySummary, EventSummary, ExplanationView, Integration, Page } from "../../worker/api/types";
import type { DeliveryDetail as KeptDelivery } from "../../worker/history/deliveries";
import type { IntegrationRow } from "../../worker/integrations/store";
import { givenIntegration, givenMember, givenPerson, type Someone } from "../given/api";
import { stripe } from "../given/stripe";

let ada: Someone;
beforeEach(async () => {
	ada = await givenPerson();
});

const SECRET = "whsec_right-and-long-enough";
const BODY = '{"id":"evt_1","type":"invoice.paid"}';

async function save({ id, version }: Integration, webhook: object): Promise<Integration> {
	const saved = await ada.send("PATCH", `/api/integrations/${id}`, { body: { version, webhook } });
	expect(saved.status, await saved.clone().text()).toBe(200);
	return saved.json();
}
const givenEndpoint = async (verification: object): Promise<Integration> =>
	save(await givenIntegration(ada), { enabled: true, verification });

const post = ({ webhook }: Integration, body: string, headers: Record<string, string> = {}, more = ""): Promise<Response> =>
	exports.default.fetch(`${webhook.url}${more}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

const hex = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

async function newest({ id }: Integration): Promise<DeliverySummary> {
	const [delivery] = (await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${id}/deliveries?limit=1`)).items;
	if (delivery === undefined) throw new Error("no delivery");
	return delivery;
}
const pathTo = async (integration: Integration): Promise<string> =>
	`/api/integrations/${integration.id}/deliveries/${(await newest(integration)).id}`;
const explained = async (integration: Integration): Promise<ExplanationView> => ada.get("GET", `${await pathTo(integration)}/explanation`);

describe("why a delivery was refused", () => {
	test.each([
		["nothing was signed", {}, BODY, { cause: "no_signature", evidence: { looked: "header stripe-signature" } }],
		["another secret signed it", stripe("whsec_wrong", BODY), BODY, { cause: "wrong_secret", proven: false }],
		[
			"the body was written anew on the way",
			stripe(SECRET, BODY),
			'{ "id": "evt_1", "type": "invoice.paid" }',
			{ cause: "body_changed", proven: true },
		],
		[
			"it was signed an hour ago",
			stripe(SECRET, BODY, Date.now() - 3_600_000),
			BODY,
			{ cause: "clock", proven: true, evidence: { differenceSeconds: expect.closeTo(3600, -1.5), toleranceSeconds: 300 } },
		],
		[
			"it bears another sender's signature, made with the same secret",
			{ "x-hub-signature-256": `sha256=${hex(SECRET, BODY)}` },
			BODY,
			{ cause: "other_sender", proven: true, other: expect.anything() },
		],
	] as const)("%s", async (_, headers, body, expected) => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		expect((await post(shop, body, headers)).status).toBe(401);
		const found = await explained(shop);
		expect(found).toMatchObject({ sender: { id: "stripe", name: "Stripe" }, whole: true, ...expected });
		expect(found.evidence.headers.map(({ name }) => name)).toContain("content-type");
	});

	test("the URL is said where it is signed, without its query, and only there", async () => {
		const elsewhere = createHmac("sha256", "square-secret").update(`https://elsewhere.example/${BODY}`).digest("base64");
		const square = await givenEndpoint({ scheme: "square", secrets: ["square-secret"] });
		expect((await post(square, BODY, { "x-square-hmacsha256-signature": elsewhere }, "?token=abc")).status).toBe(401);
		expect(await explained(square)).toMatchObject({ cause: "wrong_secret", proven: false, evidence: { url: square.webhook.url } });
		const stripe = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		expect((await post(stripe, BODY, { "stripe-signature": "t=1,v1=00" })).status).toBe(401);
		expect((await explained(stripe)).evidence.url).toBeNull();
	});

	test("the sender signs a URL that differs from the one that was called", async () => {
		const shop = await givenEndpoint({ scheme: "square", secrets: ["square-secret"] });
		const { url } = shop.webhook;
		const signature = createHmac("sha256", "square-secret").update(`${url}${BODY}`).digest("base64");
		expect((await post(shop, BODY, { "x-square-hmacsha256-signature": signature }, "?source=square")).status).toBe(401);
		expect(await explained(shop)).toMatchObject({ cause: "url_differs", proven: true, how: "it signs the URL without the query" });
	});

	test("the secret itself comes along, and is another one", async () => {
		const shop = await givenEndpoint({ scheme: "bearer", secrets: ["token-that-is-right"] });
		expect((await post(shop, BODY, { authorization: "Bearer token-that-is-wrong" })).status).toBe(401);
		const found = await explained(shop);
		expect(found).toMatchObject({ cause: "wrong_secret", sender: { id: "bearer", carriesSecret: true } });
		expect(JSON.stringify(found)).not.toContain("token-that");
	});

	test.each([
		["a token that comes along as it is", "made-up-token", true],
		["one that signs", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", false],
	])("of a sender with two kinds of secrets it knows %s", async (_, secret, carriesSecret) => {
		const shop = await givenEndpoint({ scheme: "gitlab", secrets: [secret] });
		expect((await post(shop, BODY, { "x-gitlab-token": "another-token" })).status).toBe(401);
		expect(await explained(shop)).toMatchObject({ sender: { id: "gitlab", carriesSecret } });
	});

	test("no secret was set, and what came then passes once it is", async () => {
		const shop = await givenEndpoint({ scheme: "stripe" });
		expect((await post(shop, BODY, stripe(SECRET, BODY), "/orders?x=1")).status).toBe(401);
		expect(await explained(shop)).toMatchObject({ cause: "no_secret", evidence: { secrets: 0 } });
		const mended = await save(shop, { verification: { secrets: [SECRET] } });
		expect(await explained(mended)).toMatchObject({ cause: "accepted_now", evidence: { secrets: 1 } });
	});

	test("a body that was not kept whole is not tried, and the answer says so", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		const large = JSON.stringify({ text: "x".repeat(300_000) });
		expect((await post(shop, large, stripe("whsec_wrong", large))).status).toBe(401);
		expect(await explained(shop)).toMatchObject({ cause: "wrong_secret", proven: false, whole: false });
	});

	test("tells neither a secret nor the signature that would have been right", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		const headers = stripe("whsec_wrong", BODY);
		const time = /t=(\d+)/.exec(headers["stripe-signature"] ?? "")?.[1];
		await post(shop, BODY, { ...headers, authorization: "Bearer of-the-sender" });
		const text = JSON.stringify(await explained(shop));
		for (const kept of [SECRET, SECRET.slice(6), hex(SECRET, `${time}.${BODY}`), "of-the-sender"]) expect(text).not.toContain(kept);
	});

	test("is for members, and only of deliveries that were refused for their signature", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		await post(shop, BODY);
		const viewer = await givenMember(ada, "viewer");
		expect((await viewer.send("GET", `${await pathTo(shop)}/explanation`)).status).toBe(403);
		expect((await (await givenMember(ada, "member")).send("GET", `${await pathTo(shop)}/explanation`)).status).toBe(200);
		expect((await (await givenPerson()).send("GET", `${await pathTo(shop)}/explanation`)).status).toBe(404);
		await exports.default.fetch(shop.webhook.url ?? "", { method: "PUT", body: BODY });
		expect((await ada.send("GET", `${await pathTo(shop)}/explanation`)).status).toBe(409);
		await post(shop, BODY, stripe(SECRET, BODY));
		expect((await ada.send("GET", `${await pathTo(shop)}/explanation`)).status).toBe(404);
	});
});

describe("what a handshake leaves for a person", () => {
	test("is a code that members read and viewers do not", async () => {
		const pages = await givenEndpoint({ scheme: "notion" });
		expect((await post(pages, '{"verification_token":"secret_to-copy"}')).status).toBe(200);
		expect(await newest(pages)).toMatchObject({ status: "handshake", shows: "code" });
		const path = await pathTo(pages);
		expect((await ada.get<DeliveryDetail>("GET", path)).show).toEqual({ what: "code", code: "secret_to-copy" });
		const viewer = await givenMember(ada, "viewer");
		const seen = await viewer.send("GET", path);
		expect(await seen.text()).not.toContain("secret_to-copy");
		await save(await ada.get<Integration>("GET", `/api/integrations/${pages.id}`), { verification: { scheme: "none" } });
		expect((await ada.get<DeliveryDetail>("GET", path)).show).toBeNull();
	});
});

describe("a link that a handshake leaves", () => {
	test("is for those who may act on it", async () => {
		const delivery = { id: "del_1", status: "handshake", show: { what: "link", url: "https://sns.eu-central-1.amazonaws.com/?Token=1" } };
		const shownTo = async (role: "member" | "viewer") =>
			(await presentDelivery(env, {} as IntegrationRow, role, delivery as unknown as KeptDelivery)).show;
		expect(await shownTo("member")).toEqual(delivery.show);
		expect(await shownTo("viewer")).toBeNull();
	});
});

describe("an event of a known sender", () => {
	test("names the sender and what it calls the event", async () => {
		const shop = await givenEndpoint({ scheme: "stripe", secrets: [SECRET] });
		expect((await post(shop, BODY, stripe(SECRET, BODY))).status).toBe(202);
		const [event] = (await ada.get<Page<EventSummary>>("GET", `/api/integrations/${shop.id}/events`)).items;
		expect(event).toMatchObject({ sender: "stripe", name: "invoice.paid" });
		const open = await givenEndpoint({ scheme: "none" });
		expect((await post(open, BODY)).status).toBe(202);
		expect((await ada.get<Page<EventSummary>>("GET", `/api/integrations/${open.id}/events`)).items).toMatchObject([
			{ sender: null, name: null },
		]);
	});
});
