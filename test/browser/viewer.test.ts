import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Account, givenAccount, PASSWORD } from "../given/account.ts";
import { newPerson, openBrowser } from "./person.ts";

/** Somebody who may look and nothing else. */

const url = inject("url");
let browser: Browser;
let owner: Account;
beforeAll(async () => {
	browser = await openBrowser();
	owner = await givenAccount(url);
});
afterAll(() => browser.close());

interface Integration {
	id: string;
	version: number;
	webhook: { url: string };
}

async function givenViewer(): Promise<Account> {
	const { url: link } = await owner.call<{ url: string }>("POST", "/api/invitations", { role: "viewer" });
	const response = await fetch(`${url}/api/auth/sign-up/email`, {
		method: "POST",
		headers: { "content-type": "application/json", origin: url },
		body: JSON.stringify({
			name: "Vera",
			email: `${crypto.randomUUID()}@example.com`,
			password: PASSWORD,
			invitation: link.split("/").at(-1),
		}),
	});
	expect(response.status).toBe(200);
	const cookie = response.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");
	return { ...owner, cookie };
}

test("a viewer looks at settings, events and refusals, without a URL, a dead button or a refusal of their own", async () => {
	const workflow = { steps: [{ id: "read", type: "map", output: "{{ event.body }}" }] };
	const made = await owner.call<Integration>("POST", "/api/integrations", { name: "Stock", workflow });
	const { webhook } = await owner.call<Integration>("PATCH", `/api/integrations/${made.id}`, {
		version: made.version,
		webhook: { enabled: true, batch: { path: "event.body" }, filter: "event.body.quantity > 0" },
		ordering: { mode: "key", key: "event.body.sku" },
	});
	const send = (init: RequestInit): Promise<Response> => fetch(webhook.url, init);
	const headers = { "content-type": "application/json" };
	const list = JSON.stringify([
		{ sku: "A", quantity: 1 },
		{ sku: "B", quantity: 2 },
	]);
	expect((await send({ method: "POST", headers, body: list })).status).toBe(202);
	expect((await send({ method: "PUT", headers, body: "{}" })).status).toBe(405);

	const { page, context, problems, look, logIn } = await newPerson(browser, url);
	await logIn(await givenViewer());
	const refused: string[] = [];
	page.on("response", (response) => {
		if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
	});
	try {
		await page.goto(`/automations/${made.id}/webhook`);
		await page.getByText("Members can see the URL").waitFor();
		await page.getByText("Event #2 would run in the order of sku “B”").waitFor();
		await page.getByText("The condition is true for it").waitFor();
		await look("Webhook tab of a viewer");
		expect(await page.getByRole("main").getByRole("button").allTextContents()).toEqual([]);
		expect(await page.content()).not.toContain("/in/");

		await page.goto(`/automations/${made.id}/logs?view=inbox`);
		await page.getByText("Rejected: method not allowed").click();
		await page.getByText("Rejected, answered 405").waitFor();
		await page.getByText("2 of 2 ·").click();
		await page.getByText("Event 2 of 2 that came in one delivery.").waitFor();
		await look("Inbox of a viewer");
		expect(
			await page
				.getByRole("article")
				.getByRole("button", { name: /Replay|Accept|Send/ })
				.count(),
		).toBe(0);
		await page.getByRole("link", { name: "Show both" }).click();
		await page.getByText("Only the events that came in one delivery with #1.").waitFor();
		await expect.poll(() => page.locator(".inbox-row").count()).toBe(2);

		await page.goto(`/automations/${made.id}/run-now`);
		await page.getByText("Your role may look but not run.").waitFor();
		await look("Run now of a viewer");
		expect(refused).toEqual([]);
		expect(problems).toEqual([]);
	} finally {
		await context.close();
	}
});
