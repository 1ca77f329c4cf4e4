import { afterEach, expect, inject, test } from "vitest";
import { PASSWORD } from "../given/account.ts";
import { newPerson, openBrowser } from "./person.ts";

const url = inject("url");
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

test("from sign-up to a received webhook in three actions", async () => {
	const browser = await openBrowser();
	closing.push(() => browser.close());
	const person = await newPerson(browser, url);
	const { page } = person;
	await page.goto("/sign-up");
	await page.getByLabel("Name").fill("Grace Example");
	await page.getByLabel("Email").fill(`${crypto.randomUUID()}@example.com`);
	await page.getByLabel("Password").fill(PASSWORD);
	await person.look("sign up");
	await page.getByRole("button", { name: "Sign up" }).click();
	await page.getByRole("heading", { name: "Receive your first webhook" }).waitFor();
	await person.look("first screen");

	await page.getByRole("button", { name: "Create integration" }).click();
	await page.getByRole("switch", { name: "Enabled" }).click();
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await page.getByText("Waiting for the first event").waitFor();
	await page.getByRole("button", { name: "Copy command" }).click();

	const command = await page.evaluate(() => navigator.clipboard.readText());
	const target = /'(http[^']+)'/.exec(command)?.[1] ?? "";
	const body = /-d '([^']+)'/.exec(command)?.[1] ?? "";
	const answer = await fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body });
	expect(answer.status).toBe(202);
	await page.getByText("Event 1 received").waitFor();
	await page.getByRole("link", { name: "Open its execution" }).click();
	await page.getByRole("heading", { name: "Event #1" }).waitFor();
	await person.look("first execution");
	expect(person.problems).toEqual([]);
});
