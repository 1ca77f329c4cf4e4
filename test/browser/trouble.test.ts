import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { EventSummary, Integration, Page } from "../../worker/api/types";
import { type Account, givenAccount } from "../given/account.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";

/** What a person sets for the day on which something goes wrong, and what they see on it. */

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

const make = (fields: object) => account.call<Integration>("POST", "/api/integrations", fields);

test("a failure runs the integration that was chosen, and each of the two leads to the other", async () => {
	const { page } = person;
	const mail = await make({ name: "Mail the team" });
	const shop = await make({ name: "Stock sync", workflow: { steps: [{ id: "check", type: "filter", condition: "$error('no stock')" }] } });
	await page.goto(`/automations/${shop.id}/general`);
	await page.getByLabel("When an event fails, run").selectOption({ label: "Mail the team" });
	await page.getByLabel("Alert after so many minutes without an event").fill("90");
	await page.getByLabel("Keep events for, days").fill("7");
	await page.getByLabel("Keep at most, MB").fill("50");
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await page.getByRole("button", { name: "Save", exact: true, disabled: true }).waitFor();
	const saved = await account.call<Integration>("GET", `/api/integrations/${shop.id}`);
	expect(saved).toMatchObject({ onFailureIntegrationId: mail.id, silenceMinutes: 90, retention: { days: 7, bytes: 50_000_000 } });

	const { executionId } = await account.call<{ executionId: string }>("POST", `/api/integrations/${shop.id}/run`, {});
	await page.goto(`/automations/${shop.id}/logs?execution=${executionId}`);
	await page.getByText("Because it failed").getByRole("link", { name: "“Mail the team”" }).click();
	await page.getByRole("heading", { name: "Mail the team" }).waitFor();
	await page.getByRole("article", { name: "Event 1" }).getByRole("link", { name: "“Stock sync”" }).click();
	await page.getByText("Step “check” failed").waitFor();
	const { items } = await account.call<Page<EventSummary>>("GET", `/api/integrations/${mail.id}/events`);
	expect(items).toMatchObject([{ source: "call", status: "succeeded" }]);
	expect(person.problems).toEqual([]);
});

test("numbers out of bounds are told beside the field, and one that was deleted is told too", async () => {
	const { page } = person;
	const helper = await make({ name: "Old helper" });
	const shop = await make({ name: "Orders" });
	await account.call("PATCH", `/api/integrations/${shop.id}`, { version: 1, onFailureIntegrationId: helper.id });
	await page.goto(`/automations/${shop.id}/general`);
	await page.getByLabel("Keep events for, days").fill("400");
	await page.getByText("From 1 to 365.").waitFor();
	expect(await page.getByText("was deleted").count()).toBe(0);
	await fetch(`${url}/api/integrations/${helper.id}`, { method: "DELETE", headers: { origin: url, cookie: account.cookie } });
	await page.goto(`/automations/${shop.id}/general`);
	await page.getByText("The integration that was to run was deleted").waitFor();
	expect(await page.getByLabel("When an event fails, run").inputValue()).toBe(helper.id);
});
