import { expect, test } from "vitest";
import type { Integration, IntegrationSummary, Page, Template } from "../../worker/api/types";
import { givenPerson, type Someone } from "../given/api";

const make = (ada: Someone, templateId: string, answers: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) =>
	ada.send("POST", "/api/integrations", { body: { templateId, answers, ...fields } });

test("the Library tells of each template what it does, asks and needs", async () => {
	const ada = await givenPerson();
	const { items } = await ada.get<Page<Template>>("GET", "/api/templates");
	expect(items.map(({ id, trigger }) => [id, trigger])).toEqual([
		["stock-webhook", "webhook"],
		["stock-schedule", "schedule"],
		["blank", "any"],
	]);
	expect(items[0]).toMatchObject({
		connections: [],
		sibling: "stock-schedule",
		questions: [{ id: "shopUrl", type: "integration", default: "stand-in", required: true }],
	});
	expect(items[0]?.summary).toBe("When a stock level updates in my warehouse, update my online shop.");
	expect(await ada.get("GET", "/api/templates/blank")).toEqual(items[2]);
	expect((await ada.send("GET", "/api/templates/nothing")).status).toBe(404);
	expect(JSON.stringify(items)).not.toContain("{{");
});

test("every template ends in a working integration where nothing but its defaults is answered", async () => {
	const ada = await givenPerson();
	const { items } = await ada.get<Page<Template>>("GET", "/api/templates");
	for (const { id, trigger } of items) {
		const response = await make(ada, id);
		expect([id, response.status]).toEqual([id, 201]);
		const made = await response.json<Integration>();
		expect(made).toMatchObject({ templateId: id, applied: true, version: 1 });
		if (trigger !== "any")
			expect([made.description, made.categories]).toEqual([expect.stringMatching(/warehouse/), ["Stock", "E-commerce"]]);
		if (trigger === "webhook") expect([made.webhook.enabled, made.schedule.supported]).toEqual([true, false]);
		if (trigger === "schedule") expect([made.schedule.enabled, made.webhook.supported, made.webhook.url]).toEqual([true, false, null]);
	}
});

test("the stand-in shop is made once, and both stock templates send to it", async () => {
	const ada = await givenPerson();
	const webhook = await (await make(ada, "stock-webhook", { shopUrl: "stand-in" })).json<Integration>();
	const schedule = await (await make(ada, "stock-schedule", { everyMinutes: 5 })).json<Integration>();
	const { items } = await ada.get<Page<IntegrationSummary>>("GET", "/api/integrations");
	expect(items.map(({ name }) => name).sort()).toEqual([
		"Online shop (stand-in)",
		"Warehouse stock → online shop",
		"Warehouse stock → online shop, on a schedule",
	]);
	const standIn = items.find(({ name }) => name.startsWith("Online shop"));
	const { webhook: shop } = await ada.get<Integration>("GET", `/api/integrations/${standIn?.id}`);
	expect(shop.enabled).toBe(true);
	expect([webhook.vars.shopUrl, schedule.vars.shopUrl]).toEqual([shop.url, shop.url]);
	expect(schedule.schedule).toMatchObject({ every: 5, unit: "minutes", kind: "periodic" });
});

test("a shop may be a URL or an integration whose webhook is on", async () => {
	const ada = await givenPerson();
	const target = await ada.get<Integration>("POST", "/api/integrations", { name: "Target" });
	const off = await make(ada, "stock-webhook", { shopUrl: target.id });
	expect(off.status).toBe(422);
	await ada.get("PATCH", `/api/integrations/${target.id}`, { version: 1, webhook: { enabled: true } });
	expect(await (await make(ada, "stock-webhook", { shopUrl: target.id })).json()).toMatchObject({ vars: { shopUrl: target.webhook.url } });
	expect(await (await make(ada, "stock-webhook", { shopUrl: "https://shop.example/stock" })).json()).toMatchObject({
		vars: { shopUrl: "https://shop.example/stock" },
	});
	const eve = await givenPerson();
	expect((await make(eve, "stock-webhook", { shopUrl: target.id })).status).toBe(422);
	const { items } = await eve.get<Page<IntegrationSummary>>("GET", "/api/integrations");
	expect(items).toEqual([]);
});

test("a warehouse that was named is asked; where none was, there are samples", async () => {
	const ada = await givenPerson();
	const named = await (await make(ada, "stock-schedule", { warehouseUrl: "https://warehouse.example/stock" })).json<Integration>();
	expect(named.workflow.steps[0]).toMatchObject({ id: "warehouse", type: "http", method: "GET" });
	const sample = await (await make(ada, "stock-schedule")).json<Integration>();
	expect(sample.workflow.steps[0]).toMatchObject({ id: "warehouse", type: "map" });
});

test("what a template cannot take is refused by the question's name", async () => {
	const ada = await givenPerson();
	for (const [templateId, answers, field] of [
		["stock-webhook", { shopUrl: "ftp://shop.example" }, "answers.shopUrl"],
		["stock-webhook", { shopUrl: 7 }, "answers.shopUrl"],
		["stock-webhook", { colour: "red" }, "answers.colour"],
		["stock-schedule", { everyMinutes: "often" }, "answers.everyMinutes"],
		["stock-schedule", { everyMinutes: 0 }, "schedule.every"],
		["stock-schedule", { warehouseUrl: "not a url" }, "answers.warehouseUrl"],
		["nothing", {}, "templateId"],
	] as const) {
		const response = await make(ada, templateId, answers);
		expect([field, response.status]).toEqual([field, 422]);
		expect(await response.json()).toMatchObject({ error: { details: { problems: [{ field }] } } });
	}
});

test("a name that was given wins over the template's", async () => {
	const ada = await givenPerson();
	expect(await (await make(ada, "stock-webhook", {}, { name: "Mine" })).json()).toMatchObject({ name: "Mine" });
});
