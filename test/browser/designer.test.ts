import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Integration } from "../../worker/api/types";
import { type Account, givenAccount } from "../given/account.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";

/** The designer, as somebody meets it who has not read about it. */

const url = inject("url");
let browser: Browser;
let account: Account;
let person: Person;

beforeAll(async () => {
	browser = await openBrowser();
	account = await givenAccount(url);
	person = await newPerson(browser, url, { reducedMotion: "reduce" });
	await person.logIn(account);
});
afterAll(() => browser.close());

async function givenIntegration(fields: object): Promise<Integration> {
	const { id, version } = await account.call<Integration>("POST", "/api/integrations", fields);
	return account.call<Integration>("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true } });
}

test("the sample is the newest event whose body can be read, until another one is chosen", async () => {
	const { page } = person;
	const steps = [{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } }];
	const { id, webhook } = await givenIntegration({ name: "Some of it broken", workflow: { steps } });
	for (const body of ['{"sku":"A-1"}', '{"sku":"B-2"}', '{"sku":', "no JSON at all"])
		expect((await fetch(webhook.url ?? "", { method: "POST", headers: { "content-type": "application/json" }, body })).status).toBe(202);
	await page.goto(`/automations/${id}/workflow`);
	await page.getByRole("treeitem", { name: "B-2" }).first().waitFor();
	expect(await page.getByLabel("Event", { exact: true }).locator("option:checked").textContent()).toMatch(/^#2 /);
	expect(await page.getByText("The body is not valid JSON").count()).toBe(0);
	const [newest] = await page.getByLabel("Event", { exact: true }).locator("option").allTextContents();
	await page.getByLabel("Event", { exact: true }).selectOption({ label: newest ?? "" });
	await page.getByText("The body is not valid JSON").waitFor();
	expect(await page.getByLabel("Event", { exact: true }).locator("option:checked").textContent()).toMatch(/^#4 /);
	expect(person.problems).toEqual([]);
});

test("a field that refers to nothing says so and shows no value beside it", async () => {
	const { page } = person;
	const steps = [{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } }];
	const { id } = await givenIntegration({ name: "Refers", workflow: { steps } });
	await page.goto(`/automations/${id}/workflow`);
	const card = page.locator("#step-0");
	await card.locator(".result").waitFor();
	await page.getByRole("textbox", { name: "Value of sku" }).click();
	await page.keyboard.press("Control+A");
	await page.keyboard.type("{{ steps.nothing.sku ");
	await card.locator(".field-error", { hasText: "There is no step" }).waitFor();
	await card.locator(".result").waitFor({ state: "detached" });
	expect(await card.locator(".card-result").count()).toBe(0);
	person.problems.length = 0;
});

test("a request's body is empty, in whichever form it is given", async () => {
	const { page } = person;
	const { id } = await givenIntegration({ name: "Calls", workflow: { steps: [] } });
	await page.goto(`/automations/${id}/workflow`);
	await page.getByRole("button", { name: "Add HTTP request" }).first().click();
	const form = page.getByLabel("Body", { exact: true });
	expect(await form.locator("option:checked").textContent()).toBe("None");
	await form.selectOption({ label: "One expression or text" });
	const text = page.getByLabel("Body, as an expression");
	await text.waitFor();
	expect(await text.locator(".cm-line").evaluate((line) => [...line.childNodes].filter((node) => node.nodeType === 3).length)).toBe(0);
	await form.selectOption({ label: "JSON with expressions" });
	await page.getByLabel("Body, as JSON").waitFor();
	expect((await page.getByLabel("Body, as JSON").textContent())?.trim()).toBe("{}");
	expect(person.problems).toEqual([]);
});

test("on a telephone the row of tabs fades where more of it is out of sight", async () => {
	const { page } = person;
	const { id } = await givenIntegration({ name: "Narrow" });
	await page.setViewportSize({ width: 390, height: 740 });
	const row = page.getByRole("tablist", { name: "Parts of the integration" });
	const more = (side: string) =>
		page.waitForFunction((wanted) => document.querySelector<HTMLElement>("[role=tablist]")?.dataset.more === wanted, side);
	await page.goto(`/automations/${id}/general`);
	await more("after");
	expect(await row.evaluate((element) => getComputedStyle(element).maskImage)).toContain("gradient");
	await row.evaluate((element) => element.scrollTo({ left: element.scrollWidth, behavior: "instant" }));
	await more("before");
	await page.setViewportSize({ width: 1280, height: 800 });
	await more("none");
	expect(await row.evaluate((element) => getComputedStyle(element).maskImage)).toBe("none");
});
