/**
 * `npm run bench [-- --quick] [-- --only unordered,keyed]`: the product beside the floor, in interleaved pairs. What the
 * machine does meanwhile touches both halves of a pair, so ratios hold where absolute figures do not.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Account, givenAccount } from "../given/account.ts";
import { type Figures, median, medians, round, table, withSpread } from "./figures.ts";
import { startInstances } from "./instances.ts";
import type { Load, LoadResult } from "./load.ts";

const CONNECTIONS = 32;
const KEYS = 1_000;
const DRAIN_LIMIT_MS = 120_000;
const VARIANTS = {
	unordered: { mode: "none" },
	keyed: { mode: "key", key: "event.body.sku" },
	fifo: { mode: "integration" },
} as const;
type Variant = keyof typeof VARIANTS;
/** The same as `unordered` with each delivery's signature checked, by Stripe's scheme. */
const SECRET = "whsec_bench";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const chosen = (options.only?.split(",") ?? [...Object.keys(VARIANTS), "verified", "latency1"]).map((name) => name.trim());
const size = options.quick ? { pairs: 3, seconds: 3, warmUp: 1 } : { pairs: 5, seconds: 10, warmUp: 3 };

interface Pair {
	floor: Figures;
	variant: Figures;
}

const instances = await startInstances();
const sender = fork(fileURLToPath(new URL("load.ts", import.meta.url)));
let floors = 0;
try {
	const account = await givenAccount(instances.inletUrl);
	await measureFloor(CONNECTIONS, size.warmUp);
	await measureInlet(account, "unordered", CONNECTIONS, size.warmUp);

	const pairs = new Map<Variant, Pair[]>();
	for (const variant of Object.keys(VARIANTS) as Variant[]) {
		if (chosen.includes(variant)) pairs.set(variant, await measurePairs(account, variant, CONNECTIONS));
	}
	const verified = chosen.includes("verified") ? await measureVerified(account) : null;
	const single = chosen.includes("latency1") ? await measurePairs(account, "unordered", 1) : null;
	report(pairs, verified, single);
} finally {
	sender.kill();
	await instances.stop();
}

async function measurePairs(account: Account, variant: Variant, connections: number): Promise<Pair[]> {
	const pairs: Pair[] = [];
	const name = connections === 1 ? "latency1" : variant;
	for (let number = 1; number <= size.pairs; number++) {
		// Neither half always comes first.
		const early = number % 2 === 1 ? await measureFloor(connections, size.seconds) : null;
		const measured = await measureInlet(account, variant, connections, size.seconds);
		const floor = early ?? (await measureFloor(connections, size.seconds));
		pairs.push({ floor, variant: measured });
		console.log(
			`${name} ${number}/${size.pairs}: floor ${floor.rps.toFixed(0)}/s p50 ${floor.p50.toFixed(2)} ms, ` +
				`inlet ${measured.rps.toFixed(0)}/s p50 ${measured.p50.toFixed(2)} ms, ratio ${(measured.rps / floor.rps).toFixed(2)}`,
		);
	}
	return pairs;
}

/** Beside `unordered` instead of the floor: what a signature costs. */
async function measureVerified(account: Account): Promise<Pair[]> {
	const pairs: Pair[] = [];
	for (let number = 1; number <= size.pairs; number++) {
		const measure = (secret?: string) => measureInlet(account, "unordered", CONNECTIONS, size.seconds, secret);
		const early = number % 2 === 1 ? await measure() : null;
		const variant = await measure(SECRET);
		const floor = early ?? (await measure());
		pairs.push({ floor, variant });
		console.log(
			`verified ${number}/${size.pairs}: unordered ${floor.rps.toFixed(0)}/s p50 ${floor.p50.toFixed(2)} ms, ` +
				`verified ${variant.rps.toFixed(0)}/s p50 ${variant.p50.toFixed(2)} ms, ratio ${(variant.rps / floor.rps).toFixed(2)}`,
		);
	}
	return pairs;
}

async function measureFloor(connections: number, seconds: number): Promise<Figures> {
	const url = `${instances.floorUrl}/${++floors}`;
	const result = await load({ url, connections, seconds, keys: KEYS });
	return { rps: result.accepted / result.seconds, p50: result.p50, p99: result.p99 };
}

/** A new integration each time, so that no measurement inherits another's history. */
async function measureInlet(account: Account, variant: Variant, connections: number, seconds: number, secret?: string): Promise<Figures> {
	const { id } = await account.call<{ id: string }>("POST", "/api/integrations", {
		name: `Bench ${variant}`,
		workflow: {
			steps: [
				{ id: "map", type: "map", output: { sku: "{{ event.body.sku }}", stock: "{{ event.body.quantity }}" } },
				{ id: "positive", type: "filter", condition: "steps.map.stock > 0" },
			],
		},
	});
	const { version } = await account.call<{ version: number }>("GET", `/api/integrations/${id}`);
	const { webhook } = await account.call<{ webhook: { url: string } }>("PATCH", `/api/integrations/${id}`, {
		version,
		webhook: { enabled: true, ...(secret !== undefined && { verification: { scheme: "stripe", secrets: [secret] } }) },
		ordering: VARIANTS[variant],
	});
	const began = performance.now();
	const result = await load({ url: webhook.url, connections, seconds, keys: KEYS, ...(secret !== undefined && { secret }) });
	await drained(account, id, result.accepted);
	const elapsed = (performance.now() - began) / 1000;
	if (Object.keys(result.refused).length > 0) console.log(`  refused: ${JSON.stringify(result.refused)}`);
	return { rps: result.accepted / elapsed, p50: result.p50, p99: result.p99 };
}

interface Ledger {
	balanced: boolean;
	events: { total: number; succeeded: number; pending: number };
}

async function drained(account: Account, id: string, accepted: number): Promise<void> {
	for (const end = Date.now() + DRAIN_LIMIT_MS; Date.now() < end; await sleep(50)) {
		const { events, balanced } = await account.call<Ledger>("GET", `/api/integrations/${id}/ledger`);
		if (events.pending > 0) continue;
		// A request whose answer was lost may have made an event as well, but none is missing.
		if (!balanced || events.succeeded < accepted) throw new Error(`${accepted} accepted, but the ledger says ${JSON.stringify(events)}`);
		return;
	}
	throw new Error(`events are still pending after ${DRAIN_LIMIT_MS / 1000} s`);
}

async function load(order: Load): Promise<LoadResult> {
	const answer = once(sender as ChildProcess, "message");
	sender.send(order);
	return (await answer)[0] as LoadResult;
}

function report(measured: Map<Variant, Pair[]>, verified: Pair[] | null, single: Pair[] | null): void {
	const spread = (name: string, figures: Figures[], ratios: number[] | null) => [
		name,
		withSpread(
			figures.map(({ rps }) => rps),
			0,
		),
		withSpread(
			figures.map(({ p50 }) => p50),
			2,
		),
		withSpread(
			figures.map(({ p99 }) => p99),
			2,
		),
		ratios === null ? "" : withSpread(ratios, 2),
	];
	const ratiosOf = (pairs: Pair[]) => pairs.map(({ floor, variant }) => variant.rps / floor.rps);
	const floor = [...measured.values()].flat().map((pair) => pair.floor);
	const rows = [["median (spread)", "events/s", "p50 ms", "p99 ms", "of the floor"]];
	if (floor.length > 0) rows.push(spread("floor", floor, null));
	for (const [variant, pairs] of measured)
		rows.push(
			spread(
				variant,
				pairs.map((pair) => pair.variant),
				ratiosOf(pairs),
			),
		);
	if (verified !== null) {
		rows.push(
			spread(
				"verified (of unordered)",
				verified.map((pair) => pair.variant),
				ratiosOf(verified),
			),
		);
	}
	if (single !== null) {
		rows.push(
			spread(
				"1 connection: floor",
				single.map((pair) => pair.floor),
				null,
			),
		);
		rows.push(
			spread(
				"1 connection: unordered",
				single.map((pair) => pair.variant),
				ratiosOf(single),
			),
		);
	}
	console.log(`\n${table(rows)}\n`);

	const p50 = (half: keyof Pair) => round(median((single ?? []).map((pair) => pair[half].p50)), 2);
	console.log(
		JSON.stringify({
			...(floor.length > 0 && { floor: medians(floor) }),
			...Object.fromEntries([...measured].map(([variant, pairs]) => [variant, medians(pairs.map((pair) => pair.variant))])),
			...(verified !== null && { verified: medians(verified.map((pair) => pair.variant)) }),
			...(single !== null && { latency1: { floor: p50("floor"), unordered: p50("variant") } }),
			ratios: {
				...Object.fromEntries([...measured].map(([variant, pairs]) => [variant, round(median(ratiosOf(pairs)), 3)])),
				...(verified !== null && { verified: round(median(ratiosOf(verified)), 3) }),
			},
		}),
	);
}
