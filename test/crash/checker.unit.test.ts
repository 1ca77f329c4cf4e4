import { describe, expect, test } from "vitest";
import { judge } from "./checker";
import type { Call, History, Subject } from "./history";
import { LEASE_MS } from "./order";

const STOP = { mode: "stop", target: "runtime", at: 10_000, until: 10_000 + LEASE_MS + 1_000 } as const;
const KILL = { mode: "runtime", target: "runtime", at: 2_050, until: 2_051 } as const;

/** Calls and their answers in the order in which the other system wrote them down; `!` marks a call that was never answered. */
function calls(...story: { sequence: number; step?: string; at: number; answered?: boolean }[]): Call[] {
	return story.map(({ sequence, step = "push", at, answered = true }, index) => ({
		integration: "stock",
		number: sequence + 10,
		lane: sequence === 2 ? "b" : "a",
		step,
		eventId: `evt_${sequence}`,
		sequence,
		idempotencyKey: `key-${sequence}-${step}`,
		at,
		arrived: 2 * index,
		answered: answered ? 2 * index + 1 : null,
	}));
}

const tried = (startedAt: number, code: string | null = null) => ({ startedAt, status: code ? "failed" : "succeeded", code });

/** Three numbers in two lanes, all acknowledged, the second called twice because of a kill. */
function soundHistory(): History {
	const sequences = [1, 2, 3];
	return {
		integrations: {
			stock: {
				order: "integration",
				steps: ["push"],
				kept: {
					events: sequences.map((sequence) => ({ id: `evt_${sequence}`, sequence })),
					executions: sequences.map((sequence) => ({ eventId: `evt_${sequence}`, sequence, status: "succeeded" })),
					attempts: { "2/push": [tried(2_000, "interrupted"), tried(2_100)] },
					ledger: {
						deliveries: { received: 3, accepted: 3, duplicate: 0, rejected: 0, handshake: 0, eventsMade: 3 },
						events: { total: 3, webhook: 3, succeeded: 3, filtered: 0, failed: 0, cancelled: 0, pending: 0 },
						lastSequence: 3,
						balanced: true,
					},
				},
			},
		},
		intents: sequences.map((sequence) => ({
			integration: "stock",
			number: sequence + 10,
			lane: sequence === 2 ? "b" : "a",
			at: 100 * sequence,
		})),
		acknowledgements: sequences.map((sequence) => ({
			integration: "stock",
			number: sequence + 10,
			eventId: `evt_${sequence}`,
			sequence,
			at: 100 * sequence + 50,
		})),
		calls: calls(
			{ sequence: 1, at: 1_000 },
			{ sequence: 2, at: 2_000, answered: false },
			{ sequence: 2, at: 2_100 },
			{ sequence: 3, at: 3_000 },
		),
		faults: [KILL],
	};
}

/** The first event's call was on the wire when the runtime stopped for longer than a lease: another Executor made it again and went on. */
function historyOfFencedOff(history: History, stock: Subject): void {
	history.faults = [KILL, STOP];
	history.calls = calls(
		{ sequence: 1, at: STOP.until + 100 },
		{ sequence: 2, at: STOP.until + 200 },
		{ sequence: 1, at: STOP.until + 300 },
		{ sequence: 3, at: STOP.until + 400 },
	);
	stock.kept.attempts = { "1/push": [tried(STOP.at - 1, "interrupted"), tried(STOP.until + 90)] };
}

/** The same events with two steps each. */
function twoSteps(history: History, stock: Subject): void {
	stock.steps = ["reserve", "push"];
	stock.kept.attempts = {};
	history.calls = calls(
		...[1, 2, 3].flatMap((sequence) => [
			{ sequence, step: "reserve", at: 1_000 * sequence },
			{ sequence, step: "push", at: 1_000 * sequence + 100 },
		]),
	);
}

type Doctor = (history: History, stock: Subject) => void;

function verdictOn(...doctors: Doctor[]) {
	const history = soundHistory();
	const stock = history.integrations.stock;
	if (stock === undefined) throw new Error("no integration");
	for (const doctor of doctors) doctor(history, stock);
	const { found, onTheWire } = judge(history);
	return { found: found.map(({ kind, sentence }) => `${kind}: ${sentence}`).join("\n"), onTheWire };
}

const first = <T>(list: T[]): T => {
	const [value] = list;
	if (value === undefined) throw new Error("nothing there");
	return value;
};
const at = <T>(list: T[], index: number): T => first(list.slice(index));

describe("the checker of the crash test", () => {
	test("finds nothing in a sound history, a call repeated after a kill included", () => {
		expect(verdictOn()).toEqual({ found: "", onTheWire: 0 });
		expect(verdictOn(twoSteps)).toEqual({ found: "", onTheWire: 0 });
	});

	test("lets an event pass that was accepted while its answer was lost, and a number that never arrived", () => {
		expect(verdictOn((history) => history.acknowledgements.pop()).found).toBe("");
		expect(verdictOn((history) => history.intents.push({ integration: "stock", number: 14, lane: "a", at: 900 })).found).toBe("");
	});

	test("counts a request of a fenced-off Executor that was on the wire, and lets it pass", () => {
		expect(verdictOn(historyOfFencedOff)).toEqual({ found: "", onTheWire: 1 });
	});

	test.each<[string, Doctor, string]>([
		["a lost call", ({ calls }) => calls.pop(), "lost: stock: evt_3 was accepted and never called push"],
		["a lost execution", (_, { kept }) => kept.executions.pop(), "lost: stock: evt_3 was accepted and has no execution"],
		[
			"an acknowledged event that is not kept",
			(_, { kept }) => kept.events.pop(),
			"number 13 was acknowledged as evt_3, which is not kept",
		],
		[
			"an event whose answer was lost and which was never called",
			({ acknowledgements, calls }) => [acknowledgements.pop(), calls.pop()],
			"lost: stock: evt_3 was accepted and never called push",
		],
		["an execution that failed", (_, { kept }) => (at(kept.executions, 2).status = "failed"), "evt_3 was accepted and has no execution"],
		["a phantom", ({ intents }) => intents.pop(), "phantom: stock: number 13 in lane a arrived and was never sent"],
		["a call in another lane", ({ intents }) => (first(intents).lane = "b"), "phantom: stock: number 11 in lane a arrived"],
		["a call of an event that is not kept", (_, { kept }) => kept.events.pop(), "phantom: stock: sequence 3 arrived and no such event"],
		["a call of no step", ({ calls }) => (at(calls, 3).step = "pull"), "sequence 3 called pull, which is no step"],
		["a gap", (_, { kept }) => kept.events.splice(1, 1), "gap: stock: sequence 2 is missing"],
		["a sequence listed twice", (_, { kept }) => kept.events.push(at(kept.events, 2)), "gap: stock: a sequence is listed twice"],
		[
			"a sequence given twice",
			({ acknowledgements }) => Object.assign(at(acknowledgements, 2), { eventId: "evt_2", sequence: 2 }),
			"identity: stock: event evt_2 is number 12 and 13",
		],
		[
			"an event whose sequence changes",
			({ acknowledgements }) => (at(acknowledgements, 2).sequence = 2),
			"identity: stock: event evt_3 is sequence 2 and 3",
		],
		[
			"contents exchanged",
			({ acknowledgements }) => (first(acknowledgements).number = 12),
			"identity: stock: event evt_1 is number 12 and 11",
		],
		["a number taken twice", ({ calls }) => (at(calls, 3).number = 12), "identity: stock: number 12 is event evt_2 and evt_3"],
		[
			"a number that was sent after another's acknowledgement and stands before it",
			({ intents }) => (first(intents).at = 260),
			"order: stock: number 11 was sent after number 12 had become sequence 2, and became 1",
		],
		["an order violated", ({ calls }) => calls.push({ ...first(calls), arrived: 98, answered: 99 }), "sequence 1 at push was called after"],
		[
			"a lane's order violated",
			({ calls }, stock) => {
				stock.order = "lane";
				calls.push({ ...first(calls), arrived: 98, answered: 99 });
			},
			"order: stock: sequence 1 at push was called after sequence 3",
		],
		[
			"an event that began before the one before it had ended",
			({ calls }) => (at(calls, 2).answered = 7),
			"order: stock: sequence 3 at push was called before sequence 2 at push had been answered",
		],
		[
			"an event that began although the one before it had only been called by a runtime that died",
			({ calls }) => calls.splice(2, 1),
			"order: stock: sequence 3 at push was called before sequence 2 at push had been answered",
		],
		[
			"an unstable Idempotency-Key",
			({ calls }) => (at(calls, 2).idempotencyKey = "other"),
			"key: stock: sequence 2 at push was called under two Idempotency-Keys",
		],
		["a missing Idempotency-Key", ({ calls }) => (at(calls, 3).idempotencyKey = ""), "called without an Idempotency-Key"],
		[
			"a shared Idempotency-Key",
			({ calls }) => (at(calls, 3).idempotencyKey = "key-1-push"),
			"sequence 1 at push and sequence 3 at push share an Idempotency-Key",
		],
		["a call repeated without a reason", (history) => (history.faults = []), "repeat: stock: 2/push was called again although nothing"],
		[
			"a call repeated because only the tools had been stopped",
			(history) => (history.faults = [{ ...STOP, target: "tools", at: 0, until: 2_050 }]),
			"repeat: stock: 2/push was called again although nothing",
		],
		[
			"a call repeated after a stop that costs nobody his lease",
			(history) => (history.faults = [{ ...STOP, at: 2_010, until: 2_050 }]),
			"repeat: stock: 2/push was called again although nothing",
		],
		[
			"a call that was not journaled before it left",
			(_, { kept }) => kept.attempts["2/push"]?.pop(),
			"repeat: stock: 2/push was called 2 times and journaled 1 times",
		],
		["a ledger that does not balance", (_, { kept }) => kept.ledger.deliveries.received++, "ledger: stock: received is not accepted"],
		["a ledger that says so itself", (_, { kept }) => (kept.ledger.balanced = false), "the ledger says that it does not balance"],
		["a ledger that forgets", (_, { kept }) => kept.ledger.events.total--, "the total is not the last sequence"],
		[
			"a delivery that nobody sent",
			(_, { kept: { ledger } }) => [ledger.deliveries.received++, ledger.deliveries.duplicate++],
			"a delivery counts as duplicate",
		],
		[
			"more events than were sent",
			(history) => (history.intents = history.intents.slice(0, 2)),
			"ledger: stock: more events than were sent",
		],
		["an execution too many", (_, { kept }) => kept.executions.push(first(kept.executions)), "an event has no execution, or two"],
		[
			"an event that ended without success",
			(_, { kept: { ledger } }) => Object.assign(ledger.events, { succeeded: 2, failed: 1 }),
			"an event ended without success",
		],
		["a trial in which nothing happened", (history) => (history.acknowledgements = []), "nothing was acknowledged"],
		[
			"work that never ends",
			(_, { kept: { ledger } }) => Object.assign(ledger.events, { succeeded: 2, pending: 1 }),
			"events are still pending",
		],
	])("finds %s", (_, doctor, sentence) => {
		expect(verdictOn(doctor).found).toContain(sentence);
	});

	test.each<[string, Doctor, string]>([
		["a step that was left out", ({ calls }) => calls.splice(2, 1), "lost: stock: evt_2 was accepted and never called reserve"],
		[
			"a step that began before the one before it had been answered",
			({ calls }) => (first(calls).answered = null),
			"sequence 1 at push was called before sequence 1 at reserve had been answered",
		],
		[
			"a finished step called again after the next one, which went on from its journal",
			({ calls }) => calls.splice(2, 0, { ...first(calls), arrived: 3.2, answered: 3.4 }),
			"sequence 1 at reserve was called after sequence 1 at push",
		],
		[
			"two steps that share an Idempotency-Key",
			({ calls }) => (at(calls, 1).idempotencyKey = first(calls).idempotencyKey),
			"sequence 1 at reserve and sequence 1 at push share an Idempotency-Key",
		],
	])("finds %s, in any order", (_, doctor, sentence) => {
		expect(verdictOn(twoSteps, doctor).found).toContain(sentence);
		expect(verdictOn(twoSteps, (_history, stock) => (stock.order = "none"), doctor).found).toContain(sentence);
	});

	test.each<[string, Doctor]>([
		["after a kill, since a dead process sends nothing", (history) => (history.faults = [{ ...KILL, at: STOP.at, until: STOP.until }])],
		["after a stop of the tools alone", (history) => (history.faults = [{ ...STOP, target: "tools" }])],
		["after a stop that costs nobody his lease", (history) => (history.faults = [{ ...STOP, at: STOP.until - 8_000 }])],
		["long after the stop", ({ calls }) => (at(calls, 2).at = STOP.until + 6_000)],
		["before the runtime went on", ({ calls }) => (at(calls, 2).at = STOP.until - 10)],
		["when what overtook it did so before the stop", ({ calls }) => (at(calls, 1).at = STOP.at - 10)],
		["when it is no repetition", ({ calls }) => calls.shift()],
		[
			"when the journal knows of no try that was cut short",
			(_, { kept }) => (kept.attempts["1/push"] = [tried(STOP.at - 1), tried(STOP.until + 90)]),
		],
		[
			"when the try that was cut short began after the stop",
			(_, { kept }) => (kept.attempts["1/push"] = [tried(STOP.until + 95, "interrupted"), tried(STOP.until + 90)]),
		],
	])("excuses no late call %s", (_, doctor) => {
		const { found, onTheWire } = verdictOn(historyOfFencedOff, doctor);
		expect(found).toContain("order: stock: sequence 1 at push was called after sequence 2");
		expect(onTheWire).toBe(0);
	});

	test("excuses one late call for each try that was cut short", () => {
		const verdict = verdictOn(historyOfFencedOff, ({ calls }) => {
			calls.push({ ...at(calls, 2), at: STOP.until + 500, arrived: 98, answered: 99 });
		});
		expect(verdict.onTheWire).toBe(1);
		expect(verdict.found).toContain("order: stock: sequence 1 at push was called after sequence 3");
	});

	test("asks for no order where none was promised, and for none between lanes", () => {
		const swap: Doctor = (history) => {
			history.calls = calls(
				{ sequence: 2, at: 2_000, answered: false },
				{ sequence: 2, at: 2_100 },
				{ sequence: 3, at: 3_000 },
				{ sequence: 1, at: 4_000 },
			);
		};
		expect(verdictOn(swap).found).toContain("was called before sequence 1");
		expect(verdictOn(swap, (_, stock) => (stock.order = "none")).found).toBe("");
		const lanesApart: Doctor = (history, stock) => {
			stock.order = "lane";
			history.calls = calls(
				{ sequence: 1, at: 1_000 },
				{ sequence: 3, at: 1_500 },
				{ sequence: 2, at: 2_000, answered: false },
				{ sequence: 2, at: 2_100 },
			);
		};
		expect(verdictOn(lanesApart).found).toBe("");
		expect(verdictOn(lanesApart, (_, stock) => (stock.order = "integration")).found).toContain("was called before sequence 2");
	});
});
