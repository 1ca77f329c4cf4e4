import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Account, givenAccount } from "../given/account.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";

/** Masking what is stored, as somebody does it who may not keep card numbers. */

const url = inject("url");
const CARD = "4111 1111 1111 1111";
const NARROW = { viewport: { width: 390, height: 844 }, colorScheme: "dark", reducedMotion: "reduce" } as const;

let browser: Browser;
let account: Account;
beforeAll(async () => {
	browser = await openBrowser();
	account = await givenAccount(url);
});
afterAll(() => browser.close());

interface Integration {
	id: string;
	version: number;
	webhook: { url: string };
}

async function given(name: string, webhook: object = {}): Promise<Integration> {
	const workflow = { steps: [{ id: "read", type: "map", output: { id: "{{ event.body.id }}" } }] };
	const { id, version } = await account.call<Integration>("POST", "/api/integrations", { name, workflow });
	return account.call("PATCH", `/api/integrations/${id}`, { version, webhook: { enabled: true, ...webhook } });
}

async function post({ webhook }: Integration, id: number): Promise<void> {
	const body = JSON.stringify({ id, customer: { name: "Grace Example", note: `card ${CARD}` } });
	const answer = await fetch(webhook.url, { method: "POST", headers: { "content-type": "application/json" }, body });
	expect(answer.status).toBe(202);
}

async function as(options: Parameters<typeof newPerson>[2], act: (person: Person) => Promise<void>): Promise<void> {
	const person = await newPerson(browser, url, options);
	await person.logIn(account);
	try {
		await act(person);
		expect(person.problems).toEqual([]);
	} finally {
		await person.context.close();
	}
}

test("a kind and a field are chosen on an event that came, tried, and saved; what comes then is stored masked", () =>
	as({}, async ({ page, look }) => {
		const integration = await given("Payments");
		await post(integration, 1);
		await page.goto(`/automations/${integration.id}/general`);
		const card = page.getByRole("region", { name: "Masking" });
		const box = card.getByLabel("Card numbers");
		await box.scrollIntoViewIfNeeded();
		// Drawn with 16 px: whoever misses it by a little hits it.
		const isHit = await box.evaluate((input) => {
			const { x, y, width, height } = input.getBoundingClientRect();
			const near = [-11, 11].flatMap((by) => [
				[x + width / 2 + by, y + height / 2] as const,
				[x + width / 2, y + height / 2 + by] as const,
			]);
			return near.map(([left, top]) => document.elementFromPoint(left, top) === input);
		});
		expect(isHit).toEqual([true, true, true, true]);
		await box.check();
		await card.getByRole("checkbox", { name: /name.*Grace Example/ }).check();
		await card.getByRole("button", { name: "Show what is kept" }).click();
		const kept = card.getByRole("region", { name: "What is kept of event 1" });
		await kept.getByText("card ••••").waitFor();
		expect(await kept.textContent()).not.toMatch(/Grace|4111/);
		await look("masking");

		await card.getByLabel("Fields to mask").fill("event.body.customer.name\nbody.oops");
		await card.getByText("“body.oops” is not a path").waitFor();
		await card.getByLabel("Fields to mask").fill("event.body.customer.name");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await page.getByText(/^Saved as version/).waitFor();

		await post(integration, 2);
		const { items } = await account.call<{ items: { id: string }[] }>("GET", `/api/integrations/${integration.id}/events?limit=1`);
		await page.goto(`/automations/${integration.id}/logs?event=${items[0]?.id}`);
		await page.getByText("Masked: event.body.customer.name, card numbers.").waitFor();
		expect(await page.getByRole("article", { name: "Event 2" }).textContent()).not.toMatch(/Grace|4111/);
		await page.getByRole("button", { name: "Replay" }).click();
		await page.getByRole("dialog").getByText("Run with masked values").waitFor();
		await look("replay of a masked event");
	}));

test("on a phone in the dark it fits, and before the first event there is nothing to try it on", () =>
	as(NARROW, async ({ page, look }) => {
		const integration = await given("Quiet", { redaction: { fields: ["event.body.items[].ssn"], patterns: ["email", "card"] } });
		await page.goto(`/automations/${integration.id}/general`);
		const card = page.getByRole("region", { name: "Masking" });
		await card.scrollIntoViewIfNeeded();
		expect(await card.getByLabel("Fields to mask").inputValue()).toBe("event.body.items[].ssn");
		expect(await card.getByRole("button", { name: "Show what is kept" }).count()).toBe(0);
		await look("masking on a phone");
	}));
