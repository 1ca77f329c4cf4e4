import { beforeAll, describe, expect, inject, it, vi } from "vitest";
import { givenAccount } from "../given/account.ts";
import { givenShop, type Shop, stockWorkflow } from "./shop.ts";

/** The public contract as a stranger's program meets it: a token, plain HTTP, and a server on a port. */

const url = inject("url");
let token = "";
let shop: Shop;

interface Integration {
	id: string;
	version: number;
	webhook: { url: string };
}

interface Answer {
	status: number;
	headers: Headers;
	// What a program finds in it is what is being asserted.
	body: Record<string, unknown>;
}

async function send(method: string, target: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
	const response = await fetch(target, { method, body, headers: { "content-type": "application/json", ...headers } });
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}

const api = (method: string, path: string, body?: unknown): Promise<Answer> =>
	send(method, `${url}/api${path}`, body === undefined ? undefined : JSON.stringify(body), { authorization: `Bearer ${token}` });

const codeOf = (answer: Answer): unknown => (answer.body.error as { code?: unknown } | undefined)?.code;

async function givenIntegration(fields: object = {}): Promise<Integration> {
	const made = await api("POST", "/integrations", { name: "Stock sync", workflow: stockWorkflow(shop.url) });
	expect(made.status).toBe(201);
	const { id, version } = made.body as unknown as Integration;
	const saved = await api("PATCH", `/integrations/${id}`, { version, webhook: { enabled: true }, ...fields });
	expect(saved.status).toBe(200);
	return saved.body as unknown as Integration;
}

beforeAll(async () => {
	const account = await givenAccount(url);
	token = (await account.call<{ token: string }>("POST", "/api/tokens", { name: "contract", role: "admin" })).token;
	shop = await givenShop();
	return () => shop.close();
});

describe("the contract over plain HTTP", () => {
	it("answers health and describes itself", async () => {
		expect((await send("GET", `${url}/api/health`)).body).toEqual({ status: "ok" });
		expect((await send("GET", `${url}/api/openapi.json`)).body).toMatchObject({ openapi: "3.1.0" });
	});

	it("saves by merge patch, refuses stale versions, unknown fields and broken workflows, and says where", async () => {
		const { id, version } = await givenIntegration();
		const described = await api("PATCH", `/integrations/${id}`, { version, vars: { warehouse: "MAIN" } });
		expect(described.body).toMatchObject({ version: version + 1, vars: { warehouse: "MAIN" }, webhook: { enabled: true } });
		expect((await api("PATCH", `/integrations/${id}`, { version, name: "late" })).status).toBe(409);
		expect((await api("PATCH", `/integrations/${id}`, { version: version + 1, colour: "blue" })).status).toBe(422);
		const twice = { steps: [1, 2].map((output) => ({ id: "a", type: "map", output })) };
		const broken = await api("PATCH", `/integrations/${id}`, { version: version + 1, workflow: twice });
		expect(broken).toMatchObject({ status: 422, body: { error: { details: { problems: [{ stepId: "a", field: "id" }] } } } });
		const malformed = await send("POST", `${url}/api/integrations`, '{"name":', { authorization: `Bearer ${token}` });
		expect([malformed.status, codeOf(malformed)]).toEqual([400, "malformed_json"]);
	});

	it("receives in the contract's order of judgement, and its answers carry no cookie and no page", async () => {
		const { id, webhook } = await givenIntegration();
		const accepted = await send("POST", `${webhook.url}/orders/7?x=1`, '{"sku":"A","quantity":1}');
		expect(accepted).toMatchObject({ status: 202, body: { sequence: 1, status: "accepted" } });
		expect(accepted.body.id).toMatch(/^evt_/);
		expect(accepted.headers.get("set-cookie")).toBeNull();
		expect(accepted.headers.get("x-content-type-options")).toBe("nosniff");
		const wrong = await send("PUT", webhook.url, "x", { "content-encoding": "gzip" });
		expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
		expect((await send("POST", webhook.url, "x", { "content-encoding": "gzip" })).status).toBe(415);
		expect((await send("POST", webhook.url, "x".repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
		const forged = webhook.url.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
		expect(codeOf(await send("POST", forged, "{}"))).toBe("unknown_endpoint");
		const rotated = await api("POST", `/integrations/${id}/webhook/rotate`, {});
		expect(codeOf(await send("POST", webhook.url, "{}"))).toBe("unknown_endpoint");
		const renewed = (rotated.body as unknown as Integration).webhook.url;
		expect((await send("POST", renewed, '{"sku":"B","quantity":0}')).body).toMatchObject({ sequence: 2 });
		const ledger = await api("GET", `/integrations/${id}/ledger`);
		expect(ledger.body).toMatchObject({ deliveries: { received: 5, accepted: 2, rejected: 3 }, lastSequence: 2, balanced: true });
		await api("DELETE", `/integrations/${id}`);
		expect(codeOf(await send("POST", renewed, "{}"))).toBe("unknown_endpoint");
	});

	it("runs, shows every step and call, replays, and keeps the ledger balanced", async () => {
		const { id, webhook } = await givenIntegration();
		await send("POST", webhook.url, '{"sku":"C-1","quantity":3}', { authorization: "Bearer sender-secret" });
		const run = await api("POST", `/integrations/${id}/run`, { body: { sku: "C-2", quantity: 0 } });
		expect(run).toMatchObject({ status: 202, body: { sequence: 2 } });
		await vi.waitFor(
			async () =>
				expect((await api("GET", `/integrations/${id}/ledger`)).body).toMatchObject({ events: { succeeded: 1, filtered: 1, pending: 0 } }),
			{ timeout: 20_000, interval: 100 },
		);
		const listed = (await api("GET", `/integrations/${id}/executions?status=succeeded`)).body.items as { id: string; eventId: string }[];
		const [execution] = listed;
		const detail = await api("GET", `/integrations/${id}/executions/${execution?.id}`);
		expect(detail.body).toMatchObject({
			status: "succeeded",
			steps: [
				{ id: "map", output: { sku: "C-1", stock: 3 } },
				{ id: "positive", status: "succeeded" },
				{ id: "push", attempts: [{ number: 1, request: { method: "PUT", body: '{"sku":"C-1","stock":3}' }, response: { status: 200 } }] },
			],
		});
		const event = await api("GET", `/integrations/${id}/events/${execution?.eventId}`);
		expect(JSON.stringify(event.body)).not.toContain("sender-secret");
		expect(event.body).toMatchObject({ body: '{"sku":"C-1","quantity":3}', method: "POST" });
		const replayed = await api("POST", `/integrations/${id}/events/${execution?.eventId}/replay`, { from: "start" });
		expect(replayed).toMatchObject({ status: 202, body: { sequence: 1 } });
		await vi.waitFor(() => expect(shop.received.filter(({ path }) => path === "/products/C-1")).toHaveLength(2), { timeout: 20_000 });
	});

	it("tells a stranger nothing: 404 for another workspace's integration, 401 without a token", async () => {
		const { id } = await givenIntegration();
		const other = await givenAccount(url);
		await expect(other.call("GET", `/api/integrations/${id}`)).rejects.toThrow("404");
		expect((await send("GET", `${url}/api/integrations/${id}`)).status).toBe(401);
	});
});
