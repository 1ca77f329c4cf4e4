import { describe, expect, test } from "vitest";
import { scaleOf, waterfallOf } from "../../../../ui/pages/editor/inbox/waterfall";
import type { AttemptView, ExecutionDetail, StepView } from "../../../../worker/api/types";

const ZERO = Date.UTC(2026, 10, 22, 12);
const iso = (ms: number): string => new Date(ZERO + ms).toISOString();
const ARRIVAL = { receivedAt: iso(0), label: "POST /", outcome: "verified" };

function attempt(number: number, startedAt: number, durationMs: number, more: Partial<AttemptView> = {}): AttemptView {
	return { number, startedAt: iso(startedAt), durationMs, status: "succeeded", ...more };
}
const call = (status: number): Pick<AttemptView, "request" | "response"> => ({
	request: { method: "PUT", url: "https://shop.example/products/7?key=x", headers: [], body: null },
	response: { status, headers: [], body: null },
});
const step = (id: string, attempts: AttemptView[], more: Partial<StepView> = {}): StepView => ({
	path: id,
	id,
	type: "http",
	status: "succeeded",
	attempts,
	...more,
});
function execution(fields: Partial<ExecutionDetail>): ExecutionDetail {
	return {
		id: "exe_1",
		eventId: "evt_1",
		sequence: 1,
		number: 1,
		source: "webhook",
		version: 1,
		status: "succeeded",
		receivedAt: iso(0),
		startedAt: iso(20),
		endedAt: iso(200),
		durationMs: 180,
		error: null,
		resumesAt: null,
		steps: [],
		failureCall: null,
		...fields,
	} as ExecutionDetail;
}
/** Each row with its stretches in ms after the arrival, those of waiting in brackets. */
const drawn = (detail: ExecutionDetail | null, now = 10_000): string[] =>
	waterfallOf(ARRIVAL, detail, ZERO + now).rows.map(({ label, outcome, tone, segments }) => {
		const parts = segments.map(({ kind, from, to }) => (kind === "wait" ? `(${from - ZERO}–${to - ZERO})` : `${from - ZERO}–${to - ZERO}`));
		return [label, ...parts, outcome, tone].filter(Boolean).join(" ");
	});

describe("the way of an event, as bars", () => {
	test("from its arrival over the queue and each step to the end", () => {
		const steps = [
			step("map", [], { type: "map", name: "Read the stock" }),
			step("push", [attempt(1, 40, 150, call(200))], { name: "Update the shop" }),
		];
		expect(drawn(execution({ steps }))).toEqual([
			"POST / 0–0 verified calm",
			"In the queue (0–20) calm",
			"Read the stock 20–20 good",
			"Update the shop 40–190 HTTP 200 good",
			"End 200–200 succeeded good",
		]);
	});

	test("a row for each try, with the wait before it", () => {
		const failed = { status: "failed" as const, error: { code: "http_status", message: "503" }, ...call(503) };
		const timedOut = { status: "failed" as const, error: { code: "timeout", message: "…" }, request: call(0).request };
		const steps = [step("push", [attempt(1, 30, 10, failed), attempt(2, 1_040, 20, timedOut), attempt(3, 3_060, 5, call(200))])];
		expect(drawn(execution({ steps, endedAt: iso(3_070) })).slice(2)).toEqual([
			"push, try 1 30–40 HTTP 503 bad",
			"push, try 2 (40–1040) 1040–1060 timeout bad",
			"push, try 3 (1060–3060) 3060–3065 HTTP 200 good",
			"End 3070–3070 succeeded good",
		]);
	});

	test("says where a call went, without its path", () => {
		const { rows } = waterfallOf(ARRIVAL, execution({ steps: [step("push", [attempt(1, 30, 10, call(200))])] }), ZERO);
		expect(rows.find(({ id }) => id === "push 1")?.host).toBe("PUT shop.example");
	});

	test("while it is queued, while a step runs, and while it waits for the next try, as far as now or as it will", () => {
		expect(drawn(execution({ status: "queued", startedAt: null, endedAt: null }), 500)).toEqual([
			"POST / 0–0 verified calm",
			"In the queue (0–500) waits calm",
		]);
		const running = [step("push", [attempt(1, 30, 0, { status: "running" })], { status: "running" })];
		expect(drawn(execution({ status: "running", endedAt: null, steps: running }), 500).at(-1)).toBe("push 30–500 running accent");
		const failed = [step("push", [attempt(1, 30, 10, { status: "failed", ...call(503) })], { status: "waiting" })];
		const waiting = execution({ status: "waiting", endedAt: null, resumesAt: iso(5_000), steps: failed });
		expect(drawn(waiting, 500).at(-1)).toBe("Waits for the next try (40–5000) calm");
	});

	test("a replay begins where it was begun, not where the event came", () => {
		const again = execution({ number: 2, startedAt: iso(60_000), endedAt: iso(60_100), steps: [step("push", [attempt(1, 60_010, 50)])] });
		expect(drawn(again)).toEqual(["push 60010–60060 good", "End 60100–60100 succeeded good"]);
		expect(waterfallOf(ARRIVAL, again, ZERO)).toMatchObject({ from: ZERO + 60_000, to: ZERO + 60_100 });
	});

	test("holds its arrival alone while nothing else is known", () => {
		expect(drawn(null)).toEqual(["POST / 0–0 verified calm"]);
	});
});

describe("the scale", () => {
	const retried = execution({
		steps: [step("push", [attempt(1, 30, 100, { status: "failed" }), attempt(2, 600_130, 100)])],
		startedAt: iso(10),
		endedAt: iso(600_240),
	});

	test("runs evenly from the first moment to the last where nothing waits for long", () => {
		const { scale, cuts } = scaleOf(waterfallOf(ARRIVAL, execution({}), ZERO));
		expect([0, 100, 200].map((ms) => scale(ZERO + ms))).toEqual([0, 0.5, 1]);
		expect(cuts).toEqual([]);
	});

	test("draws a long wait short, so that the calls around it can be seen", () => {
		const { scale, cuts } = scaleOf(waterfallOf(ARRIVAL, retried, ZERO));
		expect(cuts).toEqual([{ from: ZERO + 130, to: ZERO + 600_130 }]);
		const call = scale(ZERO + 130) - scale(ZERO + 30);
		expect(call).toBeGreaterThan(0.05);
		expect(scale(ZERO + 600_230) - scale(ZERO + 600_130)).toBeCloseTo(call, 6);
	});

	test("never runs backwards", () => {
		const { scale } = scaleOf(waterfallOf(ARRIVAL, retried, ZERO));
		const places = Array.from({ length: 500 }, (_, n) => scale(ZERO + n * 1_250));
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places[0]).toBe(0);
	});

	test("of a single moment is a single place", () => {
		expect(scaleOf(waterfallOf(ARRIVAL, null, ZERO)).scale(ZERO)).toBe(0);
	});
});
