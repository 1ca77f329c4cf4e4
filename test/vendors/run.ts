/**
 * `npm run test:vendors [-- --only stripe,twilio] [-- --port 8850]`: what the vendors' own packages sign, sent to a running
 * `npm run dev`. Prints what each sender's client was answered, and ends with `N passed, N failed`.
 */
import { parseArgs } from "node:util";
import { startDevServer } from "../dev-server.ts";
import { givenAccount } from "../given/account.ts";
import { type Case, tryClient } from "./cases.ts";
import type { Client } from "./client.ts";
import { installPackages, versionOf } from "./install.ts";

const AT_A_TIME = 4;

const { values: options } = parseArgs({ options: { only: { type: "string" }, port: { type: "string" } } });
const began = Date.now();
installPackages();
const installedAfter = Date.now() - began;
const { CLIENTS } = await import("./clients/index.ts");
const only = options.only?.split(",");
const chosen = CLIENTS.filter(({ sender }) => only === undefined || only.includes(sender));
if (chosen.length === 0) throw new Error(`there is no client of ${options.only}`);

const results = new Map<Client, Case[]>();
const server = await startDevServer(options.port === undefined ? {} : { port: Number(options.port) });
try {
	const account = await givenAccount(server.url);
	const left = [...chosen];
	const tryAll = async (): Promise<void> => {
		for (let client = left.shift(); client; client = left.shift()) results.set(client, await tryClient(account, client));
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, tryAll));
} finally {
	await server.stop();
}

const rows = chosen.map((client) => rowOf(client, results.get(client) ?? []));
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));

const cases = [...results.values()].flat();
const failed = cases.filter(({ amiss }) => amiss.length > 0).length;
for (const [{ sender, way }, list] of results) {
	for (const { name, amiss } of list)
		for (const sentence of amiss) console.log(`BROKEN ${[sender, way].filter(Boolean).join(", ")}, ${name}: ${sentence}`);
}
const senders = new Set(chosen.map(({ sender }) => sender)).size;
const seconds = (ms: number): number => Math.round(ms / 1000);
console.log(
	`${chosen.length} clients of ${senders} senders, ${cases.length} cases in ${seconds(Date.now() - began)} s, ${seconds(installedAfter)} s of them for packages`,
);
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && cases.length > 0 ? 0 : 1;

/** Sender, package, what is called of it, and how each case went. */
function rowOf(client: Client, list: readonly Case[]): string[] {
	const sender = client.way === undefined ? client.sender : `${client.sender} (${client.way})`;
	const passed = list.map(({ name, amiss }) => `${amiss.length === 0 ? "ok" : "FAIL"} ${name}`);
	return [sender, `${client.package} ${versionOf(client.package)}`, client.calls, passed.join(", ")];
}
