import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { type Account, givenAccount } from "../given/account.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";
import { givenShop, type Shop, stockWorkflow } from "./shop.ts";

/** Every page, as somebody sees it on a wide screen by day and on a telephone by night. */

const url = inject("url");
const VIEWERS = {
	"wide and light": { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
	"narrow and dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
} as const;

let browser: Browser;
let account: Account;
let shop: Shop;
let integration: string;
let scheduled: string;
let failed: string;

beforeAll(async () => {
	browser = await openBrowser();
	account = await givenAccount(url);
	shop = await givenShop();
	integration = await givenIntegration({ name: "Stock to shop", categories: ["Stock", "Shop"], workflow: stockWorkflow(shop.url) });
	await deliver(integration, [
		{ sku: "A-1", quantity: 7 },
		{ sku: "B-2", quantity: 0 },
		{ sku: "C-3", quantity: 12 },
	]);
	failed = await givenIntegration({
		name: "Orders to nowhere",
		workflow: {
			steps: [{ id: "push", type: "http", url: "http://127.0.0.1:9/orders", body: "{{ event.body }}", retry: { attempts: 1 } }],
		},
	});
	await deliver(failed, [{ order: 1 }]);
	const template = { templateId: "stock-schedule", name: "Nightly stock", answers: { shopUrl: `${shop.url}/stock`, everyMinutes: 60 } };
	scheduled = (await account.call<{ id: string }>("POST", "/api/integrations", template)).id;
	await account.call("POST", "/api/connections", { name: "Shop", kind: "bearer", hosts: ["shop.example.com"], secret: "not-a-real-one" });
	await account.call("POST", "/api/tokens", { name: "Reports" });
});
afterAll(async () => {
	await browser.close();
	await shop.close();
});

describe.each(Object.entries(VIEWERS))("%s", (viewer, options) => {
	let person: Person;
	beforeAll(async () => {
		person = await newPerson(browser, url, { ...options, reducedMotion: "reduce" });
	});
	afterAll(() => person.context.close());

	async function visit(path: string, heading: RegExp): Promise<void> {
		await person.page.goto(path);
		await person.page.getByRole("heading", { name: heading }).first().waitFor();
		await person.look(`${viewer} ${path.replace(/int_\w+/, "integration")}`);
		expect(person.problems.splice(0)).toEqual([]);
	}

	test.each([
		["/log-in", /Log in/],
		["/sign-up", /Sign up/],
		["/invitation/unknown", /./],
		["/reset-password/unknown", /./],
	])("%s, before anybody has logged in", (path, heading) => visit(path, heading));

	test.each([
		["/dashboard", /./],
		["/automations", /My Automations/],
		["/automations?search=nothing-has-this-name", /My Automations/],
		["/library", /Library/],
		["/library/stock-webhook", /./],
		["/library/stock-schedule", /./],
		["/connections", /Connections/],
		["/settings/account", /./],
		["/settings/workspace", /./],
		["/settings/members", /./],
		["/settings/alerts", /./],
		["/settings/tokens", /./],
		["/nowhere", /There is no such page/],
	])("%s", async (path, heading) => {
		await person.logIn(account);
		await visit(path, heading);
	});

	test.each(["general", "workflow", "webhook", "schedule", "logs", "logs?view=inbox", "run-now"])("the editor's tab %s", async (tab) => {
		await person.logIn(account);
		await visit(`/automations/${integration}/${tab}`, /Stock to shop/);
	});

	test("an execution that succeeded, one that failed, and an event", async () => {
		await person.logIn(account);
		const [succeeded] = await firstOf(`/api/integrations/${integration}/executions?status=succeeded`);
		const [broken] = await firstOf(`/api/integrations/${failed}/executions?status=failed`);
		const [event] = await firstOf(`/api/integrations/${integration}/events`);
		await visit(`/automations/${integration}/logs?execution=${succeeded?.id}`, /Event #/);
		await visit(`/automations/${failed}/logs?execution=${broken?.id}`, /Event #/);
		await visit(`/automations/${integration}/logs?view=inbox&entry=${event?.id}`, /#/);
	});

	test("an integration that takes no webhook, and one that does not exist", async () => {
		await person.logIn(account);
		await visit(`/automations/${scheduled}/webhook`, /Nightly stock/);
		await visit("/automations/int_0000000000000000/general", /no such integration/);
	});
});

async function givenIntegration(fields: object): Promise<string> {
	const { id, version } = await account.call<{ id: string; version: number }>("POST", "/api/integrations", fields);
	await account.call("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true } });
	return id;
}

/** Posts each body to the integration's URL and waits until all have ended. */
async function deliver(id: string, bodies: object[]): Promise<void> {
	const { webhook } = await account.call<{ webhook: { url: string } }>("GET", `/api/integrations/${id}`);
	for (const body of bodies) {
		const answer = await fetch(webhook.url, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(body),
		});
		expect(answer.status).toBe(202);
	}
	await vi.waitFor(
		async () => {
			const { events } = await account.call<{ events: { pending: number } }>("GET", `/api/integrations/${id}/ledger`);
			expect(events.pending).toBe(0);
		},
		{ timeout: 20_000, interval: 100 },
	);
}

async function firstOf(path: string): Promise<{ id: string }[]> {
	return (await account.call<{ items: { id: string }[] }>("GET", path)).items;
}
