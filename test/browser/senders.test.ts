import { createHmac } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Account, givenAccount } from "../given/account.ts";
import { stripe } from "../given/stripe.ts";
import { newPerson, openBrowser, type Person } from "./person.ts";

/** Choosing who sends, and finding out why a delivery was refused, as somebody does it who has never heard of signatures. */

const url = inject("url");
const SECRET = "whsec_only-stripe-and-inlet-know";
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
	webhook: { url: string; response: { status: number }; dedupe: { mode: string }; verification: object };
}
const read = (id: string): Promise<Integration> => account.call("GET", `/api/integrations/${id}`);

async function givenIntegration(name: string, webhook?: object): Promise<Integration> {
	const workflow = { steps: [{ id: "read", type: "map", output: { id: "{{ event.body.id }}" } }] };
	const made = await account.call<Integration>("POST", "/api/integrations", { name, workflow });
	return webhook ? account.call("PATCH", `/api/integrations/${made.id}`, { version: made.version, webhook }) : made;
}

const signed = (body: string, secret = SECRET): Record<string, string> => stripe(secret, body);

const post = ({ webhook }: Integration, body: string, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(webhook.url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

async function withPerson(options: Parameters<typeof newPerson>[2], act: (person: Person) => Promise<void>): Promise<void> {
	const person = await newPerson(browser, url, options);
	await person.logIn(account);
	try {
		await act(person);
		expect(person.problems).toEqual([]);
	} finally {
		await person.context.close();
	}
}

describe("choosing Stripe as the sender", () => {
	test("by keyboard, with its secret; then what it signs runs, all else is refused, explained, and can be accepted after all", () =>
		withPerson({}, async ({ page, look }) => {
			const { id } = await givenIntegration("Payments");
			await page.goto(`/automations/${id}/webhook`);
			await page.getByRole("switch", { name: "Enabled" }).click();
			await page.getByText("Whoever learns the URL can start this integration").waitFor();

			const sender = page.getByRole("combobox", { name: "Sender" });
			await sender.click();
			await page.getByRole("option", { name: "Anyone who has the URL", selected: true }).waitFor();
			await look("senders listed");
			await page.keyboard.type("zzz");
			await page.getByText("Nobody of this name is known").waitFor();
			await page.keyboard.press("Escape");
			expect(await sender.inputValue()).toBe("Anyone who has the URL");
			await page.keyboard.press("ArrowDown");
			await page.keyboard.type("strip");
			await page.keyboard.press("Enter");
			await page.getByText("How to set it up at Stripe").waitFor();
			expect(await sender.inputValue()).toBe("Stripe");
			await page.getByText("Without its secret, everything will be rejected").waitFor();
			await page.getByText("Repeated deliveries are recognized by Stripe’s own id.").waitFor();
			await look("stripe chosen");
			await page.getByLabel("Signing secret").fill(SECRET);
			await page.getByRole("button", { name: "each customer" }).click();
			await page.getByRole("button", { name: "Save", exact: true }).click();
			await page.getByText("Signing secret: 1 secret is set").waitFor();
			expect(await page.content()).not.toContain(SECRET);
			await look("stripe saved");

			const shop = await read(id);
			expect(shop.webhook).toMatchObject({ verification: { scheme: "stripe", secrets: { count: 1 } }, dedupe: { mode: "sender" } });
			const body = '{"id":"evt_1","type":"invoice.paid","data":{"object":{"customer":"cus_1"}}}';
			expect((await post(shop, body, signed(body))).status).toBe(202);
			expect((await post(shop, body.replace("evt_1", "evt_3"))).status).toBe(401);
			expect((await post(shop, body.replace("evt_1", "evt_2"), signed(body))).status).toBe(401);
			const spaced = JSON.stringify(JSON.parse(body), null, 2);
			expect((await post(shop, spaced, signed(body))).status).toBe(401);

			await page.goto(`/automations/${id}/logs?view=deliveries`);
			await page.getByRole("link", { name: /invoice\.paid.*Verified by Stripe/ }).waitFor();
			const rejected = page.getByRole("link", { name: /Rejected/ });
			await rejected.nth(0).click();
			await page.getByText("The body was changed on its way: its JSON was written anew").waitFor();
			await look("refused changed body");
			await rejected.nth(1).click();
			await page.getByText("Probably: It was signed with another secret").waitFor();
			await rejected.nth(2).click();
			await page.getByText("It carries no signature of Stripe").waitFor();
			await page.getByText("header stripe-signature").waitFor();
			await look("refused unsigned");
			await page.getByRole("button", { name: "Accept it after all" }).click();
			await page.getByRole("button", { name: "Accept delivery" }).click();
			await page.getByRole("article", { name: "Event 2" }).waitFor();
			const failed: string[] = [];
			page.on("response", (response) => {
				if (response.status() >= 400) failed.push(response.url());
			});
			await page.goBack();
			await page.getByText("Accepted after all: event #2").waitFor();
			expect(await page.getByText("Held no event").count()).toBe(0);
			expect(failed).toEqual([]);
		}));

	test("can be tried with its samples before anything has come", () =>
		withPerson(NARROW, async ({ page, look }) => {
			const { id } = await givenIntegration("Tried first", { enabled: true, verification: { scheme: "stripe", secrets: [SECRET] } });
			await page.goto(`/automations/${id}/run-now`);
			await page.getByLabel("Try with a sample").selectOption({ label: "A payment went through (payment_intent.succeeded)" });
			await look("run a sample, narrow and dark");
			await page.getByRole("button", { name: "Run now" }).click();
			await page.getByText("evt_1PqTest000000000000000001").first().waitFor();
			const { id: untouched } = await givenIntegration("Not run", { enabled: true, verification: { scheme: "stripe" } });
			await page.goto(`/automations/${untouched}/webhook`);
			await page.getByText("Everything is rejected: the secret is missing").waitFor();
			await look("stripe without a secret, narrow and dark");
		}));

	test("shows on its samples what a step of the workflow would make of them", () =>
		withPerson({}, async ({ page, look }) => {
			const { id } = await givenIntegration("Designed first", { enabled: true, verification: { scheme: "stripe" } });
			await page.goto(`/automations/${id}/workflow`);
			await page.getByLabel("Event", { exact: true }).selectOption({ label: "Sample: A subscription ended" });
			await page.getByText("sub_1PqTest0001").first().waitFor();
			await look("designer with a sample");
		}));

	test("and changing its secret takes both for a while, or leaves all as it was", () =>
		withPerson({}, async ({ page, look }) => {
			const { id } = await givenIntegration("Rotated", { enabled: true, verification: { scheme: "stripe", secrets: [SECRET] } });
			await page.goto(`/automations/${id}/webhook`);
			const save = page.getByRole("button", { name: "Save", exact: true });
			await page.getByRole("button", { name: "Remove", exact: true }).click();
			await page.getByText("Everything is rejected: the secret is missing").waitFor();
			await page.getByRole("button", { name: "Leave the secret as it was" }).click();
			await page.getByText("Signing secret: 1 secret is set").waitFor();
			expect(await save.isDisabled()).toBe(true);
			await page.getByRole("button", { name: "Add a second one" }).click();
			await page.getByLabel("Signing secret, second").fill("whsec_the-next-one");
			await look("a second secret");
			await save.click();
			await page.getByText("Signing secret, second: set").waitFor();
			const both = await read(id);
			for (const secret of [SECRET, "whsec_the-next-one"]) expect((await post(both, "{}", signed("{}", secret))).status).toBe(202);
			await page.getByRole("button", { name: "Remove", exact: true }).first().click();
			await save.click();
			await page.getByText("Signing secret: 1 secret is set").waitFor();
			const one = await read(id);
			expect((await post(one, "[]", signed("[]"))).status).toBe(401);
			expect((await post(one, "[]", signed("[]", "whsec_the-next-one"))).status).toBe(202);
		}));
});

describe("a sender that is described rather than known", () => {
	test("says at the field what is missing; what choosing set can be taken back", () =>
		withPerson(NARROW, async ({ page, look }) => {
			const { id } = await givenIntegration("Described", { enabled: true });
			await page.goto(`/automations/${id}/webhook`);
			const sender = page.getByRole("combobox", { name: "Sender" });
			await sender.click();
			await page.getByRole("option", { name: "Xero" }).click();
			await page.getByText("The answer has no body.").waitFor();
			expect(await page.getByLabel("Body it answers").inputValue()).toBe("empty");
			await page.getByRole("button", { name: "Undo" }).click();
			expect(await page.getByLabel("Body it answers").inputValue()).toBe("json");

			await sender.click();
			await page.keyboard.type("hmac");
			await page.getByRole("option", { name: "Custom HMAC" }).click();
			await page.getByLabel("Secret", { exact: true }).fill("made-up-here");
			await page.getByLabel("Algorithm").selectOption("sha256");
			await page.getByLabel("Encoding").selectOption("hex");
			const save = page.getByRole("button", { name: "Save", exact: true });
			await save.click();
			await page.getByText("Not saved").waitFor();
			const header = page.getByLabel("Header", { exact: true });
			expect(await header.getAttribute("aria-invalid")).toBe("true");
			await look("custom hmac, narrow and dark");
			await header.fill("X-Sum");
			await save.click();
			await page.getByText("Secret: 1 secret is set").waitFor();
			const made = await read(id);
			const sum = createHmac("sha256", "made-up-here").update("{}").digest("hex");
			expect((await post(made, "{}", { "x-sum": sum })).status).toBe(202);
			expect((await post(made, "{}", { "x-sum": sum.replace(/^./, "x") })).status).toBe(401);
		}));
});

describe("another sender in place of one whose secret is saved", () => {
	test("takes its preset back, and is saved only by the first one's name", () =>
		withPerson({}, async ({ page, look }) => {
			const { id } = await givenIntegration("Moved", { enabled: true, verification: { scheme: "stripe", secrets: [SECRET] } });
			await page.goto(`/automations/${id}/webhook`);
			const sender = page.getByRole("combobox", { name: "Sender" });
			await sender.click();
			await page.keyboard.type("slack");
			await page.getByRole("option", { name: "Slack" }).click();
			await page.getByText("The answer has no body.").waitFor();
			await sender.click();
			await page.keyboard.type("facebook");
			await page.getByRole("option", { name: "Meta (Facebook)" }).click();
			await page.getByText("The answer has a body again.").waitFor();
			expect(await page.getByLabel("Body it answers").inputValue()).toBe("json");
			await sender.click();
			await page.getByRole("option", { name: "Anyone who has the URL" }).click();
			await page.getByText("The answer’s status is 202 again.").waitFor();

			const save = page.getByRole("button", { name: "Save", exact: true });
			await save.click();
			const sure = page.getByRole("button", { name: "Save and delete" });
			expect(await sure.isDisabled()).toBe(true);
			await look("asks before the secret of Stripe goes");
			await page.getByRole("button", { name: "Cancel" }).click();
			expect((await read(id)).webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 1 } });
			await save.click();
			await page.getByLabel("Type “Stripe” to confirm").fill("Stripe");
			await sure.click();
			await page.getByText(/^Saved as version/).waitFor();
			expect((await read(id)).webhook).toMatchObject({
				verification: { scheme: "none" },
				response: { status: 202 },
				dedupe: { mode: "off" },
			});
		}));

	test("warns gently of another key than the sender's, and refuses one that nothing could be checked with", () =>
		withPerson(NARROW, async ({ page, look }) => {
			const { id } = await givenIntegration("Mistaken", { enabled: true, verification: { scheme: "stripe" } });
			await page.goto(`/automations/${id}/webhook`);
			await page.getByLabel("Signing secret").fill("pk_live_1");
			await page.getByText("usually begins with whsec_").waitFor();
			await look("an unusual secret, narrow and dark");
			const sender = page.getByRole("combobox", { name: "Sender" });
			await sender.click();
			await page.keyboard.type("svix");
			await page.getByRole("option", { name: "Svix" }).first().click();
			await page.getByText("How to set it up at Svix").waitFor();
			await page.getByLabel("Signing secret").fill("whsec_!!!");
			await page.getByRole("button", { name: "Save", exact: true }).click();
			await page.getByText("It is not base64 after whsec_").first().waitFor();
			expect(await page.getByLabel("Signing secret").getAttribute("aria-invalid")).toBe("true");
			await look("a refused secret, narrow and dark");
		}));

	test("says at the second secret that it is empty, or that it is the first once more", () =>
		withPerson({}, async ({ page }) => {
			const { id } = await givenIntegration("Twice", { enabled: true, verification: { scheme: "stripe", secrets: [SECRET] } });
			await page.goto(`/automations/${id}/webhook`);
			await page.getByRole("button", { name: "Add a second one" }).click();
			const second = page.getByLabel("Signing secret, second");
			for (const [text, words] of [
				["", "This is empty."],
				[SECRET, "This is the same as the other one."],
			] as const) {
				await second.fill(text);
				await page.getByRole("button", { name: "Save", exact: true }).click();
				await page.getByRole("alert").getByText(words).waitFor();
				expect(await second.getAttribute("aria-invalid")).toBe("true");
			}
			expect((await read(id)).webhook.verification).toEqual({ scheme: "stripe", secrets: { count: 1 } });
		}));

	test("scrolls sideways for no long name, address or value on a telephone", () =>
		withPerson(NARROW, async ({ page, look }) => {
			const shop = await givenIntegration("Long names", { enabled: true });
			const ordering = { mode: "key", key: "event.body.id" };
			await account.call("PATCH", `/api/integrations/${shop.id}`, { version: shop.version, ordering });
			expect((await post(shop, JSON.stringify({ id: `gid://shopify/InventoryLevel/${"9".repeat(60)}` }))).status).toBe(202);
			await page.goto(`/automations/${shop.id}/webhook`);
			await page.getByText("would run in the order of").waitFor();
			await look("a long key, narrow and dark");
			// Its guide names the address of an API.
			const sender = page.getByRole("combobox", { name: "Sender" });
			await sender.click();
			await page.keyboard.type("replicate");
			await page.getByRole("option", { name: "Replicate" }).click();
			await page.getByText("How to set it up at Replicate").waitFor();
			await look("a long address in a guide, narrow and dark");

			const header = `x-${"h".repeat(90)}`;
			const verification = { scheme: "hmac", secrets: ["abc12345"], header, algorithm: "sha256", encoding: "hex" };
			const other = await givenIntegration("Long header", { enabled: true, verification });
			expect((await post(other, "{}", { [header]: "zz" })).status).toBe(401);
			await page.goto(`/automations/${other.id}/logs?view=inbox`);
			await page.getByRole("link", { name: /Rejected/ }).click();
			await page.getByText("Headers that came").waitFor();
			await look("a long header that came, narrow and dark");
		}));
});

describe("a handshake that waits for a person", () => {
	test("shows Notion's code on the Webhook tab as it comes, and in the delivery", () =>
		withPerson(NARROW, async ({ page, look }) => {
			const pages = await givenIntegration("Pages", { enabled: true, verification: { scheme: "notion" } });
			await page.goto(`/automations/${pages.id}/webhook`);
			await page.getByText("Waiting for Notion to hand its secret over").waitFor();
			await look("notion waits, narrow and dark");
			expect((await post(pages, '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}')).status).toBe(200);
			await page.getByText("Notion asks for this code").waitFor();
			await page.getByRole("button", { name: "Copy code" }).click();
			expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl");
			await page.getByText("Verification token: 1 secret is set").waitFor();
			expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
			await look("notion code, narrow and dark");
			await page.goto(`/automations/${pages.id}/logs?view=deliveries`);
			await page.getByRole("link", { name: /Handshake/ }).click();
			await page.getByText("Copy this code and paste it there").waitFor();
			await look("notion delivery, narrow and dark");
		}));
});
