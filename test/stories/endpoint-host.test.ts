import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Integration } from "../../worker/api/types";
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
});
