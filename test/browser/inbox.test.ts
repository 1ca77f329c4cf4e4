import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { type Account, givenAccount } from "../given/account.ts";
import { stripe } from "../given/stripe.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";
import { givenShop, type Shop } from "./shop.ts";

/** The inbox: somebody goes through what came in by keyboard, narrows it, and takes some of it along. */

const url = inject("url");
const SECRET = "whsec_not-a-real-one-but-long";

let browser: Browser;
let account: Account;
let other: Shop;
let moody: Server;
let id: string;
let endpoint: string;

beforeAll(async () => {
	browser = await openBrowser();
	account = await givenAccount(url);
	other = await givenShop();
	const seen = new Set<string>();
	// Refuses the first call of each order.
	moody = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += String(chunk);
		response.writeHead(seen.has(body) ? 200 : 503, { "content-type": "application/json" });
		response.end(JSON.stringify({ seen: seen.has(body) }));
		seen.add(body);
	});
	await new Promise<void>((done) => moody.listen(0, "127.0.0.1", done));
	const address = moody.address();
	if (address === null || typeof address === "string") throw new Error("no address");
	const steps = [
		{ id: "map", type: "map", name: "Read the order", output: { id: "{{ event.body.id }}" } },
		{
			id: "push",
			type: "http",
			name: "Update the shop",
			method: "PUT",
			url: `http://127.0.0.1:${address.port}/orders`,
			body: "{{ steps.map }}",
			retry: { attempts: 3, backoff: "fixed", initialMs: 1000, maxMs: 1000 },
		},
	];
	const made = await account.call<{ id: string; version: number }>("POST", "/api/integrations", { name: "Payments", workflow: { steps } });
	id = made.id;
	const saved = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${id}`, {
		version: made.version,
		webhook: { enabled: true, verification: { scheme: "stripe", secrets: [SECRET] }, dedupe: { mode: "sender" } },
	});
	endpoint = saved.webhook.url;
	expect(await post(fromStripe("invoice.paid", 1), "/hooks?x=1")).toBe(202);
	expect(await post(fromStripe("charge.refunded", 2))).toBe(202);
	expect(await post(fromStripe("charge.refunded", 2))).toBe(200);
	expect(await post({ body: '{"id":"evt_9","type":"invoice.paid"}', headers: { authorization: "Bearer of-the-sender" } })).toBe(401);
	await vi.waitFor(
		async () => {
			const { events } = await account.call<{ events: { succeeded: number } }>("GET", `/api/integrations/${id}/ledger`);
			expect(events.succeeded).toBe(2);
			const { items } = await account.call<{ items: unknown[] }>("GET", `/api/integrations/${id}/inbox?q=oak`);
			expect(items, "words are indexed a moment later").toHaveLength(2);
		},
		{ timeout: 30_000, interval: 100 },
	);
});
afterAll(async () => {
	await browser.close();
	await other.close();
	moody.closeAllConnections();
	moody.close();
});

function fromStripe(type: string, number: number): { body: string; headers: Record<string, string> } {
	const body = JSON.stringify({ id: `evt_${number}`, type, data: { object: { amount: 1200 * number, note: "an oak chair, it's fine" } } });
	return { body, headers: { ...stripe(SECRET, body), authorization: "Bearer of-the-sender" } };
}

async function post({ body, headers }: { body: string; headers: Record<string, string> }, more = ""): Promise<number> {
	const answer = await fetch(endpoint + more, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
	await answer.body?.cancel();
	return answer.status;
}

async function arrive(options: Parameters<Browser["newContext"]>[0]): Promise<Person> {
	const person = await newPerson(browser, url, { reducedMotion: "reduce", ...options });
	await person.logIn(account);
	await person.page.goto(`/automations/${id}/logs?view=inbox`);
	await person.page.getByRole("list", { name: "Inbox" }).waitFor();
	return person;
}
const rows = ({ page }: Person): Locator => page.getByRole("list", { name: "Inbox" }).getByRole("link");

test("a person goes through the inbox by keyboard, on a wide screen by day", async () => {
	const person = await arrive({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
	const { page } = person;
	await expect.poll(() => rows(person).count()).toBe(4);
	await expect
		.poll(async () => (await rows(person).allInnerTexts())[2])
		.toMatch(/#2\s*charge\.refunded[\s\S]*Verified by Stripe[\s\S]*succeeded/);
	const texts = await rows(person).allInnerTexts();
	expect(texts[0]).toMatch(/POST \/[\s\S]*Rejected: no signature[\s\S]*answered 401/);
	expect(texts[1]).toMatch(/Duplicate of #2/);
	await person.look("inbox wide light nothing chosen");

	await page.keyboard.press("j");
	await page.keyboard.press("j");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("j");
	await page.keyboard.press("j"); // the last stays
	expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("invoice.paid");
	await page.keyboard.press("Enter");
	const detail = page.getByRole("article", { name: "Event 1" });
	await detail.getByRole("heading", { name: "#1 invoice.paid" }).waitFor();
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("#1 invoice.paid");
	const bars = detail.getByRole("region", { name: "Timeline" }).getByRole("listitem");
	await expect.poll(() => bars.allInnerTexts()).toHaveLength(6);
	expect((await bars.allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
		expect.stringMatching(/^POST \/hooks received$/),
		expect.stringMatching(/^In the queue \d+ ms$/),
		expect.stringMatching(/^Read the order/),
		expect.stringMatching(/^Update the shop, try 1 PUT 127\.0\.0\.1:\d+ HTTP 503 \d+ ms$/),
		expect.stringMatching(/^Update the shop, try 2 PUT 127\.0\.0\.1:\d+ [\d.]+ s after [\d.]+ s, HTTP 200 \d+ ms$/),
		expect.stringMatching(/^End succeeded [\d.]+ s$/),
	]);
	await person.look("inbox wide light event");

	// What is open goes along with the list.
	await page.keyboard.press("k");
	await page.getByRole("article", { name: "Event 2" }).waitFor();
	expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("charge.refunded");
	await page.keyboard.press("Escape");
	await page.getByRole("article").waitFor({ state: "detached" });
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("charge.refunded");

	await page.keyboard.press("?");
	await page.getByRole("dialog", { name: "Keys in the inbox" }).waitFor();
	await person.look("inbox wide light keys");
	await page.keyboard.press("j"); // means nothing behind a dialog
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	await page.keyboard.press("/");
	await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
	await page.keyboard.type("oak");
	await expect.poll(() => rows(person).count(), { timeout: 15_000 }).toBe(2);
	expect(await page.locator("mark").first().textContent()).toBe("oak");
	await page.getByRole("button", { name: "Clear" }).click();
	await expect.poll(() => rows(person).count()).toBe(4);
	expect(person.problems).toEqual([]);
	await person.context.close();
});

test("a person narrows the inbox, copies a request as curl without its credentials, and downloads its body", async () => {
	const person = await arrive({ viewport: { width: 1280, height: 800 } });
	const { page } = person;
	await page.getByLabel("Verdict").selectOption("refused");
	await expect.poll(() => rows(person).allInnerTexts()).toEqual([expect.stringContaining("Rejected")]);
	expect(page.url()).toContain("verdict=refused");
	await page.getByLabel("Verdict").selectOption("verified");
	await page.getByText("More filters").click();
	await page.getByLabel("Event name").fill("invoice");
	await expect.poll(() => rows(person).allInnerTexts()).toEqual([expect.stringContaining("invoice.paid")]);

	await rows(person).first().click();
	const detail = page.getByRole("article", { name: "Event 1" });
	await detail.getByRole("button", { name: "Copy as curl" }).click();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain(`'${endpoint}/hooks?x=1'`);
	expect(copied).toContain("-H 'authorization: Bearer ••••'");
	expect(copied).toContain("Masked by Inlet: authorization.");
	expect(copied).toContain("an oak chair, it'\\''s fine");
	expect(copied).not.toContain("of-the-sender");

	const [download] = await Promise.all([page.waitForEvent("download"), detail.getByRole("link", { name: "Download body" }).click()]);
	expect(download.suggestedFilename()).toBe("invoice.paid-1.json");
	expect(await detail.getByRole("link", { name: "Download body" }).getAttribute("download")).toBe("invoice.paid-1.json");
	expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toMatchObject({ id: "evt_1", type: "invoice.paid" });

	await detail.getByRole("tab", { name: "Headers" }).click();
	await detail.getByRole("row", { name: "authorization Bearer ••••" }).waitFor();
	await detail.getByRole("tab", { name: "Raw" }).click();
	expect(await detail.getByRole("region", { name: "Raw body" }).textContent()).toContain('{"id":"evt_1","type":"invoice.paid"');
	await detail.getByRole("tab", { name: "Query" }).click();
	await detail.getByRole("row", { name: "x 1" }).waitFor();
	expect(person.problems).toEqual([]);
	await person.context.close();
});

test("a letter typed in the moment in which the list follows stays", async () => {
	const person = await arrive({ viewport: { width: 1280, height: 800 } });
	const { page } = person;
	const search = page.getByRole("searchbox");
	await search.evaluate((input: HTMLInputElement) => {
		const { replaceState } = history;
		history.replaceState = (state, unused, url) => {
			history.replaceState = replaceState;
			history.replaceState(state, unused, url);
			input.focus();
			document.execCommand("insertText", false, "ak");
		};
	});
	await search.pressSequentially("o");
	await expect.poll(() => page.url()).toContain("q=oak");
	expect(await search.inputValue()).toBe("oak");
	await person.context.close();
});

test("a person sends a stored request to another system, and sees what it answers", async () => {
	const person = await arrive({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
	const { page } = person;
	await rows(person).filter({ hasText: "#1" }).click();
	await page.getByRole("button", { name: "Send to another URL" }).click();
	const dialog = page.getByRole("dialog", { name: "Send to another URL" });
	await dialog.getByLabel("URL").fill("ftp://elsewhere.example/");
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByText("Only http and https URLs can be called.").waitFor();
	await dialog.getByLabel("URL").fill(`${other.url}/copy`);
	await dialog.getByLabel("Add /hooks?x=1 to it").check();
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByText("HTTP 200").waitFor();
	await dialog.getByText("the shop").waitFor();
	await dialog.getByText("Left out: authorization.").waitFor();
	expect(other.received).toMatchObject([{ method: "POST", path: "/copy/hooks?x=1", body: expect.stringContaining('"id":"evt_1"') }]);
	await person.look("inbox wide dark sent");
	expect(person.problems).toEqual([]);
	await person.context.close();
});

test("on a telephone by night the detail covers the list, new ones come in by themselves, and the way back leads where one was", async () => {
	const person = await arrive({ viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true });
	const { page } = person;
	await person.look("inbox narrow dark list");
	await rows(person).filter({ hasText: "Rejected" }).click();
	await page.getByRole("article", { name: "Delivery" }).getByRole("button", { name: "Accept it after all" }).waitFor();
	await person.look("inbox narrow dark refused");
	expect(await rows(person).count()).toBe(0);
	await page.getByRole("link", { name: "Back to the list" }).click();
	await rows(person).filter({ hasText: "#1" }).click();
	await page.getByRole("region", { name: "Timeline" }).getByRole("listitem").last().waitFor();
	await person.look("inbox narrow dark event");
	await page.getByRole("link", { name: "Back to the list" }).click();
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("invoice.paid");
	expect(await post(fromStripe("customer.created", 3))).toBe(202);
	await rows(person).filter({ hasText: "customer.created" }).waitFor();
	await expect.poll(async () => (await rows(person).allInnerTexts())[0]).toContain("customer.created");
	expect(person.problems).toEqual([]);
	await person.context.close();
});
