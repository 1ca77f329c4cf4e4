import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Account } from "../given/account.ts";
import { findChromium, MISSING } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];
const PICTURES = ".wrangler/browser";

/** A person in front of the product: one browser profile, one page, and everything that went wrong on it. */
export interface Person {
	page: Page;
	context: BrowserContext;
	/** Errors of the console, of scripts, of the content security policy, and answers of 500 and more. */
	problems: string[];
	/** Looks at the page as it stands: adds violations of accessibility rules, and scrolling sideways, to `problems`. */
	look: (name: string) => Promise<void>;
	/** Takes over a session that the account has already. */
	logIn: (account: Account) => Promise<void>;
}

export async function openBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === null) throw new Error(MISSING);
	return chromium.launch({ executablePath, args: FLAGS });
}

export async function newPerson(browser: Browser, url: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Person> {
	const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, ...options });
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	context.setDefaultTimeout(15_000);
	const page = await context.newPage();
	const problems: string[] = [];
	watch(page, problems);
	return {
		page,
		context,
		problems,
		look: (name) => look(page, name, problems),
		logIn: ({ cookie }) => context.addCookies(cookie.split("; ").map((pair) => ({ ...nameAndValue(pair), url }))),
	};
}

function nameAndValue(pair: string): { name: string; value: string } {
	const at = pair.indexOf("=");
	return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

function watch(page: Page, problems: string[]): void {
	page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
	page.on("console", (message) => {
		// A status that the page handles (a wrong password's 401) is printed by the browser, not by the page.
		if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) problems.push(`console: ${message.text()}`);
	});
	page.on("response", (response) => {
		if (response.status() >= 500) problems.push(`${response.status()} from ${response.request().method()} ${response.url()}`);
	});
}

async function look(page: Page, name: string, problems: string[]): Promise<void> {
	await page.waitForFunction(() => document.querySelector("h1") !== null && document.querySelector("[aria-busy=true]") === null);
	await page.evaluate(AXE);
	const violations = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
		return (await axe.run()).violations;
	});
	for (const { id, help, nodes } of violations) {
		problems.push(
			`${name}: ${id}: ${help}: ${nodes.map((node) => `${node.html.slice(0, 200)} (${node.failureSummary ?? ""})`).join("; ")}`,
		);
	}
	const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	if (sideways > 0) problems.push(`${name}: scrolls sideways by ${sideways} px`);
	mkdirSync(PICTURES, { recursive: true });
	await page.screenshot({ path: `${PICTURES}/${name.replace(/[^a-z0-9]+/gi, "-").toLowerCase()}.png`, fullPage: true });
}

interface Violation {
	id: string;
	help: string;
	nodes: { html: string; failureSummary?: string }[];
}
