/**
 * `npm run reliability [-- --only crash,bench] [-- --kills 100] [-- --quick]`: measures what is promised and writes the
 * table of docs/reliability.md. Parts that are left out keep the figures of their last measurement. With `--quick` all
 * is smaller, and nothing is written.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../bundle.mjs";
import { type Circumstances, withTable } from "./page.ts";
import { type Figures, lastLine, PART_NAMES, type PartName, readGrowth, readTests, type TestReport } from "./parts.ts";
import { rowsOf } from "./rows.ts";

const PAGE = join(root, "docs/reliability.md");
/** Figures of each part's last measurement. */
const KEPT = join(root, "docs/reliability.json");

type Measured = { [Part in PartName]?: Circumstances & { figures: Figures[Part] } };

const { values: options } = parseArgs({
	options: { only: { type: "string" }, kills: { type: "string" }, quick: { type: "boolean", default: false } },
});
const chosen = options.only?.split(",").map((name) => name.trim()) ?? [...PART_NAMES];
const unknown = chosen.filter((name) => !PART_NAMES.includes(name as PartName));
if (unknown.length > 0) throw new Error(`--only knows ${PART_NAMES.join(", ")}, not ${unknown.join(", ")}`);
const kills = options.kills ?? (options.quick ? "6" : "100");
const keptEvents = options.quick ? 20_000 : 1_000_000;
const quick = options.quick ? ["--quick"] : [];

const MEASURE: { [Part in PartName]: () => Promise<Figures[Part]> } = {
	crash: async () => lastLine(await output(["test/crash/run.ts", "--kills", kills])),
	bench: async () => lastLine(await output(["test/bench/run.ts", ...quick])),
	pending: async () => lastLine(await output(["test/reliability/pending.ts", ...quick])),
	hung: async () => lastLine(await output(["test/reliability/hung.ts", ...quick])),
	growth: async () => readGrowth(await output(["test/growth/run.mjs", String(keptEvents)]), keptEvents),
	tests: runTests,
};

const measured: Measured = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : {};
for (const part of PART_NAMES.filter((name) => chosen.includes(name))) {
	console.log(`\n--- ${part}`);
	await measure(part);
}
const figures: Partial<Figures> = Object.fromEntries(Object.entries(measured).map(([part, each]) => [part, each.figures]));
const rows = rowsOf(figures);
console.log();
for (const { promise, bar, figure, verdict } of rows) console.log(`${verdict.padEnd(12)} ${promise}: ${figure}, bar ${bar}`);
if (!options.quick) {
	writeFileSync(KEPT, `${JSON.stringify(measured, null, "\t")}\n`);
	writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), rows, measured));
}
process.exitCode = rows.some(({ part, verdict }) => chosen.includes(part) && verdict !== "kept" && verdict !== "no bar") ? 1 : 0;

async function measure<Part extends PartName>(part: Part): Promise<void> {
	const results: Measured = measured;
	Object.assign(results, { [part]: { ...circumstances(), figures: await MEASURE[part]() } });
}

/** What a program of this project prints; a test that finds something ends with 1 and has its figures all the same. */
function output(args: string[]): Promise<string> {
	return new Promise((done, fail) => {
		const program = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
		let text = "";
		program.stdout.on("data", (chunk) => {
			text += chunk;
			process.stdout.write(chunk);
		});
		program.once("error", fail);
		program.once("close", () => done(text));
	});
}

async function runTests(): Promise<Figures["tests"]> {
	const folder = mkdtempSync(join(tmpdir(), "inlet-reliability-"));
	try {
		const report = join(folder, "report.json");
		const files = ["test/events/model", "test/events/faults"];
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
		await output(["node_modules/vitest/vitest.mjs", "run", "--config", "test/vitest.config.ts", ...files, ...reporters]);
		return readTests(JSON.parse(readFileSync(report, "utf8")) as TestReport, (path) => readFileSync(path, "utf8"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function circumstances(): Circumstances {
	const { version } = JSON.parse(readFileSync(join(root, "node_modules/workerd/package.json"), "utf8"));
	const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, workerd ${version}`;
	return { date: new Date().toISOString().slice(0, 10), machine };
}
