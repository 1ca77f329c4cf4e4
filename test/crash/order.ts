import { type Call, type Fault, type Finding, finding, type Part } from "./history.ts";

/**
 * Order in a lane, seen from the other system. A lane is a row of calls, each event's steps one after the other and
 * event after event; without order each event is a lane by itself. Two rules, whatever was killed:
 *
 * - Not early: a call does not arrive before all that stand before it in the row have been answered. An event ends only
 *   by the answer to its last step, the answer is written down before it is given, and all answers here are good ones. So
 *   the rule is the promise itself: event n+1 does not start before event n has ended. There is no exception to it.
 * - Not late: a call does not arrive once one behind it in the row has arrived. This has the one exception that is
 *   promised no order: "a request of a fenced-off Executor that was already on the wire".
 *
 * What exactly may be late? An Executor sends only under a token that the Sequencer has just confirmed. It must have been
 * cut off with its request already handed to the runtime, its token must have lapsed, another Executor must have made the
 * same call and gone on, and only then the first request arrives. This needs a process that lives on without running:
 *
 * - Not after a kill: a dead process sends nothing. What the kernel still holds of it arrives in milliseconds, and
 *   another runtime needs half a second at least until it calls anybody.
 * - Not after a stop of the tools alone: Executors and Sequencers run on.
 * - Not after a short stop: an Executor renews with three quarters of its time left and looks each quarter, so half a
 *   lease is left to it at any moment. A stop that is shorter costs nobody his token.
 * - After a long stop of the runtime: when it goes on, a request that it was about to write goes out before the Executor's
 *   own timer aborts it, while the Sequencer gives the event to another. It arrives within moments of going on, since
 *   then the abort closes its connection; and what overtook it arrived after going on too, because until then the
 *   first token was good or nobody ran at all.
 *
 * Such a request is always a repetition (its event was ended by another call, so that one has arrived), bears the same
 * Idempotency-Key (judged with the keys), and its Executor had journaled the try before it left: a try that began before
 * the process went on and that the journal calls interrupted. One such try excuses one late call.
 */
export const LEASE_MS = 20_000;

/** A token has half of its time left at any moment; a second is for a busy machine's timers. */
const FENCING_STOP_MS = LEASE_MS / 2 - 1_000;
/** How long a process that goes on may take until its timers have aborted what is on the wire. */
export const WIRE_MS = 5_000;

/** @returns what is out of order, and how many late calls were a fenced-off Executor's */
export function judgeOrder(part: Part): { found: Finding[]; onTheWire: number } {
	const found: Finding[] = [];
	const late: { call: Call; overtaker: Call }[] = [];
	for (const [name, row] of lanesOf(part)) {
		for (const moment of momentsOf(row.calls)) {
			const rank = row.rankOf(moment.call);
			if (moment.answer) {
				row.answered.add(rank);
				while (row.answered.has(row.ranks[row.ended] ?? Number.NaN)) row.ended++;
				continue;
			}
			const waiting = row.ranks[row.ended];
			if (waiting !== undefined && waiting < rank) {
				found.push(finding("order", `${told(moment.call, name)} was called before ${row.tell(waiting)} had been answered`));
			}
			if (row.furthest !== null && row.rankOf(row.furthest) > rank) late.push({ call: moment.call, overtaker: row.furthest });
			else row.furthest = moment.call;
		}
	}
	const excuses = new Map<string, number>();
	let onTheWire = 0;
	for (const { call, overtaker } of late) {
		if (mayBeFencedOff(part, call, overtaker, excuses)) onTheWire++;
		else found.push(finding("order", `${told(call, null)} was called after ${told(overtaker, null)} of its lane`));
	}
	return { found, onTheWire };
}

/** Can this stop have cost an Executor its token while the Executor lived on? */
export function fences(fault: Fault): boolean {
	return fault.mode === "stop" && fault.target === "runtime" && fault.until - fault.at >= FENCING_STOP_MS;
}

function mayBeFencedOff({ subject, calls, faults }: Part, call: Call, overtaker: Call, excuses: Map<string, number>): boolean {
	const same = (other: Call) => other.sequence === call.sequence && other.step === call.step;
	if (!calls.some((other) => same(other) && other.arrived < call.arrived)) return false;
	const stop = faults.find(
		(fault) => fences(fault) && overtaker.at >= fault.until && call.at >= fault.until && call.at <= fault.until + WIRE_MS,
	);
	if (stop === undefined) return false;
	const name = `${call.sequence}/${call.step}`;
	const cutShort = (subject.kept.attempts[name] ?? []).filter(
		({ code, startedAt }) => code === "interrupted" && startedAt <= stop.until,
	).length;
	const used = excuses.get(name) ?? 0;
	excuses.set(name, used + 1);
	return used < cutShort;
}

interface Row {
	calls: Call[];
	/** All calls that its events make, in their order, by rank. */
	ranks: number[];
	answered: Set<number>;
	/** How many of `ranks` have been answered, from the first on without a gap. */
	ended: number;
	furthest: Call | null;
	rankOf: (call: Call) => number;
	tell: (rank: number) => string;
}

function lanesOf({ subject: { order, steps }, calls }: Part): Map<string, Row> {
	const lanes = new Map<string, Row>();
	for (const call of calls) {
		const name = order === "none" ? `event ${call.sequence}` : order === "integration" ? "" : call.lane;
		const lane: Row = lanes.get(name) ?? {
			calls: [],
			ranks: [],
			answered: new Set(),
			ended: 0,
			furthest: null,
			rankOf: ({ sequence, step }) => sequence * steps.length + steps.indexOf(step),
			tell: (rank) => `sequence ${Math.floor(rank / steps.length)} at ${steps[rank % steps.length]}`,
		};
		lane.calls.push(call);
		lanes.set(name, lane);
	}
	for (const lane of lanes.values()) {
		const sequences = [...new Set(lane.calls.map((call) => call.sequence))].sort((a, b) => a - b);
		lane.ranks = sequences.flatMap((sequence) => steps.map((_, index) => sequence * steps.length + index));
	}
	return lanes;
}

function momentsOf(calls: Call[]): { call: Call; answer: boolean }[] {
	const moments = calls.flatMap((call) => [
		{ call, answer: false, place: call.arrived },
		...(call.answered === null ? [] : [{ call, answer: true, place: call.answered }]),
	]);
	return moments.sort((a, b) => a.place - b.place);
}

function told({ sequence, step, lane }: Call, name: string | null): string {
	return `sequence ${sequence} at ${step}${name === lane ? ` in lane ${lane}` : ""}`;
}
