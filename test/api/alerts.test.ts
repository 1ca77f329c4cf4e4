import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Alert, AlertSettings } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { alerts } from "../../worker/db/schema";
import { codeOf, givenIntegration, givenMember, givenPerson, type Someone } from "../given/api";
import { Outside } from "../given/outside";

const db = openDatabase(env.DB);
const URL = "https://ops.example/alerts";

async function givenAlert(ada: Someone, id: string, fields: Partial<typeof alerts.$inferInsert> = {}) {
	const integration = await givenIntegration(ada);
	const row = {
		id,
		workspaceId: ada.workspace.id,
		integrationId: integration.id,
		kind: "failed" as const,
		count: 2,
		since: 1000,
		lastAt: 2000,
	};
	await db.insert(alerts).values({ ...row, ...fields });
	return integration;
}

test("the first webhook URL brings a secret that is shown once; a new one is made on demand", async () => {
	const ada = await givenPerson();
	const read = () => ada.get<AlertSettings>("GET", "/api/alerts/settings");
	expect(await read()).toEqual({ webhookUrl: null, hasSecret: false, failed: true, blocked: true, silence: true, silenceMinutes: null });
	const saved = await ada.get<{ secret: string }>("PATCH", "/api/alerts/settings", { webhookUrl: URL, silence: false });
	expect(saved).toMatchObject({ webhookUrl: URL, hasSecret: true, silence: false, secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) });
	expect(await ada.get("PATCH", "/api/alerts/settings", { webhookUrl: `${URL}/2` })).toMatchObject({ secret: null });
	const { secret } = await ada.get<{ secret: string }>("POST", "/api/alerts/secret", {});
	expect(secret).not.toBe(saved.secret);
	const stored = JSON.stringify((await env.DB.prepare("SELECT * FROM alert_settings").all()).results);
	for (const text of [JSON.stringify(await read()), stored])
		for (const hidden of [secret, saved.secret]) expect(text).not.toContain(hidden);
});

test("an address that nothing may be sent to is refused when it is saved", async () => {
	const ada = await givenPerson();
	for (const webhookUrl of ["ftp://ops.example/", "nonsense", "http://169.254.169.254/latest", "https://me:secret@ops.example/"]) {
		const refused = await ada.send("PATCH", "/api/alerts/settings", { body: { webhookUrl } });
		expect([webhookUrl, refused.status]).toEqual([webhookUrl, 422]);
	}
});

test("the test button sends a signed notice and says what came of it", async () => {
	const ada = await givenPerson();
	const early = await ada.send("POST", "/api/alerts/test", { body: {} });
	expect([early.status, await codeOf(early)]).toEqual([422, "no_webhook_url"]);
	await ada.get("PATCH", "/api/alerts/settings", { webhookUrl: URL });
	const outside = new Outside((_call, n) => new Response(null, { status: n === 1 ? 204 : 500 }));
	try {
		expect(await ada.get("POST", "/api/alerts/test", {})).toEqual({ delivered: true, reason: null });
		expect(await ada.get("POST", "/api/alerts/test", {})).toEqual({ delivered: false, reason: "ops.example answered 500." });
	} finally {
		outside.close();
	}
	const [call] = outside.calls;
	expect([call?.method, call?.url, call?.headers.get("webhook-signature")]).toEqual(["POST", URL, expect.stringMatching(/^v1,/)]);
	expect(JSON.parse(call?.body ?? "")).toMatchObject({ kind: "test", url: "http://localhost/settings/alerts" });
});

test("open and past alerts are listed page by page, the newest first, and marked as seen", async () => {
	const ada = await givenPerson();
	const { id, name } = await givenAlert(ada, "alr_a", { since: 5000 });
	await givenAlert(ada, "alr_b", { since: 6000 });
	await givenAlert(ada, "alr_c", { since: 7000, resolvedAt: 9000 });
	const list = (query: string) => ada.get<{ items: Alert[]; cursor: string | null }>("GET", `/api/alerts?${query}`);
	const first = await list("limit=1");
	expect(first.items.map((one) => one.id)).toEqual(["alr_b"]);
	const second = await list(`limit=1&cursor=${first.cursor}`);
	expect(second).toMatchObject({
		items: [{ id: "alr_a", kind: "failed", count: 2, integration: { id, name }, seenAt: null }],
		cursor: null,
	});
	expect((await list("state=past")).items.map((one) => one.id)).toEqual(["alr_c"]);
	expect(await ada.get("POST", "/api/alerts/seen", { ids: ["alr_a"] })).toEqual({ seen: 1 });
	expect((await list("")).items.map(({ seenAt }) => seenAt !== null)).toEqual([false, true]);
	expect(await ada.get("POST", "/api/alerts/seen", {})).toEqual({ seen: 2 });
});

test("viewers see alerts, members mark them, admins say where they go, strangers learn nothing", async () => {
	const ada = await givenPerson();
	await givenAlert(ada, "alr_x");
	const [viewer, member, admin] = await Promise.all([givenMember(ada, "viewer"), givenMember(ada, "member"), givenMember(ada, "admin")]);
	const stranger = await givenPerson();
	const inWorkspace = { headers: { "Inlet-Workspace": ada.workspace.id } };
	const status = async (who: Someone, method: string, path: string, body?: unknown) =>
		(await who.send(method, path, { ...inWorkspace, ...(body !== undefined && { body }) })).status;
	expect(await status(viewer, "GET", "/api/alerts")).toBe(200);
	expect(await status(viewer, "POST", "/api/alerts/seen", {})).toBe(403);
	expect(await status(member, "POST", "/api/alerts/seen", {})).toBe(200);
	expect(await status(member, "GET", "/api/alerts/settings")).toBe(403);
	expect(await status(member, "POST", "/api/alerts/test", {})).toBe(403);
	expect(await status(admin, "GET", "/api/alerts/settings")).toBe(200);
	expect(await stranger.get("GET", "/api/alerts")).toEqual({ items: [], cursor: null });
	expect(await stranger.get("POST", "/api/alerts/seen", { ids: ["alr_x"] })).toEqual({ seen: 0 });
});
