import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type Account, givenAccount, PASSWORD } from "../given/account.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";
import { givenShop, type Shop, stockWorkflow } from "./shop.ts";

/**
 * The written instructions, followed word for word by somebody who can only see and click. The older ones call the
 * same screens My Integrations and Edit integration, and enter by the row or the pencil.
 */

const url = inject("url");
const NAME = "Stock to shop";
const URL_PATTERN = /^http:\/\/localhost:\d+\/in\/[0-9a-f]{64}$/;

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

follow({
	title: "Instructions for a workflow, entered by the blue 'workflow' icon",
	second: "2. Access 'My Automations' page",
	third: "3. Enter 'Edit Workflow' page",
	enter: (row) =>
		row
			.getByRole("link", { name: /^Workflow\b/ })
			.or(row.getByRole("button", { name: /^Workflow\b/ }))
			.click(),
});
follow({
	title: "Instructions for an integration, entered by its table row",
	second: "2. Access 'My Integrations' page",
	third: "3. Enter 'Edit Integration' page",
	enter: async (row) => row.getByRole("cell").nth(2).click(),
});
follow({
	title: "Instructions for an integration, entered by the blue 'pencil' icon",
	second: "2. Access 'My Integrations' page",
	third: "3. Enter 'Edit Integration' page",
	enter: (row) =>
		row
			.getByRole("link", { name: /^Edit\b/ })
			.or(row.getByRole("button", { name: /^Edit\b/ }))
			.click(),
});

interface Instructions {
	title: string;
	second: string;
	third: string;
	enter: (row: Locator) => Promise<void>;
}

function follow({ title, second, third, enter }: Instructions): void {
	describe(title, () => {
		let account: Account;
		let shop: Shop;
		let person: Person;
		let page: Page;
		let webhookUrl = "";
		let stuck = false;

		beforeAll(async () => {
			account = await givenAccount(url);
			shop = await givenShop();
			await account.call("POST", "/api/integrations", { name: NAME, description: "From the warehouse", workflow: stockWorkflow(shop.url) });
			person = await newPerson(browser, url);
			page = person.page;
		});
		// Who is stuck at one step does not try the next.
		beforeEach(() => expect(stuck, "an earlier step failed").toBe(false));
		afterEach(async ({ task }) => {
			stuck = stuck || task.result?.state === "fail";
			if (stuck) await page.screenshot({ path: `.wrangler/browser/stuck-${task.name.slice(0, 8)}.png` });
			expect(person.problems.splice(0)).toEqual([]);
		});
		afterAll(async () => {
			await person.context.close();
			await shop.close();
		});

		test("1. Log in to your account", async () => {
			await page.goto("/");
			await page.getByLabel("Email").fill(account.email);
			await page.getByLabel("Password").fill(PASSWORD);
			await person.look("log in");
			await page.getByRole("button", { name: "Log in" }).click();
			await page.getByRole("navigation", { name: "Main menu" }).waitFor();
			await person.look("dashboard");
		});

		test(second, async () => {
			const automations = page.getByRole("button", { name: "Automations" });
			if ((await automations.getAttribute("aria-expanded")) !== "true") await automations.click();
			await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "My Automations" }).click();
			const table = page.getByRole("table");
			await table.getByRole("row", { name: NAME }).waitFor();
			await person.look("my automations");
		});

		test(third, async () => {
			await enter(page.getByRole("row", { name: NAME }));
			await page.getByRole("heading", { name: NAME }).waitFor();
			await page.getByRole("tab", { name: "Webhook" }).click();
			await page.getByRole("tab", { name: "Webhook", selected: true }).waitFor();
			await person.look("webhook off");
		});

		test("4. Enable webhook, note URL", async () => {
			const enabled = page.getByRole("switch", { name: "Enabled" });
			expect(await enabled.getAttribute("aria-checked")).toBe("false");
			await enabled.click();
			await page.getByRole("button", { name: "Copy URL" }).click();
			webhookUrl = await page.evaluate(() => navigator.clipboard.readText());
			expect(webhookUrl).toMatch(URL_PATTERN);
			await person.look("webhook on");
		});

		test("5. Save changes", async () => {
			const save = page.getByRole("button", { name: "Save", exact: true });
			const place = await save.boundingBox();
			expect(place?.x, "in the right half").toBeGreaterThan(640);
			expect(place?.y, "at the top").toBeLessThan(200);
			await save.click();
			await page.waitForFunction(() => document.body.textContent?.includes("Unsaved changes") === false);
			expect(await save.isDisabled()).toBe(true);
			await person.look("webhook saved");
		});

		test("Then a webhook appears on the Logs tab by itself, with its steps and the full request and response of its call", async () => {
			await page.getByRole("tab", { name: "Logs" }).click();
			await page.getByText("Nothing has run yet").waitFor();
			await person.look("logs empty");

			const answer = await fetch(webhookUrl, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ sku: "A-1", quantity: 7 }),
			});
			expect(answer.status).toBe(202);
			expect(await answer.json()).toMatchObject({ sequence: 1, status: "accepted" });

			const row = page.getByRole("link", { name: /succeeded.*#1\b/ });
			await row.click();
			const detail = page.locator(".logs-detail");
			for (const step of ["Read the stock", "Only what is in stock", "Update the shop"]) await detail.getByText(step).first().waitFor();
			expect(shop.received).toEqual([{ method: "PUT", path: "/products/A-1", body: '{"sku":"A-1","stock":7}' }]);
			const push = detail.getByRole("button", { name: /Update the shop/ });
			if ((await push.getAttribute("aria-expanded")) === "false") await push.click();
			const exchange = await detail.locator(".exchange").textContent();
			for (const part of ["PUT", `${shop.url}/products/A-1`, "sku", "A-1", "stock", "7"]) expect(exchange, "the request").toContain(part);
			for (const part of ["HTTP 200", "updated", "true", "the shop"]) expect(exchange, "the response").toContain(part);
			await person.look("execution");
		});
	});
}

describe("Where the integration supports no webhook", () => {
	test("the Webhook tab is disabled, says why, and points to the template and the Schedule tab", async () => {
		const account = await givenAccount(url);
		const person = await newPerson(browser, url);
		await person.logIn(account);
		const { id } = await account.call<{ id: string }>("POST", "/api/integrations", {
			templateId: "stock-schedule",
			name: "Nightly stock",
			answers: { shopUrl: "https://shop.example.com/stock", everyMinutes: 60 },
		});
		await person.page.goto(`/automations/${id}`);
		const tab = person.page.getByRole("tab", { name: "Webhook" });
		await tab.waitFor();
		expect(await tab.isDisabled()).toBe(true);
		await tab.click({ force: true });
		await person.page
			.getByRole("link", { name: /Library/ })
			.last()
			.waitFor();
		await person.page.getByRole("link", { name: "Open Schedule" }).waitFor();
		await person.look("webhook unsupported");
		expect(person.problems).toEqual([]);
		await person.context.close();
	});
});
