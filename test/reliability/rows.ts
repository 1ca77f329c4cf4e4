import type { Figures, PartName } from "./parts.ts";

/** One line of the table. */
export interface Row {
	part: PartName;
	promise: string;
	how: string;
	bar: string;
	figure: string;
	verdict: "kept" | "missed" | "no bar" | "not measured";
}

type Measured = Omit<Row, "part" | "promise" | "how" | "bar"> & { how?: string };

const count = (value: number): string => value.toLocaleString("en-US");
const kept = (holds: boolean): Row["verdict"] => (holds ? "kept" : "missed");

/** The whole table; a part that was never measured says so. */
export function rowsOf(figures: Partial<Figures>): Row[] {
	return [
		...crashRows(figures.crash),
		...benchRows(figures.bench),
		row("pending", "Much that waits does not slow accepting", "p99 of the answer with 50,000 pending, of that with none", "≤ 2.00", () => {
			const measured = figures.pending;
			if (!measured) return null;
			return {
				figure: `${measured.ratio.toFixed(2)} (${measured.many.p99} ms of ${measured.none.p99} ms, ${count(measured.pending)} pending)`,
				verdict: kept(measured.ratio <= 2),
			};
		}),
		row(
			"hung",
			"A system that hangs slows no other integration",
			"p99 from sender to call, while another's system hangs, of that while all answer",
			"< 1.20",
			() => {
				const measured = figures.hung;
				if (!measured) return null;
				return {
					figure: `${measured.ratio.toFixed(2)} (${measured.hangs.p99} ms of ${measured.answers.p99} ms; ${measured.mostHanging} calls hanging)`,
					verdict: kept(measured.ratio < 1.2),
				};
			},
		),
		...growthRows(figures.growth),
		...testRows(figures.tests),
	];
}

function row(part: PartName, promise: string, how: string, bar: string, measure: () => Measured | null): Row {
	return { part, promise, how, bar, figure: "–", verdict: "not measured", ...measure() };
}

const CRASH_PROMISES = [
	{ promise: "What was acknowledged is executed", kinds: ["lost"], bar: "0 lost" },
	{ promise: "Nothing is made up or mixed up", kinds: ["phantom", "identity"], bar: "0 phantoms" },
	{ promise: "Numbers have no gaps", kinds: ["gap"], bar: "0 gaps" },
	{ promise: "In a lane an event begins when the one before it has ended", kinds: ["order"], bar: "0 violations" },
	{ promise: "A call is repeated only after an interruption, under the same Idempotency-Key", kinds: ["key", "repeat"], bar: "0 others" },
	{ promise: "The ledger balances", kinds: ["ledger"], bar: "0 differences" },
] as const;

function crashRows(measured: Figures["crash"] | undefined): Row[] {
	const kills =
		measured &&
		`${measured.kills.runtime} kills of workerd, ${measured.kills.tree} of all of \`npm run dev\`, ${measured.kills.stop} stops`;
	const beside: Record<string, string> = measured
		? {
				lost: ` of ${count(measured.acknowledged)} acknowledged, ${count(measured.sent)} sent`,
				phantom: ` of ${count(measured.calls)} calls`,
				gap: ` in ${count(measured.events)} events`,
				order: `; ${measured.onTheWire} late calls of a fenced-off Executor`,
				key: `; ${count(measured.repeatedCalls)} repeated calls`,
			}
		: {};
	return CRASH_PROMISES.map(({ promise, kinds, bar }) =>
		row("crash", promise, `crash test: ${kills ?? "100 kills"}`, bar, () => {
			if (!measured) return null;
			const found = kinds.reduce((sum, kind) => sum + (measured.broken[kind] ?? 0), 0);
			return { figure: `${found}${beside[kinds[0]] ?? ""}`, verdict: kept(found === 0) };
		}),
	);
}

const BENCH_BARS = [
	{ variant: "unordered", name: "unordered", bar: 0.7, goal: 0.9 },
	{ variant: "keyed", name: "1,000 lanes", bar: 0.65, goal: 0.85 },
	{ variant: "fifo", name: "one strict lane", bar: 0.5, goal: 0.7 },
] as const;

function benchRows(measured: Figures["bench"] | undefined): Row[] {
	const throughput = BENCH_BARS.map(({ variant, name, bar, goal }) =>
		row(
			"bench",
			`Throughput, ${name}`,
			"events accepted and executed a second, of the floor's",
			`≥ ${bar.toFixed(2)} (goal ${goal})`,
			() => {
				const ratio = measured?.ratios[variant];
				return ratio === undefined ? null : { figure: ratio.toFixed(2), verdict: kept(ratio >= bar) };
			},
		),
	);
	const latency = row("bench", "One sender's wait", "p50 of the answer with one connection, beside the floor's", "–", () => {
		if (measured?.latency1 === undefined) return null;
		const { floor, unordered } = measured.latency1;
		return { figure: `${unordered.toFixed(2)} ms, floor ${floor.toFixed(2)} ms`, verdict: "no bar" };
	});
	return [...throughput, latency];
}

function growthRows(measured: Figures["growth"] | undefined): Row[] {
	return (["accept", "dispatch"] as const).map((work) =>
		row(
			"growth",
			work === "accept" ? "Accepting costs the same when much is kept" : "Dispatching costs the same when much is kept",
			`processor time with ${count(measured?.events ?? 1_000_000)} events kept, of that with 1,000`,
			"≤ 1.20",
			() => (measured ? { figure: measured[work].toFixed(2), verdict: kept(measured[work] <= 1.2) } : null),
		),
	);
}

function testRows(measured: Figures["tests"] | undefined): Row[] {
	const model = measured?.model;
	const faults = measured?.faults;
	return [
		row(
			"tests",
			"Whatever happens in whatever order, the Sequencer does what a plain list would",
			"model-based test (fast-check)",
			"0 fail",
			() =>
				model && model.passed + model.failed > 0
					? {
							figure: `${model.failed} of ${model.passed + model.failed} tests, ${count(model.histories)} random histories`,
							verdict: kept(model.failed === 0),
						}
					: null,
		),
		row(
			"tests",
			"Wherever an event's way breaks, nothing is lost or out of turn",
			"every named point, made to fail in every way",
			"0 fail",
			() =>
				faults && faults.passed + faults.failed > 0
					? {
							figure: `${faults.failed} of ${faults.passed + faults.failed}: ${faults.points} points by ${faults.kinds.join(", ")}`,
							verdict: kept(faults.failed === 0),
						}
					: null,
		),
	];
}
