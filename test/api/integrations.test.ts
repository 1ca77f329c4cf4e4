import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Integration, Page, VersionSummary } from "../../worker/api/types";
import { openDatabase } from "../../worker/db/client";
import { sweep } from "../../worker/integrations/sweep";
import { codeOf, givenIntegration, givenPerson, type Someone } from "../given/api";

const db = openDatabase(env.DB);
const steps = [
	{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } },
	{ id: "positive", type: "filter", condition: "steps.map.stock > 0" },
];

const patch = (ada: Someone, { id }: { id: string }, body: unknown, bindings: Partial<Env> = {}) =>
	ada.send("PATCH", `/api/integrations/${id}`, { body, env: bindings });

/** Sequencers that do not answer, as where the Worker dies or the network fails between the two writes. */
const deaf: Partial<Env> = {
	SEQUENCER: {
		idFromName: (name: string) => name,
		get: () => ({ apply: () => Promise.reject(new Error("lost")), remove: () => Promise.reject(new Error("lost")) }),
	} as unknown as Env["SEQUENCER"],
};

describe("a new integration", () => {
	test("is as the contract shows it, with defaults for all that was not said", async () => {
		const ada = await givenPerson();
		const made = await ada.send("POST", "/api/integrations", { body: { name: " Stock sync ", workflow: { steps } } });
		expect(made.status).toBe(201);
		expect(await made.json()).toMatchObject({
			id: expect.stringMatching(/^int_[0-9a-z]{16}$/),
			name: "Stock sync",
			description: "",
			categories: [],
			version: 1,
			status: "active",
			applied: true,
			vars: {},
			webhook: {
				supported: true,
				enabled: false,
				url: expect.stringMatching(/^http:\/\/localhost\/in\/[0-9a-f]{64}$/),
				previousUrls: [],
				methods: ["POST"],
				verification: { scheme: "none" },
				dedupe: { mode: "off" },
				response: { mode: "accepted", status: 202, body: "json" },
			},
			schedule: { supported: true, enabled: false, kind: "periodic" },
			ordering: { mode: "none", key: null, onFailure: "continue", concurrency: 40 },
			workflow: { steps },
		});
	});

	test("keeps to the name of the deployment where it has one", async () => {
		const ada = await givenPerson();
		const { id } = await givenIntegration(ada);
		const response = await ada.send("GET", `/api/integrations/${id}`, { env: { PUBLIC_URL: "https://inlet.example.com/" } });
		const { webhook } = await response.json<Integration>();
		expect(webhook.url).toMatch(/^https:\/\/inlet\.example\.com\/in\//);
	});

	test("is refused beyond the workspace's quota, in words", async () => {
		const ada = await givenPerson();
		await givenIntegration(ada);
		const refused = await ada.send("POST", "/api/integrations", { body: { name: "x" }, env: { QUOTA_INTEGRATIONS: "1" } });
		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({ error: { code: "quota_exceeded", details: { used: 1, limit: 1 } } });
		expect(await ada.get("GET", "/api/usage")).toMatchObject({ integrations: { used: 1, limit: 100 }, pendingEvents: { used: 0 } });
	});
});

describe("a save", () => {
	test("merges objects, replaces arrays and takes null for the default", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada, { workflow: { steps } });
		const one = await patch(ada, made, {
			version: 1,
			vars: { warehouse: "MAIN", limit: 3 },
			webhook: { enabled: true, methods: ["POST", "PUT"] },
		});
		expect(one.status).toBe(200);
		const after = await one.json<Integration>();
		expect(after).toMatchObject({
			version: 2,
			vars: { warehouse: "MAIN", limit: 3 },
			webhook: { enabled: true, methods: ["POST", "PUT"], response: { status: 202 } },
		});
		expect(after.workflow.steps).toHaveLength(2);
		const two = await patch(ada, made, {
			version: 2,
			vars: { limit: null },
			webhook: { methods: null, response: { status: 200 } },
			workflow: { steps: steps.slice(0, 1) },
			categories: ["Stock", "Stock"],
		});
		expect(await two.json()).toMatchObject({
			version: 3,
			vars: { warehouse: "MAIN" },
			categories: ["Stock"],
			webhook: { enabled: true, methods: ["POST"], response: { status: 200, body: "json" } },
			workflow: { steps: [{ id: "map" }] },
		});
	});

	test("takes back what was read", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada, { workflow: { steps } });
		const { name, description, categories, workflow, webhook, schedule, ordering, vars, status } = made;
		const response = await patch(ada, made, {
			version: 1,
			name,
			description,
			categories,
			workflow,
			webhook,
			schedule,
			ordering,
			vars,
			status,
		});
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ ...made, version: 2, updatedAt: expect.any(String) });
	});

	test("of an unknown field, or of a wrong value, is refused by name and changes nothing", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const cases: [Record<string, unknown>, string, string][] = [
			[{ colour: "red" }, "unknown_field", "colour"],
			[{ webhook: { colour: "red" } }, "unknown_field", "webhook.colour"],
			[{ __proto__: null, ordering: JSON.parse('{"__proto__":{"mode":"integration"}}') }, "unknown_field", "ordering.__proto__"],
			[{ webhook: { methods: [] } }, "invalid_input", "webhook.methods"],
			[{ webhook: { supported: false } }, "invalid_input", "webhook.supported"],
			[{ name: null }, "invalid_input", "name"],
			[{ workflow: null }, "invalid_input", "workflow"],
			[{ webhook: null }, "invalid_input", "webhook"],
			[{ schedule: null }, "invalid_input", "schedule"],
			[{ ordering: null }, "invalid_input", "ordering"],
			[{ vars: null }, "invalid_input", "vars"],
			[{ status: null }, "invalid_input", "status"],
			[{ status: "asleep" }, "invalid_input", "status"],
			[{ ordering: { mode: "key" } }, "invalid_input", "ordering.key"],
			[{ ordering: { key: "$sum(event.body.x)" } }, "invalid_input", "ordering.key"],
			[{ schedule: { timeZone: "Mars/Olympus" } }, "invalid_input", "schedule.timeZone"],
			[{ schedule: { kind: "cron", cron: "61 * * * *" } }, "invalid_input", "schedule.cron"],
		];
		for (const [fields, code, field] of cases) {
			const response = await patch(ada, made, { version: 1, ...fields });
			const { error } = await response.json<{ error: { code: string; details: { problems: { field: string }[] } } }>();
			expect([field, response.status, error.code, error.details.problems[0]?.field]).toEqual([field, 422, code, field]);
		}
		expect((await patch(ada, made, { name: "no version" })).status).toBe(422);
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toEqual(made);
	});

	test("of a workflow that cannot be run names step and field", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const twice = {
			steps: [
				{ id: "a", type: "map", output: 1 },
				{ id: "a", type: "map", output: 2 },
			],
		};
		const broken = { steps: [{ id: "a", type: "filter", condition: "1 +" }] };
		const strange = { steps: [{ id: "a", type: "teleport" }] };
		for (const [workflow, field] of [
			[twice, "id"],
			[broken, "condition"],
			[strange, "type"],
		] as const) {
			const response = await patch(ada, made, { version: 1, workflow });
			const body = await response.json<{ error: { code: string; details: { problems: unknown[] } } }>();
			expect([response.status, body.error.code]).toEqual([422, "invalid_workflow"]);
			expect(body.error.details.problems[0]).toMatchObject({ stepId: "a", field });
			const checked = await ada.get<{ problems: unknown[] }>("POST", `/api/integrations/${made.id}/check`, { workflow });
			expect(checked.problems).toEqual(body.error.details.problems);
		}
		expect(await ada.get("POST", `/api/integrations/${made.id}/check`, { workflow: { steps } })).toEqual({ problems: [] });
	});

	test("cannot name a connection of another workspace", async () => {
		const ada = await givenPerson();
		const eve = await givenPerson();
		const connection = await ada.get<{ id: string }>("POST", "/api/connections", {
			name: "shop",
			kind: "bearer",
			hosts: ["shop.example"],
			secret: "s",
		});
		const workflow = { steps: [{ id: "push", type: "http", url: "https://shop.example/", connectionId: connection.id }] };
		expect((await patch(ada, await givenIntegration(ada), { version: 1, workflow })).status).toBe(200);
		const refused = await patch(eve, await givenIntegration(eve), { version: 1, workflow });
		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({ error: { details: { problems: [{ stepId: "push", field: "connectionId" }] } } });
	});

	test("of anything but the workflow goes through where a connection is gone", async () => {
		const ada = await givenPerson();
		const body = { name: "shop", kind: "bearer", hosts: ["shop.example"], secret: "s" };
		const connection = await ada.get<{ id: string }>("POST", "/api/connections", body);
		const workflow = { steps: [{ id: "push", type: "http", url: "https://shop.example/", connectionId: connection.id }] };
		const made = await givenIntegration(ada, { workflow });
		await ada.get("DELETE", `/api/connections/${connection.id}?force=true`);
		expect((await patch(ada, made, { status: "paused" })).status).toBe(200);
		expect((await patch(ada, made, { version: 1, name: "New name" })).status).toBe(200);
		expect((await patch(ada, made, { version: 2, workflow })).status).toBe(422);
	});

	test("over a version that somebody else saved is refused, and says who", async () => {
		const ada = await givenPerson({ name: "Ada" });
		const made = await givenIntegration(ada);
		expect((await patch(ada, made, { version: 1, name: "First" })).status).toBe(200);
		const stale = await patch(ada, made, { version: 1, name: "Second" });
		expect(stale.status).toBe(409);
		expect(await stale.json()).toMatchObject({
			error: { code: "stale_version", details: { version: 2, updatedBy: "Ada", updatedAt: expect.any(String) } },
		});
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toMatchObject({ name: "First", version: 2 });
	});

	test("made ten times at once succeeds once, and leaves no version without its save", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => patch(ada, made, { version: 1, name: `Name ${i}` })));
		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([200, ...Array(9).fill(409)]);
		const { items } = await ada.get<Page<VersionSummary>>("GET", `/api/integrations/${made.id}/versions`);
		expect(items.map(({ version, current }) => [version, current])).toEqual([
			[2, true],
			[1, false],
		]);
	});

	test("of the status alone makes no version and needs none", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		expect(await (await patch(ada, made, { status: "paused" })).json()).toMatchObject({ status: "paused", version: 1, applied: true });
		expect(await (await patch(ada, made, { status: "active", version: 1 })).json()).toMatchObject({ status: "active", version: 1 });
		expect((await patch(ada, made, { status: "paused", version: 7 })).status).toBe(409);
	});
});

describe("between the two writes of a save", () => {
	test("a Worker that dies loses nothing: the sweep puts the change in force", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada, { workflow: { steps } });
		const died = await patch(ada, made, { version: 1, webhook: { enabled: true } }, deaf);
		expect([died.status, await codeOf(died)]).toEqual([503, "saved_not_applied"]);
		expect(Number(died.headers.get("Retry-After"))).toBeGreaterThan(0);
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toMatchObject({ version: 2, applied: false, webhook: { enabled: true } });
		expect((await patch(ada, made, { version: 1, name: "again" })).status).toBe(409);
		await sweep(env, Date.now());
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toMatchObject({ version: 2, applied: true });
		expect((await ada.send("POST", `/api/integrations/${made.id}/run`, { body: { body: { sku: "A" } } })).status).toBe(202);
	});

	test("a new integration is answered all the same, and says that it is not in force yet", async () => {
		const ada = await givenPerson();
		const response = await ada.send("POST", "/api/integrations", { body: { name: "x" }, env: deaf });
		expect(response.status).toBe(201);
		const made = await response.json<Integration>();
		expect(made.applied).toBe(false);
		await sweep(env, Date.now());
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toMatchObject({ applied: true });
	});

	test("a later save is not undone by an earlier one that arrives late", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		await patch(ada, made, { version: 1, name: "Late" }, deaf);
		expect(await (await patch(ada, made, { version: 2, name: "Later" })).json()).toMatchObject({ name: "Later", applied: true });
		await sweep(env, Date.now());
		expect(await ada.get("GET", `/api/integrations/${made.id}`)).toMatchObject({ name: "Later", version: 3, applied: true });
	});
});

describe("deleting", () => {
	test("hides at once, and ends for good", async () => {
		const ada = await givenPerson();
		const { id } = await givenIntegration(ada);
		expect((await ada.send("DELETE", `/api/integrations/${id}`)).status).toBe(204);
		expect((await ada.send("GET", `/api/integrations/${id}`)).status).toBe(404);
		expect((await ada.send("DELETE", `/api/integrations/${id}`)).status).toBe(404);
		const versions = await db.query.integrationVersions.findMany({ where: (table, { eq }) => eq(table.integrationId, id) });
		expect(versions).toEqual([]);
	});

	test("that was interrupted is finished by repeating it, or by the sweep", async () => {
		const ada = await givenPerson();
		for (const finish of [(id: string) => ada.send("DELETE", `/api/integrations/${id}`), () => sweep(env, Date.now())]) {
			const { id } = await givenIntegration(ada);
			const died = await ada.send("DELETE", `/api/integrations/${id}`, { env: deaf });
			expect([died.status, await codeOf(died)]).toEqual([503, "not_yet_removed"]);
			expect((await ada.send("GET", `/api/integrations/${id}`)).status).toBe(404);
			await finish(id);
			const left = await db.query.integrations.findMany({ where: (table, { eq }) => eq(table.id, id) });
			expect(left).toEqual([]);
		}
	});
});

describe("the webhook's URL", () => {
	test("is the same through saves, and a new one after rotation", async () => {
		const ada = await givenPerson();
		const made = await givenIntegration(ada);
		const saved = await (await patch(ada, made, { version: 1, webhook: { enabled: true } })).json<Integration>();
		expect(saved.webhook.url).toBe(made.webhook.url);
		const rotated = await ada.get<Integration>("POST", `/api/integrations/${made.id}/webhook/rotate`, { graceSeconds: 60 });
		expect(rotated.version).toBe(2);
		expect(rotated.webhook.url).not.toBe(made.webhook.url);
		expect(rotated.webhook.previousUrls).toEqual([{ url: made.webhook.url, expiresAt: expect.any(String) }]);
		const again = await ada.get<Integration>("POST", `/api/integrations/${made.id}/webhook/rotate`);
		expect(again.webhook.previousUrls.map(({ url }) => url)).toEqual([made.webhook.url]);
	});

	test("rotated by several at once is new for each", async () => {
		const ada = await givenPerson();
		const { id } = await givenIntegration(ada);
		const answers = await Promise.all([1, 2, 3].map(() => ada.send("POST", `/api/integrations/${id}/webhook/rotate`)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		const [row] = await db.query.integrations.findMany({ where: (table, { eq }) => eq(table.id, id) });
		expect(row?.generations.at(-1)?.generation).toBe(4);
	});
});

describe("versions", () => {
	test("are kept, and an earlier one can be saved anew", async () => {
		const ada = await givenPerson({ name: "Ada" });
		const made = await givenIntegration(ada, { workflow: { steps } });
		await patch(ada, made, { version: 1, workflow: { steps: [] }, vars: { a: 1 }, webhook: { enabled: true, methods: ["PUT"] } });
		const path = `/api/integrations/${made.id}/versions`;
		expect(await ada.get("GET", path)).toEqual({
			items: [
				{ version: 2, savedAt: expect.any(String), savedBy: "Ada", current: true },
				{ version: 1, savedAt: expect.any(String), savedBy: "Ada", current: false },
			],
			cursor: null,
		});
		expect(await ada.get("GET", `${path}?limit=1`)).toMatchObject({ items: [{ version: 2 }], cursor: "2" });
		expect(await ada.get("GET", `${path}?limit=1&cursor=2`)).toMatchObject({ items: [{ version: 1 }], cursor: null });
		expect(await ada.get("GET", `${path}/1`)).toMatchObject({ version: 1, workflow: { steps }, vars: {} });
		const restored = await ada.get("POST", `${path}/1/restore`);
		expect(restored).toMatchObject({ version: 3, workflow: { steps }, vars: {}, webhook: { enabled: true, methods: ["POST"] } });
		expect((await ada.send("GET", `${path}/9`)).status).toBe(404);
		expect((await ada.send("GET", `${path}/1e0`)).status).toBe(404);
	});
});

test("a duplicate has everything but the URL, and its triggers are off", async () => {
	const ada = await givenPerson();
	const made = await givenIntegration(ada, { workflow: { steps } });
	await patch(ada, made, { version: 1, vars: { a: 1 }, webhook: { enabled: true, methods: ["PUT"] } });
	const copy = await ada.get<Integration>("POST", `/api/integrations/${made.id}/duplicate`);
	expect(copy).toMatchObject({
		name: "Stock sync (copy)",
		version: 1,
		vars: { a: 1 },
		workflow: { steps },
		webhook: { enabled: false, methods: ["PUT"] },
	});
	expect(copy.webhook.url).not.toBe(made.webhook.url);
});

test("a duplicate of a name of full length is called so too, its characters whole, and can be saved", async () => {
	const ada = await givenPerson();
	const made = await givenIntegration(ada, { name: `a${"📦".repeat(59)}` });
	const copy = await ada.get<Integration>("POST", `/api/integrations/${made.id}/duplicate`);
	expect(copy.name).toBe(`a${"📦".repeat(56)} (copy)`);
	expect((await patch(ada, copy, { version: 1, name: copy.name, description: "saved" })).status).toBe(200);
});

describe("the list", () => {
	test("is the workspace's own, newest first, page by page", async () => {
		const ada = await givenPerson();
		await givenIntegration(await givenPerson());
		for (const name of ["one", "two", "three", "four", "five"]) await givenIntegration(ada, { name });
		const seen: string[] = [];
		let cursor: string | null = "";
		while (cursor !== null) {
			const page: Page<{ name: string }> = await ada.get("GET", `/api/integrations?limit=2${cursor && `&cursor=${cursor}`}`);
			seen.push(...page.items.map(({ name }) => name));
			cursor = page.cursor;
		}
		expect(seen).toHaveLength(5);
		expect(new Set(seen).size).toBe(5);
	});

	test("finds by text, category and status", async () => {
		const ada = await givenPerson();
		await givenIntegration(ada, { name: "Stock 100% sync", categories: ["Stock"] });
		const orders = await givenIntegration(ada, { name: "Orders", description: "to the ERP", categories: ["Orders"] });
		await patch(ada, orders, { status: "paused" });
		const names = async (query: string) =>
			(await ada.get<Page<{ name: string }>>("GET", `/api/integrations?${query}`)).items.map(({ name }) => name);
		expect(await names("search=100%25")).toEqual(["Stock 100% sync"]);
		expect(await names("search=erp")).toEqual(["Orders"]);
		expect(await names("category=Stock")).toEqual(["Stock 100% sync"]);
		expect(await names("status=paused")).toEqual(["Orders"]);
		expect(await names("search=%25")).toEqual(["Stock 100% sync"]);
		expect((await ada.send("GET", "/api/integrations?limit=0")).status).toBe(422);
	});
});
