/**
 * Prints what docs/scaling.md quotes: how far several objects carry one integration, and what a move of lanes between
 * them does to the order. `node test/scaling/simulate.mjs [--seed 1] [--rate 1500] [--capacity 500] [--keys 10000]`
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ASSUMED, percentile, simulate, spreadByLoad } from "./model.mjs";
import { gaps, lost, orderViolations } from "./order.mjs";

/** Skew, objects, and whether buckets are laid by what they carry instead of evenly. */
const SPREADS = [
	[0, 1, false],
	[0, 2, false],
	[0, 4, false],
	[0, 8, false],
	[0.8, 4, false],
	[0.8, 8, false],
	[0.8, 8, true],
	[1, 4, false],
	[1, 8, false],
	[1, 8, true],
	[1, 16, true],
	[1.2, 16, true],
];

const MOVES = [
	[1, 4],
	[4, 8],
	[8, 2],
];
const PROTOCOLS = ["naive", "without hold", "handover"];
/** Runs of each move, with seeds in a row. */
const RUNS = 10;
/** A load that one object carries, with retries, so that lanes have pending events when they move. */
const BEFORE_MOVE = { rate: 300, keys: 300, skew: 0.8, retryShare: 0.03, seconds: 10 };
const MOVE_AT_SECOND = 6;

export function throughput(given = {}) {
	const { keys } = { ...ASSUMED, ...given };
	return SPREADS.map(([skew, shards, byLoad]) => {
		const result = simulate({ ...given, skew, shards, owners: byLoad ? spreadByLoad(shards, keys, skew) : null });
		return {
			"skew of keys": skew === 0 ? "none" : skew,
			objects: shards,
			"buckets laid": byLoad ? "by load" : "evenly",
			"offered/s": Math.round(result.offeredRate),
			"accepted/s": Math.round(result.acceptedRate),
			"turned away": percent(result.turnedAwayShare),
			"accept p50 ms": Math.round(result.p50),
			"accept p99 ms": Math.round(result.p99),
			"hottest object gets": percent(result.hottestShare),
			"and is busy": percent(result.hottestLoad),
			"longest lane": result.longestLane,
		};
	});
}

export function resharding(given = {}, runs = RUNS) {
	const seed = given.seed ?? ASSUMED.seed;
	return MOVES.flatMap(([shards, wanted]) =>
		PROTOCOLS.map((protocol) => {
			const reshard = { atSecond: MOVE_AT_SECOND, shards: wanted, protocol };
			const results = Array.from({ length: runs }, (_, run) =>
				simulate({ ...BEFORE_MOVE, capacity: given.capacity ?? ASSUMED.capacity, seed: seed + run, shards, reshard }),
			);
			const sum = (figure) => results.reduce((total, result) => total + figure(result), 0);
			const during = results.flatMap(({ waits }) =>
				waits.filter(({ arrivedAt }) => Math.abs(arrivedAt - MOVE_AT_SECOND * 1_000 - 500) < 500),
			);
			return {
				objects: `${shards} → ${wanted}`,
				protocol,
				events: sum(({ history }) => history.length),
				"sent on": sum(({ redirected }) => redirected),
				"lanes held": sum(({ heldLanes }) => heldLanes),
				"accept p99 ms in that second": Math.round(percentile(during, 0.99)),
				"order violations": sum(({ history }) => orderViolations(history).length),
				lost: sum(({ history }) => lost(history).length),
				gaps: sum(({ history }) => gaps(history)),
			};
		}),
	);
}

const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

function table(rows) {
	const names = Object.keys(rows[0]);
	const widths = names.map((name) => Math.max(...[name, ...rows.map((row) => row[name])].map((cell) => String(cell).length)));
	const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(" | ")} |`;
	return [line(names), line(widths.map((width) => "-".repeat(width))), ...rows.map((row) => line(Object.values(row)))].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const options = Object.fromEntries(["seed", "rate", "capacity", "keys", "seconds"].map((name) => [name, { type: "string" }]));
	const { values } = parseArgs({ options });
	const given = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
	const wrong = Object.keys(given).find((name) => !(given[name] >= 0));
	if (wrong !== undefined) throw new Error(`--${wrong} takes a number`);
	console.log(`Throughput, ${given.capacity ?? ASSUMED.capacity} requests a second and object\n\n${table(throughput(given))}\n`);
	console.log(`Moving lanes under load, sums of ${RUNS} runs\n\n${table(resharding(given))}`);
}
