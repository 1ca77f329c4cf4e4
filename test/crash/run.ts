/**
 * `npm run test:crash [-- --seed 7] [-- --kills 10]`: load on three integrations while the runtime under `npm run dev`
 * is killed at random moments; then nothing may be missing. Ends with one JSON line.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type DevServer, startDevServer } from "../dev-server.ts";
import { type Account, givenAccount } from "../given/account.ts";
import { type Acknowledgement, broken, type Call, type History, type Intent, type Kept } from "./checker.ts";
import { readLines, startSender } from "./sender.ts";
import { runtimesOf } from "./workerd.ts";

const ORDERS = {
	parallel: { order: "none", ordering: { mode: "none" } },
	strict: { order: "integration", ordering: { mode: "integration" } },
	keyed: { order: "lane", ordering: { mode: "key", key: "event.body.lane" } },
} as const;
const PAUSE_MS = { least: 1_500, most: 6_000 };
const RECOVERY_LIMIT_MS = 60_000;
const QUIET_LIMIT_MS = 240_000;

const { values: options } = parseArgs({ options: { seed: { type: "string" }, kills: { type: "string", default: "10" } } });
const seed = Number(options.seed ?? Math.floor(Math.random() * 1_000_000));
const kills = Number(options.kills);
const random = randomFrom(seed);
const began = Date.now();
console.log(`seed ${seed}, ${kills} kills`);

const folder = mkdtempSync(join(tmpdir(), "inlet-crash-"));
const sink = fork(fileURLToPath(new URL("sink.ts", import.meta.url)), [join(folder, "calls.jsonl")]);
const sinkUrl = `http://127.0.0.1:${(await once(sink, "message"))[0]}`;
const server = await startDevServer();
try {
	process.exitCode = (await trial(server)) ? 0 : 1;
} finally {
	await server.stop();
	sink.disconnect();
	if (process.exitCode === 0) rmSync(folder, { recursive: true, force: true });
	else console.log(`The history is kept in ${folder}`);
}

async function trial({ url, persistTo, output }: DevServer): Promise<boolean> {
	const account = await givenAccount(url);
	const integrations = new Map<string, { id: string; url: string }>();
	for (const [name, { ordering }] of Object.entries(ORDERS)) integrations.set(name, await givenIntegration(account, name, ordering));

	const senders = [...integrations].map(([name, integration]) => startSender(name, integration.url, folder));
	for (let kill = 1; kill <= kills; kill++) {
		await sleep(PAUSE_MS.least + random() * (PAUSE_MS.most - PAUSE_MS.least));
		const killed = runtimesOf(persistTo);
		if (killed.length === 0) throw new Error(`no runtime to kill:\n${output()}`);
		for (const pid of killed) process.kill(pid, "SIGKILL");
		console.log(`kill ${kill}/${kills} at ${((Date.now() - began) / 1000).toFixed(1)} s: workerd ${killed.join(", ")}`);
		await recovered(url, killed, persistTo);
	}
	await sleep(PAUSE_MS.least);
	const sent = await Promise.all(senders.map((sender) => sender.stop()));
	const quietAfter = await quiet(account, [...integrations.values()]);

	const history: History = {
		integrations: {},
		intents: readLines<Intent>(join(folder, "intents.jsonl")),
		acknowledgements: readLines<Acknowledgement>(join(folder, "acknowledgements.jsonl")),
		calls: readLines<Call>(join(folder, "calls.jsonl")),
	};
	for (const [name, { id }] of integrations) {
		history.integrations[name] = { order: ORDERS[name as keyof typeof ORDERS].order, kept: await keptOf(account, id) };
	}
	const sentences = broken(history);
	for (const sentence of sentences.slice(0, 40)) console.log(`BROKEN ${sentence}`);
	console.log(
		JSON.stringify({
			seed,
			kills,
			sent: history.intents.length,
			acknowledged: history.acknowledgements.length,
			refused: sent.reduce((sum, each) => sum + each.refused, 0),
			events: Object.values(history.integrations).reduce((sum, { kept }) => sum + kept.ledger.events.total, 0),
			calls: history.calls.length,
			repeatedCalls: history.calls.length - new Set(history.calls.map((call) => call.eventId)).size,
			quietAfterSeconds: quietAfter,
			seconds: Math.round((Date.now() - began) / 1000),
			broken: sentences.length,
		}),
	);
	return sentences.length === 0;
}

async function givenIntegration(account: Account, name: string, ordering: object): Promise<{ id: string; url: string }> {
	const created = await account.call<{ id: string; version: number }>("POST", "/api/integrations", {
		name: `Crash ${name}`,
		workflow: {
			steps: [
				{ id: "map", type: "map", output: { number: "{{ event.body.number }}", lane: "{{ event.body.lane }}" } },
				{
					id: "push",
					type: "http",
					method: "POST",
					url: sinkUrl,
					body: {
						integration: name,
						number: "{{ steps.map.number }}",
						lane: "{{ steps.map.lane }}",
						sequence: "{{ event.sequence }}",
						eventId: "{{ event.id }}",
					},
				},
			],
		},
	});
	const { webhook } = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${created.id}`, {
		version: created.version,
		webhook: { enabled: true },
		ordering,
	});
	return { id: created.id, url: webhook.url };
}

/** wrangler starts another runtime by itself; it holds the data once a webhook has woken an object. */
async function recovered(url: string, killed: number[], persistTo: string): Promise<void> {
	for (const end = Date.now() + RECOVERY_LIMIT_MS; Date.now() < end; await sleep(100)) {
		if (!runtimesOf(persistTo).some((pid) => !killed.includes(pid))) continue;
		try {
			const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) });
			await response.body?.cancel();
			if (response.ok) return;
		} catch {
			// Not yet.
		}
	}
	throw new Error(`the runtime did not come back:\n${server.output()}`);
}

/** Waits until nothing is pending. @returns seconds that it took */
async function quiet(account: Account, integrations: { id: string }[]): Promise<number> {
	const start = Date.now();
	for (let look = 0; ; look++) {
		const ledgers = await Promise.all(integrations.map(({ id }) => account.call<Kept["ledger"]>("GET", `/api/integrations/${id}/ledger`)));
		const pending = ledgers.reduce((sum, ledger) => sum + ledger.events.pending, 0);
		const seconds = Math.round((Date.now() - start) / 1000);
		if (pending === 0) return seconds;
		if (Date.now() - start > QUIET_LIMIT_MS) {
			console.log(`${pending} events are still pending after ${seconds} s`);
			return seconds;
		}
		if (look % 20 === 0) console.log(`pending after ${seconds} s: ${ledgers.map((ledger) => ledger.events.pending).join(", ")}`);
		await sleep(500);
	}
}

async function keptOf(account: Account, id: string): Promise<Kept> {
	const path = `/api/integrations/${id}`;
	const [events, executions, ledger] = await Promise.all([
		all<{ sequence: number }>(account, `${path}/events`),
		all<Kept["executions"][number]>(account, `${path}/executions`),
		account.call<Kept["ledger"]>("GET", `${path}/ledger`),
	]);
	return { sequences: events.map((event) => event.sequence), executions, ledger };
}

async function all<T>(account: Account, path: string): Promise<T[]> {
	const items: T[] = [];
	for (let cursor: string | null = ""; cursor !== null; ) {
		const page: { items: T[]; cursor: string | null } = await account.call(
			"GET",
			`${path}?limit=100${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
		);
		items.push(...page.items);
		cursor = page.cursor;
	}
	return items;
}

/** Mulberry32: the same kills for the same seed. */
function randomFrom(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
