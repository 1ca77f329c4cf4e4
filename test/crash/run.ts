/**
 * `npm run test:crash [-- --kills 100] [-- --modes runtime,tree,stop] [-- --seed 7] [-- --seconds 600]`: load on
 * integrations of each order while `npm run dev` is killed and stopped at random moments; then nothing may be missing,
 * out of turn or made up. Ends with one JSON line.
 *
 * runtime  kill -9 of the workerd that holds the data
 * tree     kill -9 of all that `npm run dev` started and of itself; then once more on the same data
 * stop     SIGSTOP for a fifth of a second up to longer than a lease, then SIGCONT
 */
import { parseArgs } from "node:util";
import { MODES, type PlannedMode } from "./faults.ts";
import type { Kind } from "./history.ts";
import { runTrial } from "./trial.ts";

/** Short ones, middling ones, and ones that outlive a lease of 20 seconds. */
const STOPS_MS = [
	{ least: 200, most: 3_000 },
	{ least: 3_000, most: 12_000 },
	{ least: 20_500, most: 25_000 },
] as const;

const { values: options } = parseArgs({
	options: {
		seed: { type: "string" },
		kills: { type: "string", default: "100" },
		modes: { type: "string", default: MODES.join(",") },
		seconds: { type: "string" },
		port: { type: "string" },
	},
});
const modes = options.modes.split(",").map((name) => name.trim());
const unknown = modes.filter((mode) => !MODES.includes(mode as PlannedMode));
if (unknown.length > 0) throw new Error(`--modes knows ${MODES.join(", ")}, not ${unknown.join(", ")}`);
const seed = Number(options.seed ?? Math.floor(Math.random() * 1_000_000));
console.log(`seed ${seed}, ${options.kills} kills: ${modes.join(", ")}`);

const { verdict, figures } = await runTrial({
	seed,
	kills: Number(options.kills),
	modes: modes as PlannedMode[],
	pauseMs: { least: 1_000, most: 5_000 },
	stopsMs: STOPS_MS,
	...(options.seconds !== undefined && { seconds: Number(options.seconds) }),
	...(options.port !== undefined && { port: Number(options.port) }),
});
for (const { kind, sentence } of verdict.found.slice(0, 40)) console.log(`BROKEN (${kind}) ${sentence}`);
const broken: Partial<Record<Kind, number>> = {};
for (const { kind } of verdict.found) broken[kind] = (broken[kind] ?? 0) + 1;
console.log(JSON.stringify({ ...figures, broken }));
process.exitCode = verdict.found.length === 0 ? 0 : 1;
