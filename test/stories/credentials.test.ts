import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type {
	DeliveryDetail,
	DeliverySummary,
	EventDetail,
	ExecutionDetail,
	ExecutionSummary,
	ExplanationView,
	Integration,
	Page,
} from "../../worker/api/types";
import { givenIntegration, givenPerson, type Someone } from "../given/api";
import { eventually } from "../given/eventually";
import { Outside } from "../given/outside";
import { GivenSequencer } from "../given/sequencer-object";
import { givenSettings } from "../given/settings";

let ada: Someone;
beforeEach(async () => {
	ada = await givenPerson();
});
let outside: Outside | null = null;
afterEach(() => {
	outside?.close();
	outside = null;
});

const SECRET = "canary-of-a-secret-41";
const STEPS = [
	{ id: "map", type: "map", output: { all: "{{ event }}" } },
	{ id: "push", type: "http", method: "POST", url: "https://shop.example/{{ event.query.token }}", body: "{{ event.headers }}" },
];

async function givenEndpoint(webhook: object, steps: object[] = STEPS): Promise<Integration> {
	const { id, version } = await givenIntegration(ada);
	return ada.get<Integration>("PATCH", `/api/integrations/${id}`, { version, workflow: { steps }, webhook: { enabled: true, ...webhook } });
}

/** An event's execution once it has ended well. */
const succeeded = ({ id }: Integration, sequence: number): Promise<ExecutionDetail> =>
	eventually(async () => {
		const { items } = await ada.get<Page<ExecutionSummary>>("GET", `/api/integrations/${id}/executions?status=succeeded`);
		const execution = items.find((one) => one.sequence === sequence);
		if (execution === undefined) throw new Error(`event ${sequence} has not succeeded`);
		return ada.get("GET", `/api/integrations/${id}/executions/${execution.id}`);
	});

interface Sent {
	method?: string;
	query?: string;
	headers?: Record<string, string>;
	body?: string | null;
}
const send = ({ webhook }: Integration, { method = "POST", query = "", headers = {}, body = "{}" }: Sent): Promise<Response> =>
	exports.default.fetch(`${webhook.url}${query}`, {
		method,
		headers: { "content-type": "application/json", ...headers },
		body: method === "GET" ? null : body,
	});

const newest = async ({ id }: Integration): Promise<DeliverySummary> => {
	const [delivery] = (await ada.get<Page<DeliverySummary>>("GET", `/api/integrations/${id}/deliveries?limit=1`)).items;
	if (delivery === undefined) throw new Error("no delivery");
	return delivery;
};
const detail = async (integration: Integration): Promise<DeliveryDetail> =>
	ada.get("GET", `/api/integrations/${integration.id}/deliveries/${(await newest(integration)).id}`);
const explained = async (integration: Integration): Promise<ExplanationView> =>
	ada.get("GET", `/api/integrations/${integration.id}/deliveries/${(await newest(integration)).id}/explanation`);

/** Neither the database nor anything made from it holds one of these texts; what was sent is there, so the look is a look. */
async function expectKept(integration: Integration, kept: string, ...secrets: string[]): Promise<void> {
	const everything = await GivenSequencer.of(givenSettings({ integrationId: integration.id })).stored();
	expect(everything).toContain(kept);
	for (const secret of secrets)
		for (const spelling of [secret, encodeURIComponent(secret), btoa(secret)]) expect(everything.includes(spelling), spelling).toBe(false);
}

const graph = (...states: string[]): string =>
	JSON.stringify({ value: states.map((clientState, n) => ({ clientState, resource: `kept-${n}` })) });
const token = (key: string): string => {
	const part = (value: object): string => btoa(JSON.stringify(value)).replace(/=+$/, "");
	const signed = `${part({ alg: "HS256" })}.${part({ sub: "kept" })}`;
	return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
};

describe("what proves who sent a delivery", () => {
	it.each<[string, object, Sent]>([
		["a bearer token", { scheme: "bearer", secrets: [SECRET] }, { headers: { authorization: `Bearer ${SECRET}` } }],
		["a password", { scheme: "basic", secrets: [`me:${SECRET}`] }, { headers: { authorization: `Basic ${btoa(`me:${SECRET}`)}` } }],
		["a token in a header of one's own", { scheme: "header-token", header: "x-who", secrets: [SECRET] }, { headers: { "x-who": SECRET } }],
		[
			"a JSON Web Token",
			{ scheme: "jwt", header: "x-who", algorithm: "HS256", secrets: [SECRET] },
			{ headers: { "x-who": token(SECRET) } },
		],
		[
			"a token that comes twice",
			{ scheme: "bearer", secrets: [SECRET] },
			{
				headers: { authorization: `Bearer ${SECRET}`, "x-note": `by ${SECRET}` },
				query: `?by=${SECRET}`,
				body: JSON.stringify({ by: SECRET }),
			},
		],
		["a client state", { scheme: "microsoft-graph", secrets: [SECRET] }, { body: graph(SECRET, SECRET) }],
		...["text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "application/json; charset=iso-8859-1"].map(
			(type): [string, object, Sent] => [
				`a client state in JSON that is called ${type}`,
				{ scheme: "microsoft-graph", secrets: [SECRET] },
				{ headers: { "content-type": type }, body: graph(SECRET) },
			],
		),
	])("%s is not kept of one that was accepted, in no row and no journal", async (_, verification, sent) => {
		outside = new Outside(() => Response.json({}));
		const integration = await givenEndpoint({ verification });
		expect((await send(integration, { query: "?of=kept-query", ...sent })).status).toBe(202);
		await succeeded(integration, 1);
		await expectKept(integration, "succeeded", SECRET, token(SECRET));
		expect(JSON.stringify(await detail(integration))).toContain("••••");
	});

	it("is not kept of a batch's items", async () => {
		const integration = await givenEndpoint(
			{ verification: { scheme: "microsoft-graph", secrets: [SECRET] }, batch: { path: "event.body.value" } },
			[],
		);
		expect((await send(integration, { body: graph(SECRET, SECRET) })).status).toBe(202);
		const { steps } = await succeeded(integration, 2);
		expect(steps).toEqual([]);
		await expectKept(integration, "kept-1", SECRET);
	});

	it("is kept sealed of one that was refused, so that it can be said why, and the delivery accepted after all", async () => {
		const wrong = "canary-of-another-token";
		for (const [scheme, sent] of [
			["bearer", { headers: { authorization: `Bearer ${wrong}` }, body: '{"a":"kept"}' }],
			["microsoft-graph", { body: graph(wrong) }],
		] as [string, Sent][]) {
			const integration = await givenEndpoint({ verification: { scheme, secrets: [SECRET] } }, []);
			expect((await send(integration, sent)).status).toBe(401);
			await expectKept(integration, "signature_invalid", ...(scheme === "bearer" ? [wrong] : []));
			expect(await explained(integration)).toMatchObject({ cause: "wrong_secret", whole: true });
			const { version } = await ada.get<Integration>("GET", `/api/integrations/${integration.id}`);
			await ada.get("PATCH", `/api/integrations/${integration.id}`, { version, webhook: { verification: { scheme, secrets: [wrong] } } });
			expect(await explained(integration)).toMatchObject({ cause: "accepted_now", whole: true });
			const { id } = await newest(integration);
			await ada.get("POST", `/api/integrations/${integration.id}/deliveries/${id}/accept`);
			await succeeded(integration, 1);
		}
	});

	it.each<[string, Sent]>([
		["a header", { headers: { "x-note": `by ${SECRET}` } }],
		["the query", { query: `?of=${SECRET}` }],
		["the body", { body: JSON.stringify({ of: SECRET }) }],
	])("is not kept of one that was refused where a secret that only signs was entered as %s", async (_, sent) => {
		const integration = await givenEndpoint({ verification: { scheme: "github", secrets: [SECRET] } }, []);
		expect((await send(integration, sent)).status).toBe(401);
		await expectKept(integration, "signature_missing", SECRET);
		expect(decodeURIComponent(JSON.stringify(await detail(integration)))).toContain("••••");
		expect(await explained(integration)).toMatchObject({ cause: "no_signature", whole: true });
	});

	it("is not shown where a right one stands beside a wrong one", async () => {
		const integration = await givenEndpoint({ verification: { scheme: "microsoft-graph", secrets: [SECRET] } }, []);
		expect((await send(integration, { body: graph(SECRET, "canary-of-another") })).status).toBe(401);
		await expectKept(integration, "kept-1", SECRET, "canary-of-another");
		expect(await explained(integration)).toMatchObject({ whole: true });
	});
});

describe("what a handshake brings", () => {
	it("is not kept of Notion's token, neither the first time nor when it is refused", async () => {
		const integration = await givenEndpoint({ verification: { scheme: "notion" } });
		const body = JSON.stringify({ verification_token: SECRET });
		expect((await send(integration, { body })).status).toBe(200);
		expect((await send(integration, { body })).status).toBe(200);
		expect((await send(integration, { body: JSON.stringify({ verification_token: "canary-of-another" }) })).status).toBe(403);
		await expectKept(integration, "handshake_refused", SECRET, "canary-of-another");
		expect(await detail(integration)).toMatchObject({ reason: "handshake_refused", body: "" });
	});

	it("is not kept of Asana's secret", async () => {
		const integration = await givenEndpoint({ verification: { scheme: "asana" } });
		const headers = { "x-hook-secret": SECRET };
		expect((await send(integration, { headers, body: "" })).headers.get("x-hook-secret")).toBe(SECRET);
		expect((await send(integration, { headers: { "x-hook-secret": "canary-of-another" }, body: "" })).status).toBe(403);
		await expectKept(integration, "x-hook-secret", SECRET, "canary-of-another");
	});

	it.each(["meta", "instagram", "whatsapp"])("is not kept of the verify token of %s, right or wrong", async (scheme) => {
		const integration = await givenEndpoint({ verification: { scheme, secrets: ["app-secret"], verifyToken: SECRET } });
		const ask = (given: string) =>
			send(integration, { method: "GET", query: `?hub.mode=subscribe&hub.challenge=77&hub.verify_token=${given}` });
		expect(await (await ask(SECRET)).text()).toBe("77");
		expect((await ask("canary-of-another")).status).toBe(403);
		await expectKept(integration, "hub.challenge=77", SECRET, "canary-of-another");
	});
});

describe("what looks like a credential to an endpoint that asks for none", () => {
	const QUERY = `?token=${SECRET}&api_key=canary-2&access_token=canary-3&secret=canary-4&signature=canary-5&sig=canary-6&apiKey=canary-7&of=kept&key=order-1`;
	const HEADERS = { "x-api-key": "canary-8", authorization: "Bearer canary-9", "x-plain": "shown" };

	it("is there for its workflow, and in nothing that is kept", async () => {
		outside = new Outside(() => Response.json({}));
		const integration = await givenEndpoint({});
		const { id } = await (await send(integration, { query: QUERY, headers: HEADERS })).json<{ id: string }>();
		const { steps } = await succeeded(integration, 1);
		expect(outside.calls[0]?.url).toBe(`https://shop.example/${SECRET}`);
		expect(JSON.parse(outside.calls[0]?.body ?? "")).toMatchObject(HEADERS);
		expect(JSON.stringify(steps)).not.toContain("canary");
		await expectKept(integration, "order-1", "canary");
		const event = await ada.get<EventDetail>("GET", `/api/integrations/${integration.id}/events/${id}`);
		expect(decodeURIComponent(event.query)).toBe(
			"?token=••••&api_key=••••&access_token=••••&secret=••••&signature=••••&sig=••••&apiKey=••••&of=kept&key=order-1",
		);
		expect(event.masked?.fields).toEqual(expect.arrayContaining(["event.headers.x-api-key", "event.query.token"]));
		expect(event.headers).toEqual(
			expect.arrayContaining([
				["authorization", "Bearer ••••"],
				["x-plain", "shown"],
			]),
		);
	});

	it("is masked in an endpoint that masks more, and in what is refused", async () => {
		outside = new Outside(() => Response.json({}));
		const integration = await givenEndpoint({ redaction: { fields: ["event.body.ssn"] } });
		await send(integration, { query: QUERY, headers: HEADERS, body: '{"ssn":"canary-10"}' });
		expect((await send(integration, { method: "PUT", query: QUERY, headers: HEADERS, body: '{"ssn":"canary-11"}' })).status).toBe(405);
		const { steps } = await succeeded(integration, 1);
		expect(outside.calls[0]?.url).toBe(`https://shop.example/${SECRET}`);
		expect(JSON.stringify(steps)).not.toContain("canary");
		await expectKept(integration, "order-1", "canary");
	});

	it("is no reason for two repeats to be two events", async () => {
		const integration = await givenEndpoint({ dedupe: { mode: "content" } }, []);
		const first = await (await send(integration, { headers: HEADERS })).json();
		const again = await (await send(integration, {})).json();
		expect([first, again]).toMatchObject([{ status: "accepted" }, { status: "duplicate" }]);
	});
});
