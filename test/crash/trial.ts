import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startDevServer } from "../dev-server.ts";
import { type Account, givenAccount } from "../given/account.ts";
import { judge, type Verdict } from "./checker.ts";
import { type PlannedMode, Victim } from "./faults.ts";
import type { Acknowledgement, History, Intent, Mode } from "./history.ts";
import { givenIntegrations, type Integration, keptOf, quiet } from "./integrations.ts";
import { repeatedCalls } from "./repeats.ts";
import { readLines, type Sender, startSender } from "./sender.ts";
import { readCalls } from "./sink.ts";

interface Span {
	least: number;
	most: number;
}

export interface Plan {
	/** The same seed makes the same kills. */
	seed: number;
	kills: number;
	modes: readonly PlannedMode[];
	/** Kills end after this long even where some are left. */
	seconds?: number;
	/** Between a recovery and the next kill. */
	pauseMs: Span;
	/** Lengths of stops, taken in turn. */
	stopsMs: readonly Span[];
	port?: number;
}

export interface Trial {
	verdict: Verdict;
	/** One flat record, for the last line and the table. */
	figures: Figures;
}

export interface Figures {
	seed: number;
	kills: Record<Mode, number>;
	sent: number;
	acknowledged: number;
	events: number;
	calls: number;
	repeatedCalls: number;
	onTheWire: number;
	slowestRecoverySeconds: number;
	quietAfterSeconds: number;
	seconds: number;
}

const RECOVERY_LIMIT_MS = 90_000;

/** Load on several integrations while `npm run dev` is killed and stopped; then quiet; then judgement. */
export async function runTrial(plan: Plan): Promise<Trial> {
	const began = Date.now();
	const random = randomFrom(plan.seed);
	const folder = mkdtempSync(join(tmpdir(), "inlet-crash-"));
	const log = join(folder, "calls.jsonl");
	const sink = fork(fileURLToPath(new URL("sink.ts", import.meta.url)), ["serve", log]);
	const sinkUrl = `http://127.0.0.1:${(await once(sink, "message"))[0]}`;
	const victim = new Victim(await startDevServer({ port: plan.port }));
	let sound = false;
	try {
		const account = await givenAccount(victim.server.url);
		const integrations = await givenIntegrations(account, sinkUrl);
		const senders = integrations.map(({ name, url }) => startSender(name, url, folder));
		const slowest = await interrupt(victim, senders, plan, random, began);
		await sleep(plan.pauseMs.least);
		await Promise.all(senders.map((sender) => sender.stop()));
		const quietAfterSeconds = await quiet(account, integrations);
		const history = await gather(folder, log, victim, account, integrations);
		writeFileSync(join(folder, "history.json"), JSON.stringify({ faults: history.faults, integrations: history.integrations }));
		const verdict = judge(history);
		sound = verdict.found.length === 0;
		const count = (mode: Mode) => victim.faults.filter((fault) => fault.mode === mode).length;
		return {
			verdict,
			figures: {
				seed: plan.seed,
				kills: { runtime: count("runtime"), tree: count("tree"), stop: count("stop"), unplanned: count("unplanned") },
				sent: history.intents.length,
				acknowledged: history.acknowledgements.length,
				events: Object.values(history.integrations).reduce((sum, { kept }) => sum + kept.ledger.events.total, 0),
				calls: history.calls.length,
				repeatedCalls: history.calls.length - new Set(history.calls.map(({ eventId, step }) => `${eventId}/${step}`)).size,
				onTheWire: verdict.onTheWire,
				slowestRecoverySeconds: Math.round(slowest / 100) / 10,
				quietAfterSeconds,
				seconds: Math.round((Date.now() - began) / 1000),
			},
		};
	} finally {
		await victim.end();
		sink.disconnect();
		if (sound) rmSync(folder, { recursive: true, force: true });
		else console.log(`The history is kept in ${folder}`);
	}
}

/** @returns the longest recovery in ms: until each integration has acknowledged something that was sent after the kill */
async function interrupt(victim: Victim, senders: Sender[], plan: Plan, random: () => number, began: number): Promise<number> {
	let slowest = 0;
	let stops = 0;
	let round: PlannedMode[] = [];
	await allAcknowledged(victim, senders, Date.now());
	for (let kill = 1; kill <= plan.kills; kill++) {
		if (plan.seconds !== undefined && Date.now() - began > plan.seconds * 1000) break;
		await sleep(within(plan.pauseMs, random()));
		if (round.length === 0) round = shuffled(plan.modes, random);
		const mode = round.pop() ?? "runtime";
		const span = plan.stopsMs[mode === "stop" ? stops++ % plan.stopsMs.length : 0];
		const length = span === undefined ? 0 : within(span, random());
		const what = await victim.suffer(mode, length, random);
		const over = Date.now();
		const took = await allAcknowledged(victim, senders, over);
		slowest = Math.max(slowest, took);
		const at = ((over - began) / 1000).toFixed(1);
		console.log(`${kill}/${plan.kills} at ${at} s: ${what}, recovered in ${(took / 1000).toFixed(1)} s`);
	}
	return slowest;
}

async function allAcknowledged(victim: Victim, senders: Sender[], since: number): Promise<number> {
	for (const end = since + RECOVERY_LIMIT_MS; Date.now() < end; await sleep(20)) {
		if (senders.every((sender) => sender.acknowledgedSince() >= since)) {
			return Date.now() - since;
		}
	}
	throw new Error(`no acknowledgement within ${RECOVERY_LIMIT_MS / 1000} s:\n${victim.server.output()}`);
}

async function gather(folder: string, log: string, victim: Victim, account: Account, integrations: Integration[]): Promise<History> {
	const history: History = {
		integrations: {},
		intents: readLines<Intent>(join(folder, "intents.jsonl")),
		acknowledgements: readLines<Acknowledgement>(join(folder, "acknowledgements.jsonl")),
		calls: readCalls(log),
		faults: victim.faults,
	};
	for (const { name, id, order, steps } of integrations) {
		const repeated = repeatedCalls(history.calls.filter((call) => call.integration === name));
		history.integrations[name] = { order, steps, kept: await keptOf(account, id, repeated) };
	}
	return history;
}

function within({ least, most }: Span, share: number): number {
	return least + share * (most - least);
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
	return list
		.map((value) => ({ value, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ value }) => value);
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
