import type { AttemptView, ExecutionDetail, StepView } from "../../../../worker/api/types";

/** From a request's arrival to its execution's end, as bars on one scale. */

export interface Segment {
	/** wait: nothing ran; run: something did. */
	kind: "wait" | "run";
	/** Epoch ms; both equal for what took no time that could be measured. */
	from: number;
	to: number;
}

export interface WaterfallRow {
	id: string;
	label: string;
	/** What came of it: `HTTP 200`, `timeout`. */
	outcome: string;
	tone: "good" | "bad" | "warn" | "calm" | "accent";
	/** Of its own time, the wait before it left out. */
	durationMs: number | null;
	segments: Segment[];
	/** Of a call: where it went. */
	host: string | null;
}

export interface Waterfall {
	rows: WaterfallRow[];
	from: number;
	to: number;
}

/**
 * @param arrival when and how the event came; a replay begins where it was begun
 * @param execution null while it is not known
 * @param now epoch ms: how far what has not ended reaches
 */
export function waterfallOf(
	arrival: { receivedAt: string; label: string; outcome: string },
	execution: ExecutionDetail | null,
	now: number,
): Waterfall {
	const received = Date.parse(arrival.receivedAt);
	const began = execution?.startedAt ? Date.parse(execution.startedAt) : null;
	const isReplay = execution !== null && execution.number > 1;
	const start = isReplay && began !== null ? began : received;
	const rows: WaterfallRow[] = [];
	if (!isReplay)
		rows.push({
			id: "received",
			label: arrival.label,
			outcome: arrival.outcome,
			tone: "calm",
			durationMs: null,
			segments: [{ kind: "run", from: received, to: received }],
			host: null,
		});
	if (execution === null) return { rows, from: received, to: received };

	const ended = execution.endedAt === null ? null : Date.parse(execution.endedAt);
	const queuedUntil = began ?? ended ?? Math.max(now, start);
	if (!isReplay) rows.push(plain("queued", "In the queue", began === null && ended === null ? "waits" : "", start, queuedUntil, "wait"));
	let at = queuedUntil;
	for (const step of execution.steps) {
		for (const row of rowsOf(step, at, now, ended)) {
			rows.push(row);
			at = Math.max(at, row.segments.at(-1)?.to ?? at);
		}
	}
	if (execution.status === "waiting" && execution.resumesAt !== null) {
		const resumes = Math.max(Date.parse(execution.resumesAt), at);
		rows.push(plain("waits", "Waits for the next try", "", at, resumes, "wait"));
		at = resumes;
	}
	if (ended !== null) {
		const tone = execution.status === "succeeded" ? "good" : execution.status === "failed" ? "bad" : "calm";
		const row = plain("ended", "End", execution.status, ended, ended, "run");
		rows.push({ ...row, tone, durationMs: ended - start });
	}
	const ends = rows.flatMap((row) => row.segments.map((segment) => segment.to));
	return { rows, from: Math.min(start, ...rows.flatMap((row) => row.segments.map(({ from }) => from))), to: Math.max(start, ...ends) };
}

function plain(id: string, label: string, outcome: string, from: number, to: number, kind: Segment["kind"]): WaterfallRow {
	// Clocks of two objects may differ by a little.
	const until = Math.max(from, to);
	return { id, label, outcome, tone: "calm", durationMs: until - from, segments: [{ kind, from, to: until }], host: null };
}

/** One row a try; a step without tries took no time of its own. */
function rowsOf(step: StepView, previousEnd: number, now: number, ended: number | null): WaterfallRow[] {
	const name = step.name ?? step.id;
	if (step.attempts.length === 0) {
		if (step.status === "pending") return [];
		const row = plain(step.path, name, step.status === "succeeded" ? "" : step.status, previousEnd, previousEnd, "run");
		return [{ ...row, tone: toneOf(step.status), durationMs: null }];
	}
	let last = previousEnd;
	return step.attempts.map((attempt) => {
		const from = Date.parse(attempt.startedAt);
		const to = attempt.status === "running" ? (ended ?? Math.max(now, from)) : from + attempt.durationMs;
		const waited = attempt.number > 1 && from > last;
		const row: WaterfallRow = {
			id: `${step.path} ${attempt.number}`,
			label: step.attempts.length > 1 || attempt.number > 1 ? `${name}, try ${attempt.number}` : name,
			outcome: outcomeOf(step, attempt),
			tone: attempt.status === "succeeded" && step.status === "filtered" ? "calm" : toneOf(attempt.status),
			durationMs: to - from,
			segments: [...(waited ? [{ kind: "wait" as const, from: last, to: from }] : []), { kind: "run", from, to }],
			host: hostOf(attempt),
		};
		last = to;
		return row;
	});
}

function outcomeOf(step: StepView, { status, response, error }: AttemptView): string {
	if (response !== undefined) return `HTTP ${response.status}`;
	if (error !== undefined) return error.code.replaceAll("_", " ");
	if (status === "running") return "running";
	return step.status === "filtered" ? "filtered" : "";
}

function hostOf({ request }: AttemptView): string | null {
	if (request === undefined) return null;
	const address = URL.parse(request.url);
	return address === null ? request.url : `${request.method} ${address.host}`;
}

function toneOf(status: string): WaterfallRow["tone"] {
	if (status === "succeeded") return "good";
	if (status === "failed") return "bad";
	return status === "running" ? "accent" : status === "waiting" ? "warn" : "calm";
}

/** Where a moment stands, 0 to 1. */
export type Scale = (at: number) => number;

/** A stretch in which nothing ran, cut short, is drawn so many times as long as all that ran. */
const IDLE_SHARE = 1.5;
/** Its least length, in ms. */
const IDLE_MIN_MS = 100;
/** It is cut where it lasted so many times longer than that. */
const CUT_FROM = 2;

/**
 * A scale on which what ran stays visible between long waits: those are drawn shorter than they were.
 * @returns with it the moments, in epoch ms, at which it is cut short
 */
export function scaleOf({ rows, from, to }: Waterfall): { scale: Scale; cuts: { from: number; to: number }[] } {
	const busy = joined(rows.flatMap((row) => row.segments.filter(({ kind }) => kind === "run")));
	const worked = busy.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
	const most = Math.max(IDLE_MIN_MS, worked * IDLE_SHARE);
	const cuts: { from: number; to: number }[] = [];
	let at = from;
	for (const stretch of [...busy, { from: to, to }]) {
		if (stretch.from - at > most * CUT_FROM) cuts.push({ from: at, to: stretch.from });
		at = Math.max(at, stretch.to);
	}
	const drawn = (moment: number): number =>
		cuts.reduce((length, cut) => {
			const inside = Math.min(Math.max(moment, cut.from), cut.to) - cut.from;
			return length - inside + (inside / (cut.to - cut.from)) * most;
		}, moment - from);
	const whole = drawn(to);
	return { scale: (moment) => (whole <= 0 ? 0 : Math.min(1, Math.max(0, drawn(moment) / whole))), cuts };
}

/** Stretches laid together where they touch, in order. */
function joined(segments: readonly Segment[]): { from: number; to: number }[] {
	const found: { from: number; to: number }[] = [];
	for (const { from, to } of [...segments].sort((a, b) => a.from - b.from)) {
		const last = found.at(-1);
		if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
		else found.push({ from, to });
	}
	return found;
}
