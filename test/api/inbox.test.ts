import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DeliverySummary, EventDetail, InboxPage, Integration, Page, SentElsewhere } from "../../worker/api/types";
import { codeOf, givenIntegration, givenMember, givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";
import { stripe } from "../given/stripe";

let ada: Someone;
let outside: Outside | null = null;
beforeEach(async () => {
	ada = await givenPerson();
});
afterEach(() => {
	outside?.close();
	outside = null;
	vi.restoreAllMocks();
});

const SECRET = "whsec_right-and-long-enough";
const BODY = '{"id":"evt_1","type":"invoice.paid","note":"oak chair"}';

async function givenEndpoint(webhook: object = {}): Promise<Integration> {
	const { id, version } = await givenIntegration(ada);
	const saved = await ada.send("PATCH", `/api/integrations/${id}`, { body: { version, webhook: { enabled: true, ...webhook } } });
	expect(saved.status, await saved.clone().text()).toBe(200);
	return saved.json();
}

const post = ({ webhook }: Integration, body: BodyInit, headers: Record<string, string> = {}, more = ""): Promise<Response> =>
	exports.default.fetch(`${webhook.url}${more}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

const inbox = ({ id }: Integration, query = ""): Promise<InboxPage> => ada.get("GET", `/api/integrations/${id}/inbox${query}`);
async function newest(integration: Integration): Promise<string> {
	const [entry] = (await inbox(integration)).items;
	if (entry === undefined) throw new Error("nothing came in");
	return `/api/integrations/${integration.id}/inbox/${entry.id}`;
}

describe("the inbox", () => {
	test("holds what was verified and what was refused, and is narrowed by verdict, name and words", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "stripe", secrets: [SECRET] } });
		expect((await post(shop, BODY, stripe(SECRET, BODY))).status).toBe(202);
		expect((await post(shop, BODY)).status).toBe(401);
		expect((await inbox(shop)).items).toMatchObject([
			{ event: null, delivery: { status: "rejected", reason: "signature_missing" } },
			{ event: { sender: "stripe", name: "invoice.paid" }, delivery: null },
		]);
		expect((await inbox(shop, "?verdict=refused")).items).toHaveLength(1);
		expect((await inbox(shop, "?name=PAID")).items).toMatchObject([{ event: { sequence: 1 } }]);
		await eventually(async () => {
			const found = await inbox(shop, "?q=oak&verdict=verified");
			expect(found.items).toMatchObject([{ event: { sequence: 1 }, snippet: expect.stringContaining("oak chair") }]);
			expect(found.searched).toMatchObject({ lastSequence: 1 });
		});
		expect((await inbox(shop, "?q=oak&verdict=unverified")).items).toEqual([]);
		expect((await ada.send("GET", `/api/integrations/${shop.id}/inbox?verdict=nonsense`)).status).toBe(422);
		expect((await ada.send("GET", `/api/integrations/${shop.id}/inbox?cursor=7`)).status).toBe(422);
	});
});

describe("the body as a file", () => {
	test("is the very bytes that came, under a telling name, as an attachment", async () => {
		const shop = await givenEndpoint();
		const bytes = new Uint8Array([0, 255, 10, 13, 195, 40]);
		await post(shop, bytes, { "content-type": "image/png" });
		const file = await ada.send("GET", `${await newest(shop)}/body`);
		expect(file.status).toBe(200);
		expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
		expect(Object.fromEntries(file.headers)).toMatchObject({
			"content-type": "image/png",
			"content-disposition": 'attachment; filename="event-1.png"',
			"content-security-policy": "sandbox; default-src 'none'",
			"x-content-type-options": "nosniff",
			"cache-control": "no-store",
		});
	});

	test("is there for a refused delivery, and for nobody of another workspace", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "stripe", secrets: [SECRET] } });
		await post(shop, "<script>alert(1)</script>", { "content-type": "text/html" });
		const path = await newest(shop);
		const file = await ada.send("GET", `${path}/body`);
		expect(await file.text()).toBe("<script>alert(1)</script>");
		expect(file.headers.get("content-disposition")).toBe('attachment; filename="rejected-1.html"');
		expect((await (await givenPerson()).send("GET", `${path}/body`)).status).toBe(404);
		const other = await givenEndpoint();
		expect((await ada.send("GET", path.replace(shop.id, other.id).concat("/body"))).status).toBe(404);
	});

	test("is refused where it was not kept whole", async () => {
		const shop = await givenEndpoint({ verification: { scheme: "stripe", secrets: [SECRET] } });
		await post(shop, "x".repeat(300_000), { "content-type": "text/plain" });
		const { items } = await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${shop.id}/deliveries`);
		expect(items[0]?.size).toBe(300_000);
		const file = await ada.send("GET", `${await newest(shop)}/body`);
		expect([file.status, await codeOf(file)]).toEqual([409, "body_not_kept"]);
	});
});

describe("sending a stored request to another URL", () => {
	const answering = (response: () => Response): Outside => {
		outside = new Outside(response);
		return outside;
	};

	test("carries method, headers and body as they came, without credentials, and shows what was answered", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY, { authorization: "Bearer of-the-sender", "x-topic": "orders" }, "/orders?x=1");
		const { calls } = answering(() => new Response("taken", { status: 418, headers: { "x-by": "the other", "set-cookie": "a=b" } }));
		const log = vi.spyOn(console, "info");
		const body = { url: "https://other.example/hook?key=of-theirs", withPath: true };
		const sent = await ada.get<SentElsewhere>("POST", `${await newest(shop)}/send`, body);
		expect(calls).toMatchObject([{ method: "POST", url: "https://other.example/hook/orders?key=of-theirs&x=1", body: BODY }]);
		expect(calls[0]?.headers.get("x-topic")).toBe("orders");
		expect(calls[0]?.headers.has("authorization")).toBe(false);
		expect(sent).toMatchObject({
			withheld: ["authorization"],
			error: null,
			answer: { status: 418, body: "taken", size: 5, redirects: [] },
		});
		expect(sent.answer?.headers).toContainEqual(["x-by", "the other"]);
		const lines = log.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("inbox.sent_elsewhere"));
		expect(lines).toHaveLength(1);
		expect(JSON.parse(lines[0] ?? "")).toMatchObject({ integrationId: shop.id, userId: ada.userId, host: "other.example", outcome: 418 });
		for (const kept of ["oak chair", "of-the-sender", "of-theirs", "taken"]) expect(lines[0]).not.toContain(kept);
	});

	test("says what went wrong where nobody answers", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		answering(() => {
			throw new Error("connection refused");
		});
		const sent = await ada.get<SentElsewhere>("POST", `${await newest(shop)}/send`, { url: "https://other.example/" });
		expect(sent).toMatchObject({ answer: null, error: { code: "network_error", message: expect.stringContaining("other.example") } });
	});

	test.each([
		"http://127.0.0.1/",
		"http://169.254.169.254/latest/meta-data",
		"http://[::1]/",
		"http://10.0.0.8/",
		"http://localhost:8787/",
		"http://2130706433/",
		"ftp://other.example/",
		"https://ada:secret@other.example/",
		"not a url",
	])("is refused for %s", async (url) => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		const { calls } = answering(() => new Response("inside"));
		const refused = await ada.send("POST", `${await newest(shop)}/send`, { body: { url }, env: { ENVIRONMENT: "production" } });
		expect([refused.status, await codeOf(refused)]).toEqual([422, "invalid_input"]);
		expect(calls).toEqual([]);
	});

	test("does not follow a redirect to a private address", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		const { calls } = answering(() => new Response(null, { status: 302, headers: { location: "http://169.254.169.254/" } }));
		const sent = await ada.send("POST", `${await newest(shop)}/send`, {
			body: { url: "https://other.example/" },
			env: { ENVIRONMENT: "production" },
		});
		expect(await sent.json()).toMatchObject({ answer: null, error: { code: "egress_refused" } });
		expect(calls).toHaveLength(1);
	});

	test("is for members of the workspace, and for entries of that integration", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		const { calls } = answering(() => new Response("taken"));
		const path = `${await newest(shop)}/send`;
		const body = { url: "https://other.example/" };
		expect((await (await givenMember(ada, "viewer")).send("POST", path, { body })).status).toBe(403);
		expect((await (await givenPerson()).send("POST", path, { body })).status).toBe(404);
		expect((await ada.send("POST", path.replace(shop.id, (await givenEndpoint()).id), { body })).status).toBe(404);
		expect(calls).toEqual([]);
		expect((await (await givenMember(ada, "member")).send("POST", path, { body })).status).toBe(200);
		expect(calls).toHaveLength(1);
	});

	test("is held to one a second", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		answering(() => new Response("taken"));
		const path = `${await newest(shop)}/send`;
		const answers = await Promise.all([1, 2, 3].map(() => ada.send("POST", path, { body: { url: "https://other.example/" } })));
		const refused = answers.filter(({ status }) => status === 429);
		expect(answers.some(({ status }) => status === 200)).toBe(true);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused[0]?.headers.get("retry-after")).toBe("1");
	});

	test("leaves the event as it was", async () => {
		const shop = await givenEndpoint();
		await post(shop, BODY);
		answering(() => new Response("taken"));
		const path = await newest(shop);
		const read = () => ada.get<EventDetail>("GET", path.replace("/inbox/", "/events/"));
		await eventually(async () => expect((await read()).status).toBe("succeeded"));
		await ada.get("POST", `${path}/send`, { url: "https://other.example/" });
		expect((await read()).executions).toHaveLength(1);
	});
});
