/**
 * `node test/reliability/hung.ts [--quick]`: how long an event takes from its sender to the system that its integration
 * calls, while another integration's system answers, and while that one hangs. All integrations get the same load all
 * the time; windows of both kinds take turns on one server. Ends with one JSON line.
 */
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { median, round } from "../bench/figures.ts";
import { type Account, givenAccount } from "../given/account.ts";
import { startServer } from "./server.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const { pairs, seconds } = options.quick ? { pairs: 2, seconds: 4 } : { pairs: 8, seconds: 10 };
const OTHERS = ["north", "east", "south", "west"];
const TROUBLED = "troubled";
/** Events a second of each integration. */
const RATE = 12;
const BETWEEN_MS = 500;
const ARRIVAL_LIMIT_MS = 20_000;
const DRAIN_LIMIT_MS = 60_000;
const STEP_TIMEOUT_MS = 120_000;

type Kind = "answers" | "hangs";
interface Target {
	url: string;
	/** Calls of the integrations beside the troubled one, since the last taking. */
	arrived: () => number;
	/** Milliseconds from sender to call, of each of them. */
	taken: () => number[];
	hang: (hangs: boolean) => void;
	hanging: () => number;
	close: () => void;
}

const target = await startTarget();
const server = await startServer();
try {
	const account = await givenAccount(server.url);
	const integrations = new Map<string, { id: string; url: string }>();
	for (const name of [...OTHERS, TROUBLED]) integrations.set(name, await givenIntegration(account, name, target.url));
	const pool = new Pool(server.url, { connections: 64 });
	const times: Record<Kind, number[][]> = { answers: [], hangs: [] };
	const ratios: number[] = [];
	let mostHanging = 0;

	const window = async (kind: Kind, length: number): Promise<number[]> => {
		target.hang(kind === "hangs");
		await sleep(BETWEEN_MS);
		target.taken();
		await Promise.all([...integrations].map(([, { url }]) => sendSteadily(pool, url, length)));
		const expected = OTHERS.length * RATE * length;
		for (const end = Date.now() + ARRIVAL_LIMIT_MS; target.arrived() < expected; await sleep(20))
			if (Date.now() > end) throw new Error(`${target.arrived()} of ${expected} calls arrived within ${ARRIVAL_LIMIT_MS / 1000} s`);
		const taken = target.taken();
		mostHanging = Math.max(mostHanging, target.hanging());
		target.hang(false);
		await Promise.all([...integrations.values()].map(({ id }) => drained(account, id)));
		return taken;
	};

	await window("answers", 2);
	for (let pair = 1; pair <= pairs; pair++) {
		const taken: Record<Kind, number[]> = { answers: [], hangs: [] };
		// Neither half always comes first.
		for (const kind of pair % 2 === 1 ? (["answers", "hangs"] as const) : (["hangs", "answers"] as const)) {
			taken[kind] = await window(kind, seconds);
			times[kind].push(taken[kind]);
		}
		ratios.push(at(taken.hangs, 0.99) / at(taken.answers, 0.99));
		console.log(`${pair}/${pairs}: p99 ${at(taken.answers, 0.99)} ms while all answer, ${at(taken.hangs, 0.99)} ms while one hangs`);
	}
	await pool.close();
	const figures = (kind: Kind) => ({
		p50: round(median(times[kind].map((taken) => at(taken, 0.5))), 2),
		p99: round(median(times[kind].map((taken) => at(taken, 0.99))), 2),
		events: times[kind].flat().length,
	});
	console.log(
		JSON.stringify({
			integrations: OTHERS.length,
			rate: RATE,
			windows: pairs,
			seconds,
			mostHanging,
			answers: figures("answers"),
			hangs: figures("hangs"),
			// Of the pairs, since what else the machine does in one window would be in the p99 of all.
			ratio: round(median(ratios), 2),
			spread: [round(Math.min(...ratios), 2), round(Math.max(...ratios), 2)],
		}),
	);
} finally {
	target.close();
	await server.stop();
}

async function startTarget(): Promise<Target> {
	const taken: number[] = [];
	let hangs = false;
	const held: ServerResponse[] = [];
	const listener = createServer(async (request, response) => {
		const arrived = performance.now();
		let text = "";
		for await (const chunk of request) text += chunk;
		if (request.url === `/${TROUBLED}`) {
			if (hangs) held.push(response);
			else response.end("{}");
			return;
		}
		taken.push(arrived - Number(JSON.parse(text).sentAt));
		response.end("{}");
	});
	await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
	const address = listener.address();
	if (address === null || typeof address !== "object") throw new Error("no port");
	return {
		url: `http://127.0.0.1:${address.port}`,
		arrived: () => taken.length,
		taken: () => taken.splice(0),
		hang: (wanted) => {
			hangs = wanted;
			if (!hangs) for (const response of held.splice(0)) response.end("{}");
		},
		hanging: () => held.length,
		close: () => {
			listener.closeAllConnections();
			listener.close();
		},
	};
}

async function givenIntegration(account: Account, name: string, targetUrl: string): Promise<{ id: string; url: string }> {
	const push = {
		id: "push",
		type: "http",
		method: "POST",
		url: `${targetUrl}/${name}`,
		body: "{{ event.body }}",
		timeoutMs: STEP_TIMEOUT_MS,
	};
	const { id, version } = await account.call<{ id: string; version: number }>("POST", "/api/integrations", {
		name,
		workflow: { steps: [push] },
	});
	const { webhook } = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${id}`, {
		version,
		webhook: { enabled: true },
	});
	return { id, url: webhook.url };
}

/** One event after the other at its time, whether or not the one before was answered. */
async function sendSteadily(pool: Pool, url: string, length: number): Promise<void> {
	const path = new URL(url).pathname;
	const sent: Promise<void>[] = [];
	const began = performance.now() + Math.random() * (1000 / RATE);
	for (let n = 0; n < RATE * length; n++) {
		const due = began + (n * 1000) / RATE;
		await sleep(Math.max(0, due - performance.now()));
		sent.push(post(pool, path));
	}
	await Promise.all(sent);
}

async function post(pool: Pool, path: string): Promise<void> {
	const body = JSON.stringify({ sentAt: performance.now() });
	const response = await pool.request({ method: "POST", path, headers: { "content-type": "application/json" }, body });
	await response.body.dump();
	if (response.statusCode !== 202) throw new Error(`answered ${response.statusCode}`);
}

async function drained(account: Account, id: string): Promise<void> {
	for (const end = Date.now() + DRAIN_LIMIT_MS; Date.now() < end; await sleep(100)) {
		const { events } = await account.call<{ events: { pending: number } }>("GET", `/api/integrations/${id}/ledger`);
		if (events.pending === 0) return;
	}
	throw new Error(`events are still pending after ${DRAIN_LIMIT_MS / 1000} s`);
}

/** The value below which this share of the values is, in ms. */
function at(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN, 2);
}
