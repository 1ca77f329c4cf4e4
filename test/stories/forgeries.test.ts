import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ExecutionSummary, InboxPage, Integration, Ledger, Page } from "../../worker/api/types";
import paypalVectors from "../connectors/vectors/paypal.json";
import { givenIntegration, givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";
import { stripe } from "../given/stripe";

/** What somebody can make of a genuine delivery that they have seen, without the secret that signed it. */

vi.setConfig({ testTimeout: 30_000 });

let ada: Someone;
beforeAll(async () => {
	ada = await givenPerson();
});

async function givenEndpoint(scheme: string, secret: string, webhook: object = {}, rest: object = {}): Promise<Integration> {
	const { id, version } = await givenIntegration(ada, { workflow: { steps: [{ id: "seen", type: "map", output: "{{ event.body }}" }] } });
	const verification = { scheme, secrets: [secret] };
	return ada.get("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true, verification, ...webhook }, ...rest });
}

async function post({ webhook }: Integration, body: string, headers: Record<string, string>): Promise<string> {
	const response = await exports.default.fetch(webhook.url ?? "", { method: "POST", headers, body: new TextEncoder().encode(body) });
	const { status = "refused" } = (await response.json()) as { status?: string };
	return status;
}

const ledger = ({ id }: Integration) => ada.get<Ledger>("GET", `/api/integrations/${id}/ledger`);
const hmac = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");
const seconds = () => Math.floor(Date.now() / 1000);

const TYPES = [
	"application/json",
	"application/json",
	"application/x-ndjson",
	"application/jsonl",
	"text/plain",
	"text/html",
	"application/x-www-form-urlencoded",
	"multipart/form-data; boundary=b",
	"application/xml",
	"application/octet-stream",
	"application/jwt",
	"application/json; charset=utf-16le",
	"nonsense",
];

describe("the same signed request under other content types", () => {
	it("is one event, and then a duplicate", async () => {
		const shop = await givenEndpoint(
			"stripe",
			"whsec_x",
			{ dedupe: { mode: "sender" } },
			{ ordering: { mode: "key", key: "event.body.id", onFailure: "block" } },
		);
		const body = '{"id":"evt_1","type":"payment"}';
		const signed = stripe("whsec_x", body);
		const statuses: string[] = [];
		for (const type of TYPES) statuses.push(await post(shop, body, { "content-type": type, ...signed }));
		expect(statuses).toEqual(["accepted", ...TYPES.slice(1).map(() => "duplicate")]);
		expect(await ledger(shop)).toMatchObject({ events: { total: 1 }, deliveries: { accepted: 1, duplicate: TYPES.length - 1 } });
	});

	it("keeps its lane and its body where it comes under a wrong one first", async () => {
		const rest = { ordering: { mode: "key", key: "event.body.id", onFailure: "block" } };
		const shop = await givenEndpoint("stripe", "whsec_x", {}, rest);
		const body = '{"id":"evt_1","type":"payment"}';
		const signed = stripe("whsec_x", body);
		expect(await post(shop, body, { "content-type": "text/plain", ...signed })).toBe("accepted");
		const seen = await eventually(async () => {
			const { items } = await ada.get<Page<ExecutionSummary>>("GET", `/api/integrations/${shop.id}/executions`);
			expect(items[0]?.status).toBe("succeeded");
			return ada.get("GET", `/api/integrations/${shop.id}/executions/${items[0]?.id}`);
		});
		expect(seen).toMatchObject({ steps: [{ output: { id: "evt_1", type: "payment" } }] });
		const events = await ada.get<Page<{ lane: string | null }>>("GET", `/api/integrations/${shop.id}/events`);
		expect(events.items.map(({ lane }) => lane)).toEqual([expect.stringContaining("evt_1")]);
	});

	it("is not parted otherwise where it holds a list", async () => {
		const shop = await givenEndpoint("github", "k", {
			batch: { path: "event.body" },
			dedupe: { mode: "fields", fields: ["event.body.id"] },
		});
		const body = '[{"id":1},{"id":2}]';
		const statuses: string[] = [];
		for (const type of TYPES)
			statuses.push(await post(shop, body, { "content-type": type, "x-hub-signature-256": `sha256=${hmac("k", body)}` }));
		expect(statuses).toEqual(["accepted", ...TYPES.slice(1).map(() => "duplicate")]);
		expect((await ledger(shop)).events.total).toBe(2);
	});

	it("shows no other fields: Adyen's signed item is not read as a form that holds somebody else's words", async () => {
		const key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
		const shop = await givenEndpoint("adyen", key);
		const item = {
			pspReference: "p1",
			merchantAccountCode: "M",
			merchantReference: "r",
			amount: { value: 1130, currency: "EUR" },
			eventCode: "AUTHORISATION",
			success: "false",
		};
		const hmacSignature = createHmac("sha256", Buffer.from(key, "hex")).update("p1::M:r:1130:EUR:AUTHORISATION:false").digest("base64");
		const body = JSON.stringify({
			notificationItems: [{ NotificationRequestItem: { ...item, additionalData: { hmacSignature } } }],
			z: "&success=true&eventCode=REFUND&",
		});
		expect(await post(shop, body, { "content-type": "application/x-www-form-urlencoded" })).toBe("accepted");
		const output = await eventually(async () => {
			const { items } = await ada.get<Page<ExecutionSummary>>("GET", `/api/integrations/${shop.id}/executions`);
			expect(items[0]?.status).toBe("succeeded");
			const { steps } = await ada.get<{ steps: { output: Record<string, unknown> }[] }>(
				"GET",
				`/api/integrations/${shop.id}/executions/${items[0]?.id}`,
			);
			return steps[0]?.output;
		});
		expect(output?.eventCode).toBeUndefined();
		expect(output).toMatchObject({ notificationItems: [{ NotificationRequestItem: { success: "false" } }] });
	});
});

describe("a signed body under an id that nobody signed", () => {
	const push = (shop: Integration, body: string, id: string | null, more: Record<string, string> = {}) =>
		post(shop, body, {
			"content-type": "application/json",
			...(id !== null && { "x-github-delivery": id }),
			"x-hub-signature-256": `sha256=${hmac("k", body)}`,
			...more,
		});

	it("is a duplicate, where the sender's bodies are never the same twice", async () => {
		const repository = await givenEndpoint("github", "k", { dedupe: { mode: "sender" } });
		const [one, other] = ['{"after":"0d1a26e67d8f"}', '{"after":"6113728f27ae"}'];
		expect(await push(repository, one, "a")).toBe("accepted");
		expect(await push(repository, one, "a")).toBe("duplicate");
		expect(await push(repository, one, "b")).toBe("duplicate");
		expect(await push(repository, one, null)).toBe("duplicate");
		expect(await push(repository, one, null, { "webhook-id": "mine" })).toBe("duplicate");
		expect(await push(repository, other, "c")).toBe("accepted");
		expect(await ledger(repository)).toMatchObject({ events: { total: 2 }, balanced: true });
	});

	it("is an event of its own where the same may be asked for again in the same words, or nobody wanted duplicates found", async () => {
		const dispatched = '{"action":"deploy","branch":"main","client_payload":{}}';
		const repository = await givenEndpoint("github", "k", { dedupe: { mode: "sender" } });
		expect([await push(repository, dispatched, "a"), await push(repository, dispatched, "b")]).toEqual(["accepted", "accepted"]);
		expect(await push(repository, dispatched, "b")).toBe("duplicate");
		const open = await givenEndpoint("github", "k");
		expect([await push(open, '{"z":1}', "a"), await push(open, '{"z":1}', "b")]).toEqual(["accepted", "accepted"]);
	});

	it("is known again where it is masked before it is kept", async () => {
		const redaction = { fields: ["event.body.after"], patterns: [] };
		const repository = await givenEndpoint("github", "k", { dedupe: { mode: "sender" }, redaction });
		expect(await push(repository, '{"after":"0d1a26e67d8f"}', "a")).toBe("accepted");
		expect(await push(repository, '{"after":"0d1a26e67d8f"}', "b")).toBe("duplicate");
		expect(await push(repository, '{"after":"6113728f27ae"}', "c")).toBe("accepted");
	});
});

describe("Mailgun's signature, which covers a token and not the body,", () => {
	const signed = (token: string) => {
		const timestamp = String(seconds());
		return { token, timestamp, signature: hmac("key", timestamp + token) };
	};
	const told = (shop: Integration, signature: object, event: string, type = "application/json") =>
		post(shop, JSON.stringify({ signature, "event-data": { event, id: event } }), { "content-type": type });

	it.each([
		["off", { mode: "off" }],
		["sender", { mode: "sender", windowSeconds: 60 }],
		["fields", { mode: "fields", fields: ["event.body.event-data.id"] }],
		["content", { mode: "content" }],
	])("is taken once, also where duplicates are recognized by: %s", async (_, dedupe) => {
		const domain = await givenEndpoint("mailgun", "key", { dedupe });
		const first = signed("a".repeat(50));
		expect(await told(domain, first, "delivered")).toBe("accepted");
		expect(await told(domain, first, "FORGED")).toBe("duplicate");
		expect(await told(domain, first, "FORGED", "application/x-ndjson")).toBe("duplicate");
		expect(await told(domain, signed("b".repeat(50)), "opened")).toBe("accepted");
		expect(await ledger(domain)).toMatchObject({ events: { total: 2 }, balanced: true });
	});

	it("stands for one event, and not for a list of them", async () => {
		const domain = await givenEndpoint("mailgun", "key", { batch: { path: "event.body.mine" } });
		const signature = signed("c".repeat(50));
		const list = (mine: number[]) => post(domain, JSON.stringify({ signature, mine }), { "content-type": "application/json" });
		expect(await list([1])).toBe("accepted");
		expect(await list([1, 2, 3])).toBe("duplicate");
		expect((await ledger(domain)).events.total).toBe(1);
	});
});

describe("a delivery whose key cannot be fetched", () => {
	const [vector] = paypalVectors.vectors;
	let outside: Outside | null = null;
	afterEach(() => {
		outside?.close();
		outside = null;
		vi.restoreAllMocks();
	});

	it("is asked for again, seen in the log, and accepted once the key is there, also after a forger's flood of names", async () => {
		if (!vector?.fetched) throw new Error("there is no vector of PayPal");
		const [certificate] = Object.values(vector.fetched);
		let there = false;
		outside = new Outside(({ url }) => new Response(certificate, { status: there && !url.includes("FORGED") ? 200 : 503 }));
		const [secret = ""] = vector.secrets;
		const shop = await givenEndpoint("paypal", secret);
		const start = Date.parse(vector.at);
		const now = vi.spyOn(Date, "now").mockReturnValue(start);
		const deliver = (headers: Record<string, string> = {}) =>
			exports.default.fetch(shop.webhook.url ?? "", {
				method: "POST",
				headers: { ...vector.request.headers, ...headers },
				body: vector.request.body ?? "",
			});
		const refused = await deliver();
		expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "30"]);
		const { items } = await ada.get<InboxPage>("GET", `/api/integrations/${shop.id}/inbox`);
		expect(items.map(({ delivery }) => [delivery?.status, delivery?.reason])).toEqual([["rejected", "key_unavailable"]]);
		there = true;
		now.mockReturnValue(start + 10_001);
		expect((await deliver()).status).toBe(202);

		const forged = (n: number) => deliver({ "paypal-cert-url": `https://api.paypal.com/v1/notifications/certs/CERT-FORGED-${n}` });
		const before = outside.calls.length;
		now.mockReturnValue(start + 3_700_000); // the key that was kept is too old by now
		for (let n = 0; n < 25; n++) expect((await forged(n)).status).toBe(503);
		expect(outside.calls.length - before).toBe(10);
		expect((await deliver()).status).toBe(202);
	});
});

describe("a rate", () => {
	const rated = (ratePerSecond: number) => givenEndpoint("github", "k", { ratePerSecond });
	const signed = { "content-type": "application/json", "x-hub-signature-256": `sha256=${hmac("k", "{}")}` };
	const call = ({ webhook }: Integration, method: string, headers: Record<string, string> = {}) =>
		exports.default.fetch(webhook.url ?? "", { method, headers, ...(method === "POST" && { body: "{}" }) });
	const codes = async (shop: Integration, count: number, method: string, headers?: Record<string, string>) => {
		const statuses = new Map<number, number>();
		for (let n = 0; n < count; n++) {
			const { status } = await call(shop, method, headers);
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
		return Object.fromEntries(statuses);
	};
	afterEach(() => {
		vi.restoreAllMocks();
	});

	it("is not spent by what is refused, which has one of its own, nor by who only looks", async () => {
		const shop = await rated(5);
		vi.spyOn(Date, "now").mockReturnValue(Date.now()); // so that nothing comes back meanwhile
		expect(await codes(shop, 30, "POST", { "content-type": "application/json" })).toEqual({ 401: 5, 429: 25 });
		expect(await codes(shop, 10, "HEAD")).toEqual({ 200: 5, 429: 5 });
		expect(await codes(shop, 10, "OPTIONS")).toEqual({ 429: 10 });
		expect(await codes(shop, 6, "POST", signed)).toEqual({ 202: 5, 429: 1 });
		expect(await ledger(shop)).toMatchObject({ events: { total: 5 }, deliveries: { accepted: 5, rejected: 5 }, balanced: true });
	});

	it("is each sender's own where its questions are answered", async () => {
		const shop = await givenEndpoint("dropbox", "k", { ratePerSecond: 2 });
		vi.spyOn(Date, "now").mockReturnValue(Date.now());
		const asked = { webhook: { ...shop.webhook, url: `${shop.webhook.url}?challenge=hello` } } as Integration;
		expect(await codes(asked, 4, "GET")).toEqual({ 200: 2, 429: 2 });
		const own = { "content-type": "application/json", "x-dropbox-signature": hmac("k", "{}") };
		expect(await codes(shop, 3, "POST", own)).toEqual({ 202: 2, 429: 1 });
	});

	it("tells a look the newest of the webhook: gone where it is switched off", async () => {
		const shop = await rated(100);
		expect((await call(shop, "HEAD")).status).toBe(200);
		const saved = await ada.get<Integration>("PATCH", `/api/integrations/${shop.id}`, {
			version: shop.version,
			webhook: { methods: ["PUT"] },
		});
		expect((await call(shop, "OPTIONS")).headers.get("allow")).toBe("PUT");
		await ada.get("PATCH", `/api/integrations/${shop.id}`, { version: saved.version, webhook: { enabled: false } });
		expect((await call(shop, "HEAD")).status).toBe(404);
	});
});
