/** What is measured: by which command, and what of its output is a figure. */

export interface CrashFigures {
	kills: { runtime: number; tree: number; stop: number; unplanned: number };
	sent: number;
	acknowledged: number;
	events: number;
	calls: number;
	repeatedCalls: number;
	onTheWire: number;
	slowestRecoverySeconds: number;
	/** Broken promises by kind; a kind that is absent was never broken. */
	broken: Record<string, number>;
}

export interface BenchFigures {
	latency1: { floor: number; unordered: number };
	ratios: { unordered: number; keyed: number; fifo: number };
}

export interface PendingFigures {
	pending: number;
	windows: number;
	none: { p99: number };
	many: { p99: number };
	ratio: number;
}

export interface HungFigures {
	integrations: number;
	rate: number;
	mostHanging: number;
	answers: { p99: number; events: number };
	hangs: { p99: number; events: number };
	ratio: number;
}

/** The worse one of before and after the index of words was filled. */
export interface GrowthFigures {
	events: number;
	accept: number;
	dispatch: number;
}

export interface TestFigures {
	/** Tests of the model, and how many random histories they live through. */
	model: { passed: number; failed: number; histories: number };
	/** Points at which the way was broken, and in how many combinations of point and kind. */
	faults: { passed: number; failed: number; points: number; kinds: string[] };
}

export interface Figures {
	crash: CrashFigures;
	bench: BenchFigures;
	pending: PendingFigures;
	hung: HungFigures;
	growth: GrowthFigures;
	tests: TestFigures;
}

export type PartName = keyof Figures;
export const PART_NAMES: readonly PartName[] = ["crash", "bench", "pending", "hung", "growth", "tests"];

/** The one JSON object that a measurement ends with. */
export function lastLine<T>(output: string): T {
	const line = output.trimEnd().split("\n").at(-1) ?? "";
	try {
		return JSON.parse(line) as T;
	} catch {
		throw new Error(`the last line is no figures: ${line.slice(0, 200)}`);
	}
}

/** @param output of `test/growth/run.mjs`, which compares twice */
export function readGrowth(output: string, events: number): GrowthFigures {
	const worst = (name: string): number => {
		const ratios = [...output.matchAll(new RegExp(`^${name}: .* ratio ([\\d.]+)$`, "gm"))].map((match) => Number(match[1]));
		if (ratios.length === 0) throw new Error(`no ratio of ${name} in:\n${output}`);
		return Math.max(...ratios);
	};
	return { events, accept: worst("accept"), dispatch: worst("dispatch") };
}

/** What vitest's JSON reporter says. */
export interface TestReport {
	testResults: { name: string; status: string; assertionResults: { title: string; status: string }[] }[];
}

const MODEL_FILE = /\/events\/model[^/]*$/;
const FAULTS_FILE = /\/events\/faults[^/]*$/;
const FAULT_TITLE = /^at (\S+) by (\w+)/;

/** @param sourceOf reads a file of tests: how many histories a property lives through stands only there */
export function readTests({ testResults }: TestReport, sourceOf: (path: string) => string): TestFigures {
	const of = (pattern: RegExp) => {
		const files = testResults.filter(({ name }) => pattern.test(name));
		const tests = files.flatMap(({ assertionResults }) => assertionResults);
		// A file that could not be loaded has no tests.
		const broken = files.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).length;
		const passed = tests.filter(({ status }) => status === "passed");
		return { files, passed, figures: { passed: passed.length, failed: tests.length - passed.length + broken } };
	};
	const [model, faults] = [of(MODEL_FILE), of(FAULTS_FILE)];
	const runs = model.files.flatMap(({ name }) => [...sourceOf(name).matchAll(/numRuns: ([\d_]+)/g)]);
	const struck = faults.passed.flatMap(({ title }) => FAULT_TITLE.exec(title) ?? []);
	const ofEach = (place: number) => [...new Set(struck.filter((_, index) => index % 3 === place))];
	return {
		model: { ...model.figures, histories: runs.reduce((sum, [, count]) => sum + Number(count?.replaceAll("_", "")), 0) },
		faults: { ...faults.figures, points: ofEach(1).length, kinds: ofEach(2).sort() },
	};
}
