import { describe, expect, test } from "vitest";
import { broken, type History } from "./checker";

/** Three numbers in two lanes, all acknowledged, the second called twice because of a crash. */
function soundHistory(): History {
	const sequences = [1, 2, 3];
	const laneOf = (sequence: number) => (sequence === 2 ? "b" : "a");
	const call = (sequence: number) => ({
		integration: "stock",
		number: sequence + 10,
		lane: laneOf(sequence),
		eventId: `evt_${sequence}`,
		sequence,
		idempotencyKey: `key-${sequence}`,
	});
	return {
		integrations: {
			stock: {
				order: "integration",
				kept: {
					sequences,
					executions: sequences.map((sequence) => ({ eventId: `evt_${sequence}`, sequence, status: "succeeded" })),
					ledger: {
						deliveries: { received: 3, accepted: 3, duplicate: 0, rejected: 0, handshake: 0, eventsMade: 3 },
						events: { total: 3, webhook: 3, succeeded: 3, filtered: 0, failed: 0, cancelled: 0, pending: 0 },
						lastSequence: 3,
						balanced: true,
					},
				},
			},
		},
		intents: sequences.map((sequence) => ({ integration: "stock", number: sequence + 10, lane: laneOf(sequence) })),
		acknowledgements: sequences.map((sequence) => ({ integration: "stock", number: sequence + 10, eventId: `evt_${sequence}`, sequence })),
		calls: [call(1), call(2), call(2), call(3)],
	};
}

type Doctor = (history: History, stock: History["integrations"][string]) => void;

function broke(doctor: Doctor): string {
	const history = soundHistory();
	const stock = history.integrations.stock;
	if (stock === undefined) throw new Error("no integration");
	doctor(history, stock);
	return broken(history).join("\n");
}

describe("the checker of the crash test", () => {
	test("finds nothing in a sound history, a call repeated after a crash included", () => {
		expect(broken(soundHistory())).toEqual([]);
	});

	test("lets an event pass that was accepted while its answer was lost", () => {
		expect(broke((history) => history.acknowledgements.pop())).toBe("");
	});

	test.each<[string, Doctor, string]>([
		["a lost call", (history) => history.calls.pop(), "number 13 was acknowledged as evt_3 and never arrived"],
		["a lost execution", (_, { kept }) => kept.executions.pop(), "evt_3 was acknowledged and has no execution that succeeded"],
		[
			"an execution that failed",
			(_, { kept }) => kept.executions.splice(2, 1, { eventId: "evt_3", sequence: 3, status: "failed" }),
			"evt_3 was acknowledged and has no execution that succeeded",
		],
		["a phantom", (history) => history.intents.pop(), "number 13 in lane a arrived and was never sent"],
		[
			"a call in another lane",
			(history) => history.intents.splice(0, 1, { integration: "stock", number: 11, lane: "b" }),
			"in lane a arrived",
		],
		["a call of an event that is not kept", (_, { kept }) => kept.sequences.pop(), "sequence 3 arrived and no such event is kept"],
		["a gap", (_, { kept }) => kept.sequences.splice(1, 1), "sequence 2 is missing"],
		["a number listed twice", (_, { kept }) => kept.sequences.push(3), "a sequence is listed twice"],
		[
			"a number given twice",
			(history) => history.acknowledgements.splice(2, 1, { integration: "stock", number: 13, eventId: "evt_2", sequence: 2 }),
			"numbers 12 and 13 were both acknowledged as sequence 2",
		],
		[
			"contents exchanged",
			(history) => history.acknowledgements.splice(0, 1, { integration: "stock", number: 12, eventId: "evt_1", sequence: 1 }),
			"evt_1 was acknowledged for number 12 and carried 11",
		],
		["an order violated", (history) => history.calls.push(...history.calls.slice(0, 1)), "sequence 1 was called after 3"],
		[
			"a lane's order violated",
			(history, stock) => {
				stock.order = "lane";
				history.calls.push(...history.calls.slice(0, 1));
			},
			"sequence 1 was called after 3 of its lane a",
		],
		[
			"an unstable Idempotency-Key",
			(history) => history.calls.splice(2, 1, ...history.calls.slice(2, 3).map((call) => ({ ...call, idempotencyKey: "other" }))),
			"sequence 2 was called under two Idempotency-Keys",
		],
		[
			"a shared Idempotency-Key",
			(history) => history.calls.splice(3, 1, ...history.calls.slice(3).map((call) => ({ ...call, idempotencyKey: "key-1" }))),
			"sequences 1 and 3 share an Idempotency-Key",
		],
		["a ledger that does not balance", (_, { kept }) => kept.ledger.deliveries.received++, "received is not accepted"],
		["a ledger that forgets", (_, { kept }) => kept.ledger.events.total--, "the total is not the last sequence"],
		[
			"work that never ends",
			(_, { kept }) => {
				kept.ledger.events.pending = 1;
				kept.ledger.events.succeeded = 2;
			},
			"events are still pending",
		],
	])("finds %s", (_, doctor, sentence) => {
		expect(broke(doctor)).toContain(sentence);
	});

	test("asks for no order where none was promised, and for none between lanes", () => {
		const swap: Doctor = (history) => history.calls.reverse();
		expect(broke(swap)).toContain("was called after");
		expect(broke((history, stock) => swap(history, Object.assign(stock, { order: "none" })))).toBe("");
		const lanesApart: Doctor = (history, stock) => {
			stock.order = "lane";
			history.calls.splice(
				0,
				4,
				...history.calls.filter((call) => call.lane === "a"),
				...history.calls.filter((call) => call.lane === "b"),
			);
		};
		expect(broke(lanesApart)).toBe("");
	});
});
