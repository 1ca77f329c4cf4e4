import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { DeliverySummary, ExplanationView, Integration, Page } from "../../worker/api/types";
import worker from "../../worker/index";
import { sequencerOf } from "../../worker/integrations/objects";
import { givenIntegration, givenPerson } from "../given/api";

const HOOKS = "https://hooks.example.com";
const apart = { ENDPOINT_ORIGIN: `${HOOKS}/`, PUBLIC_URL: "https://inlet.example.com" };
const at = (url: string, init: RequestInit = {}) =>
	worker.fetch(
		new Request(url, init) as Parameters<typeof worker.fetch>[0],
		{ ...env, ...apart },
		createExecutionContext() as Parameters<typeof worker.fetch>[2],
	);

describe("a host of its own for webhooks", () => {
	it("stands in every URL that is shown, and in what signatures of URLs are checked against", async () => {
		const ada = await givenPerson();
		const { id, version } = await givenIntegration(ada);
		const body = { version, webhook: { enabled: true } };
		const set = { env: { ENDPOINT_ORIGIN: apart.ENDPOINT_ORIGIN } };
		const saved = (await (await ada.send("PATCH", `/api/integrations/${id}`, { ...set, body })).json()) as Integration;
		expect(saved.webhook.url).toMatch(/^https:\/\/hooks\.example\.com\/in\/[0-9a-f]{64}$/);
		const rotated = await ada.send("POST", `/api/integrations/${id}/webhook/rotate`, { ...set, body: { graceSeconds: 60 } });
		const { webhook } = (await rotated.json()) as Integration;
		expect([webhook.url, ...webhook.previousUrls.map(({ url }) => url)].every((url) => url?.startsWith(`${HOOKS}/in/`))).toBe(true);
		expect((await sequencerOf(env, id, "auto").endpoint(2))?.origin).toBe(HOOKS);

		const { pathname } = new URL(webhook.url ?? "");
		expect((await at(HOOKS + pathname, { method: "POST", body: "{}" })).status).toBe(202);
		expect((await at(apart.PUBLIC_URL + pathname, { method: "POST", body: "{}" })).status, "as before on the UI's host").toBe(202);
	});

	it("is told from the others where a signature of the URL was made for one of those", async () => {
		const ada = await givenPerson();
		const { id, version } = await givenIntegration(ada);
		const verification = { scheme: "square", secrets: ["square-secret"] };
		const body = { version, webhook: { enabled: true, verification } };
		const saved = (await (await ada.send("PATCH", `/api/integrations/${id}`, { env: apart, body })).json()) as Integration;
		const { pathname } = new URL(saved.webhook.url ?? "");
		const deliver = async (calledAt: string, signedFor: string, secret = "square-secret"): Promise<number> => {
			const signature = createHmac("sha256", secret).update(`${signedFor}${pathname}{}`).digest("base64");
			const headers = { "x-square-hmacsha256-signature": signature };
			return (await at(calledAt + pathname, { method: "POST", body: "{}", headers })).status;
		};
		const explained = async (): Promise<ExplanationView> => {
			const path = `/api/integrations/${id}/deliveries`;
			const { items } = await ada.get<Page<DeliverySummary>>("GET", `${path}?limit=1`);
			return (await ada.send("GET", `${path}/${items[0]?.id}/explanation`, { env: apart })).json();
		};
		expect(await deliver(HOOKS, HOOKS)).toBe(202);
		expect(await deliver(apart.PUBLIC_URL, apart.PUBLIC_URL)).toBe(202);
		expect(await deliver(apart.PUBLIC_URL, HOOKS)).toBe(202);

		expect(await deliver(HOOKS, apart.PUBLIC_URL)).toBe(401);
		expect(await explained()).toMatchObject({ cause: "url_differs", proven: true, how: `it signs ${apart.PUBLIC_URL}` });
		expect(await deliver(HOOKS, HOOKS.replace("https", "http"))).toBe(401);
		expect(await explained()).toMatchObject({ cause: "url_differs", proven: true, how: "it signs http://" });
		expect(await deliver(apart.PUBLIC_URL, apart.PUBLIC_URL.replace("https", "http"))).toBe(401);
		expect(await explained()).toMatchObject({ cause: "url_differs", proven: true, how: "it signs http://" });

		// Under the other host, and with a secret that is set only now.
		expect(await deliver(apart.PUBLIC_URL, apart.PUBLIC_URL, "square-later")).toBe(401);
		const mended = { version: saved.version, webhook: { verification: { secrets: ["square-later"] } } };
		expect((await ada.send("PATCH", `/api/integrations/${id}`, { env: apart, body: mended })).status).toBe(200);
		expect(await explained()).toMatchObject({ cause: "accepted_now" });
	});

	it.each([
		"/",
		"/index.html",
		"/api/health",
		"/api/auth/get-session",
		"/automations",
		"/assets/index.js",
		"/in",
		"/in/",
		"/callback/x",
		"//in/x",
	])("answers nothing at %s", async (path) => {
		for (const method of ["GET", "POST"]) {
			const response = await at(HOOKS + path, { method, headers: { "sec-fetch-mode": "navigate", cookie: "a=b" } });
			expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json; charset=utf-8"]);
			expect(response.headers.getSetCookie()).toEqual([]);
			expect(response.headers.get("content-security-policy")).toContain("sandbox");
		}
	});

	it("takes nothing from the UI's host", async () => {
		expect((await at(`${apart.PUBLIC_URL}/api/health`)).status).toBe(200);
		expect((await at(`${apart.PUBLIC_URL}/nowhere.js`)).status).toBe(404);
	});

	it("counts from the moment when it is set, and so does the HTTPS that a tunnel or proxy ended in front of us", async () => {
		const ada = await givenPerson();
		const { id, version } = await givenIntegration(ada);
		const body = { version, webhook: { enabled: true, verification: { scheme: "square", secrets: ["square-secret"] } } };
		const saved = (await (await ada.send("PATCH", `/api/integrations/${id}`, { body })).json()) as Integration;
		const { pathname } = new URL(saved.webhook.url ?? "");
		const deliver = async (calledAt: string, signedFor: string, settings = {}, secret = "square-secret", end = ""): Promise<number> => {
			const signature = createHmac("sha256", secret).update(`${signedFor}${pathname}${end}{}`).digest("base64");
			const request = new Request(calledAt + pathname, {
				method: "POST",
				body: "{}",
				headers: { "x-square-hmacsha256-signature": signature },
			});
			const context = createExecutionContext() as Parameters<typeof worker.fetch>[2];
			return (await worker.fetch(request as Parameters<typeof worker.fetch>[0], { ...env, ...settings }, context)).status;
		};
		expect(await deliver("http://tunnel.example", "https://tunnel.example")).toBe(202);
		expect(await deliver("http://tunnel.example", "https://tunnel.example", {}, "square-secret", "/"), "a slash more").toBe(202);
		expect(await deliver("http://tunnel.example", "https://other.example")).toBe(401);
		expect(await deliver("http://tunnel.example", "https://tunnel.example", {}, "another-secret")).toBe(401);
		expect(await deliver("http://10.0.0.7:8787", HOOKS)).toBe(401);
		expect(await deliver("http://10.0.0.7:8787", HOOKS, { ENDPOINT_ORIGIN: HOOKS, PUBLIC_URL: "" })).toBe(202);
	});
});
