import { describe, expect, test } from "vitest";
import { withTable } from "./page";
import { type CrashFigures, lastLine, readGrowth, readTests } from "./parts";
import { rowsOf } from "./rows";

const CRASH: CrashFigures = {
	kills: { runtime: 34, tree: 33, stop: 33, unplanned: 0 },
	sent: 12_000,
	acknowledged: 10_000,
	events: 10_020,
	calls: 15_500,
	repeatedCalls: 400,
	onTheWire: 1,
	slowestRecoverySeconds: 2,
	broken: {},
};

const verdicts = (figures: Parameters<typeof rowsOf>[0], part: string) =>
	rowsOf(figures)
		.filter((row) => row.part === part)
		.map(({ figure, verdict }) => `${verdict}: ${figure}`);

describe("the table of what was measured", () => {
	test("says of each promise that was not measured that it was not", () => {
		expect(new Set(rowsOf({}).map(({ verdict }) => verdict))).toEqual(new Set(["not measured"]));
	});

	test("tells what a crash test found, promise by promise", () => {
		expect(verdicts({ crash: CRASH }, "crash")).toEqual([
			"kept: 0 of 10,000 acknowledged, 12,000 sent",
			"kept: 0 of 15,500 calls",
			"kept: 0 in 10,020 events",
			"kept: 0; 1 late calls of a fenced-off Executor",
			"kept: 0; 400 repeated calls",
			"kept: 0",
		]);
		const broken = { identity: 2, repeat: 1, ledger: 3 };
		expect(verdicts({ crash: { ...CRASH, broken } }, "crash").map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
			"kept: 0",
			"missed: 2",
			"kept: 0",
			"kept: 0;",
			"missed: 1;",
			"missed: 3",
		]);
	});

	test("holds each figure against its bar", () => {
		const bench = { latency1: { floor: 1, unordered: 1.2 }, ratios: { unordered: 0.7, keyed: 0.64, fifo: 0.5 } };
		expect(verdicts({ bench }, "bench")).toEqual(["kept: 0.70", "missed: 0.64", "kept: 0.50", "no bar: 1.20 ms, floor 1.00 ms"]);
		expect(verdicts({ growth: { events: 1_000_000, accept: 1.2, dispatch: 1.21 } }, "growth")).toEqual(["kept: 1.20", "missed: 1.21"]);
		const pending = { pending: 50_000, windows: 9, none: { p99: 5 }, many: { p99: 10.1 }, ratio: 2.01 };
		expect(verdicts({ pending }, "pending")).toEqual(["missed: 2.01 (10.1 ms of 5 ms, 50,000 pending)"]);
		const hung = { integrations: 4, rate: 25, mostHanging: 40, answers: { p99: 10, events: 9 }, hangs: { p99: 12, events: 9 }, ratio: 1.2 };
		expect(verdicts({ hung }, "hung")).toEqual(["missed: 1.20 (12 ms of 10 ms; 40 calls hanging)"]);
	});
});

describe("what a measurement printed", () => {
	test("ends with its figures", () => {
		expect(lastLine('1/3: fast\n{"ratio":1}\n')).toEqual({ ratio: 1 });
		expect(() => lastLine("1/3: fast\n")).toThrow("the last line is no figures: 1/3: fast");
	});

	test("gives the worse ratio of two comparisons", () => {
		const output = [
			"accept: 1.0 µs with few kept, 1.1 µs with many, ratio 1.10",
			"dispatch: 1 µs with few kept, 1 µs with many, ratio 1.00",
		];
		const later = [
			"accept: 1.0 µs with few kept, 0.9 µs with many, ratio 0.90",
			"dispatch: 1 µs with few kept, 1 µs with many, ratio 1.05",
		];
		expect(readGrowth([...output, "search: 3 ms", ...later].join("\n"), 1_000)).toEqual({ events: 1_000, accept: 1.1, dispatch: 1.05 });
		expect(() => readGrowth("accept: nothing", 1_000)).toThrow("no ratio of accept");
	});

	test("counts histories, points and kinds; a file that does not load has failed", () => {
		const assertion = (title: string, status = "passed") => ({ title, status });
		const report = {
			testResults: [
				{ name: "/x/test/events/model.unit.test.ts", status: "passed", assertionResults: [assertion("lanes keep their order")] },
				{
					name: "/x/test/events/faults.test.ts",
					status: "failed",
					assertionResults: [
						assertion("at claim.before_write by throw"),
						assertion("at claim.before_write by abort"),
						assertion("at call.after by hang"),
						assertion("at call.after by throw", "failed"),
						assertion("something else"),
					],
				},
				{ name: "/x/test/events/faults-more.test.ts", status: "failed", assertionResults: [] },
			],
		};
		expect(readTests(report, () => "{ numRuns: 1_500 } { numRuns: 20 }")).toEqual({
			model: { passed: 1, failed: 0, histories: 1_520 },
			faults: { passed: 4, failed: 2, points: 2, kinds: ["abort", "hang", "throw"] },
		});
	});
});

describe("the page", () => {
	const page = "# Reliability\n<!-- written by npm run reliability -->\nold\n<!-- end -->\n## More\n";
	const circumstances = { date: "2026-11-22", machine: "2 cores" };

	test("gets another table and keeps the rest", () => {
		const written = withTable(page, rowsOf({ crash: CRASH }), { crash: circumstances });
		expect(written).toContain("| 0 lost | 0 of 10,000 acknowledged, 12,000 sent | kept | 2026-11-22 |");
		expect(written).toContain("Machine: 2 cores.");
		expect(written).not.toContain("old");
		expect(written.endsWith("<!-- end -->\n## More\n")).toBe(true);
		expect(withTable(written, rowsOf({ crash: CRASH }), { crash: circumstances })).toBe(written);
	});

	test("tells machines apart", () => {
		const written = withTable(page, rowsOf({ crash: CRASH }), { crash: circumstances, bench: { ...circumstances, machine: "8 cores" } });
		expect(written).toContain("Machine: (1) 2 cores; (2) 8 cores.");
		expect(written).toContain("| kept | 2026-11-22 (1) |");
	});

	test("must have a place for the table", () => {
		expect(() => withTable("# Reliability\n", [], {})).toThrow("no place for the table");
	});
});
