import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Account, givenAccount } from "../given/account.ts";
import { newPerson, openBrowser } from "./person.ts";

/** What a webhook accepts, set by somebody who sees on a real event what it will do. */

const url = inject("url");
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
	webhook: { url: string; filter: string | null; batch: { path: string } | null; allowedIps: string[] };
}

test("a filter, a list of events and addresses", async () => {
	const workflow = { steps: [{ id: "read", type: "map", output: "{{ event.body }}" }] };
	const made = await account.call<Integration>("POST", "/api/integrations", { name: "Stock", workflow });
	const { webhook } = await account.call<Integration>("PATCH", `/api/integrations/${made.id}`, {
		version: made.version,
		webhook: { enabled: true },
	});
	const send = (body: unknown): Promise<Response> =>
		fetch(webhook.url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
	expect((await send({ quantity: 3 })).status).toBe(202);

	const { page, context, problems, look, logIn } = await newPerson(browser, url);
	await logIn(account);
	try {
		await page.goto(`/automations/${made.id}/webhook`);
		await page.getByLabel("Run only when").fill("event.body.quantity > 5");
		await page.getByText("Event #1 would be filtered").waitFor();
		await page.getByLabel("Run only when").fill("event.body.quantity > 0");
		await page.getByText("Event #1 would run").waitFor();
		await page.getByLabel("Run only when").fill("$number('x')");
		await page.getByText("Event #1 would fail").waitFor();
		await page.getByLabel("Run only when").fill("event.body.quantity >");
		await page.getByText("(character 22)").waitFor();
		await page.getByLabel("Run only when").fill("");
		await page.getByLabel("Run only when").pressSequentially("event.body.");
		await page.getByRole("option", { name: "quantity" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByLabel("Run only when").fill("event.body.quantity > 0");

		await page.getByLabel("A delivery may hold several events").check();
		await page.getByLabel("The list", { exact: true }).fill("event.headers");
		await page.getByLabel("Addresses that may send").fill("127.0.0.1\n::1\nnowhere");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("event.body, or a path inside it such as event.body.events").first().waitFor();
		await page.getByText("“nowhere”:").first().waitFor();
		await look("What is accepted, refused");
		await page.getByLabel("The list", { exact: true }).fill("event.body");
		await page.getByLabel("Addresses that may send").fill("127.0.0.1\n::1");
		await page.getByRole("button", { name: "Save" }).click();
		await page.getByText("Saved").first().waitFor();
		await look("What is accepted");

		const answered = await (await send([{ quantity: 0 }, { quantity: 2 }])).json();
		expect(answered).toMatchObject({ status: "accepted", sequence: 2, ids: [expect.any(String), expect.any(String)] });
		await page.goto(`/automations/${made.id}/logs`);
		await page.getByText("filtered").first().waitFor();
		const saved = await account.call<Integration>("GET", `/api/integrations/${made.id}`);
		expect(saved.webhook).toMatchObject({
			filter: "event.body.quantity > 0",
			batch: { path: "event.body" },
			allowedIps: ["127.0.0.1", "::1"],
		});
		expect(problems).toEqual([]);
	} finally {
		await context.close();
	}
});

test("a sender's own list is offered, tried on what came, and goes with the sender", async () => {
	const made = await account.call<Integration>("POST", "/api/integrations", { name: "Contacts", workflow: { steps: [] } });
	const { webhook } = await account.call<Integration>("PATCH", `/api/integrations/${made.id}`, {
		version: made.version,
		webhook: { enabled: true },
		ordering: { mode: "key", key: "event.body.objectId" },
	});
	const list = [1, 2].map((eventId) => ({ eventId, subscriptionId: 7, occurredAt: 1_790_000_000_000, objectId: 40 + eventId }));
	const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(list) };
	expect((await fetch(webhook.url, sent)).status).toBe(202);

	const { page, context, problems, look, logIn } = await newPerson(browser, url, {
		viewport: { width: 390, height: 844 },
		colorScheme: "dark",
	});
	await logIn(account);
	const choose = async (name: string): Promise<void> => {
		await page.getByRole("combobox", { name: "Sender" }).click();
		await page.keyboard.type(name);
		await page.keyboard.press("Enter");
	};
	try {
		await page.goto(`/automations/${made.id}/webhook`);
		await page.getByText("Event #1 would run without an order").waitFor();
		await choose("HubSpot");
		await page.getByText("HubSpot may send up to 100 changes in one list").waitFor();
		await page.getByRole("button", { name: "Use event.body" }).click();
		expect(await page.getByLabel("The list", { exact: true }).inputValue()).toBe("event.body");
		await page.getByText("Event #1 would run in the order of objectId 41").waitFor();
		await page.getByText("Its list holds 2 events; the first is tried here.").first().waitFor();
		await page.getByLabel("Recognize a repeated delivery by").selectOption({ label: "The sender's own id" });
		await page.getByText("Event #1 is recognized by eventId 1 and subscriptionId 7").waitFor();
		await look("A sender's own list, narrow and dark");

		await choose("Stripe");
		await page.getByText("A delivery is one event again").waitFor();
		expect(await page.getByLabel("A delivery may hold several events").isChecked()).toBe(false);
		expect(await page.getByRole("button", { name: /^Use event/ }).count()).toBe(0);
		await page.getByRole("button", { name: "Undo", exact: true }).last().click();
		expect(await page.getByLabel("A delivery may hold several events").isChecked()).toBe(true);
		expect(problems).toEqual([]);
	} finally {
		await context.close();
	}
});
