/**
 * `node test/reliability/pending.ts [--quick]`: how long a sender waits for its 202 when 50,000 events are pending, and
 * when none are. Windows of both take turns on one server, so that both meet the same machine. Both integrations are
 * paused, so that acceptance is all that happens. Ends with one JSON line.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, round } from "../bench/figures.ts";
import type { Load, LoadResult } from "../bench/load.ts";
import { type Account, givenAccount } from "../given/account.ts";
import { startServer } from "./server.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const { pending, pairs, seconds } = options.quick ? { pending: 5_000, pairs: 3, seconds: 2 } : { pending: 50_000, pairs: 9, seconds: 4 };
const FILLING_CONNECTIONS = 32;
/** Enough to keep the object busy, few enough that a sender waits for the object and not for the other senders. */
const CONNECTIONS = 8;
const KEYS = 1_000;
const WARM_UP_SECONDS = 0.5;

const server = await startServer();
const sender = fork(fileURLToPath(new URL("../bench/load.ts", import.meta.url)));
try {
	const account = await givenAccount(server.url);
	const full = await givenPaused(account);
	await fill(account, full);
	const none: LoadResult[] = [];
	const many: LoadResult[] = [];
	for (let pair = 1; pair <= pairs; pair++) {
		const measureNone = async () => none.push(await measure(await givenPaused(account)));
		const measureMany = async () => many.push(await measure(full));
		// Neither half always comes first.
		for (const half of pair % 2 === 1 ? [measureNone, measureMany] : [measureMany, measureNone]) await half();
		console.log(`${pair}/${pairs}: p99 ${none.at(-1)?.p99.toFixed(2)} ms with none, ${many.at(-1)?.p99.toFixed(2)} ms with many pending`);
	}
	const ratios = none.map(({ p99 }, index) => (many[index]?.p99 ?? Number.NaN) / p99);
	const of = (results: LoadResult[], pick: (result: LoadResult) => number) => round(median(results.map(pick)), 2);
	const figures = (results: LoadResult[]) => ({
		p50: of(results, ({ p50 }) => p50),
		p99: of(results, ({ p99 }) => p99),
		rps: round(
			of(results, (result) => result.accepted / result.seconds),
			0,
		),
	});
	console.log(
		JSON.stringify({
			pending: (await ledgerOf(account, full.id)).events.pending,
			windows: pairs,
			seconds,
			none: figures(none),
			many: figures(many),
			ratio: round(median(ratios), 2),
			spread: [round(Math.min(...ratios), 2), round(Math.max(...ratios), 2)],
		}),
	);
} finally {
	sender.kill();
	await server.stop();
}

interface Integration {
	id: string;
	url: string;
}

async function givenPaused(account: Account): Promise<Integration> {
	const { id, version } = await account.call<{ id: string; version: number }>("POST", "/api/integrations", {
		name: "Pending",
		workflow: { steps: [{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}" } }] },
	});
	const { webhook } = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${id}`, {
		version,
		webhook: { enabled: true },
		status: "paused",
	});
	return { id, url: webhook.url };
}

async function fill(account: Account, integration: Integration): Promise<void> {
	let count = 0;
	while (count < pending) {
		await load(integration, FILLING_CONNECTIONS, 2);
		count = (await ledgerOf(account, integration.id)).events.pending;
	}
	console.log(`${count} pending`);
}

/** Warm first: a new integration's object is made by its first event. */
async function measure(integration: Integration): Promise<LoadResult> {
	await load(integration, CONNECTIONS, WARM_UP_SECONDS);
	return load(integration, CONNECTIONS, seconds);
}

function ledgerOf(account: Account, id: string): Promise<{ events: { pending: number } }> {
	return account.call("GET", `/api/integrations/${id}/ledger`);
}

async function load({ url }: Integration, connections: number, length: number): Promise<LoadResult> {
	const order: Load = { url, connections, seconds: length, keys: KEYS };
	const answer = once(sender, "message");
	sender.send(order);
	const result = (await answer)[0] as LoadResult;
	if (Object.keys(result.refused).length > 0) throw new Error(`refused: ${JSON.stringify(result.refused)}`);
	return result;
}
