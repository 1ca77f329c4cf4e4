import { describe, expect, it } from "vitest";
import { eventId, executionId } from "../../worker/ids";
import { orderingSchema } from "../../worker/integrations/settings";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";

/** What the model came upon once in thousands of runs, each in its shortest form. */

const KEYED = { ordering: orderingSchema.parse({ mode: "key", key: "event.body.sku" }) };
const SMALL = { entries: 12, refill: 3, lane: 2, laneLow: 1 };
const HUNGRY = { events: 10, run: 3, knownVersions: [1] };

/** Runs all that can be claimed. @returns sequences in the order in which they were handed over */
function drained(desk: Desk): number[] {
	const ran: number[] = [];
	for (let lease = desk.claim(0, HUNGRY); lease; lease = desk.claim(0, HUNGRY)) {
		const done = lease.executions.map((execution) => settlement(execution, { status: "succeeded" }, desk.now));
		ran.push(...done.map(({ sequence }) => sequence));
		desk.settle(0, lease.token, done);
	}
	return ran;
}

describe("a lane", () => {
	it("keeps its order where what was handed back is handed over again in an answer that is lost", () => {
		const desk = new Desk(KEYED);
		for (let i = 0; i < 2; i++) desk.accept({ lane: "A" });
		const lease = desk.claim(0, { ...HUNGRY, events: 1 });
		const back = lease?.executions.map((execution) => settlement(execution, { status: "handed_back" })) ?? [];
		const token = lease?.token ?? "";
		expect(desk.settle(0, token, back, HUNGRY)).toMatchObject({ executions: [{ event: { sequence: 1 } }, { event: { sequence: 2 } }] });
		desk.settle(0, token, back, { ...HUNGRY, events: 0 }, []); // asked again: it holds nothing
		expect(drained(desk)).toEqual([1, 2]);
	});

	it("goes on with what it has parked when all in front of that were cancelled", () => {
		const desk = new Desk(KEYED, SMALL);
		for (let i = 0; i < 5; i++) desk.accept({ lane: "A" });
		for (const sequence of [1, 2]) expect(desk.cancel(executionId(INTEGRATION, sequence, 1))).toEqual({ status: "cancelled" });
		expect(drained(desk)).toEqual([3, 4, 5]);
	});

	it("forgets nothing of what it had parked behind a replay, however often the Sequencer starts anew", () => {
		const desk = new Desk(KEYED, SMALL);
		desk.accept({ lane: "A" });
		expect(drained(desk)).toEqual([1]);
		desk.replay(eventId(INTEGRATION, 1));
		for (let i = 0; i < 2; i++) desk.accept({ lane: "A" });
		desk.restart(); // parks what came behind the replay
		desk.alarm(); // notes how far everything is settled or parked
		expect(desk.claim(0, { ...HUNGRY, events: 1 })).toMatchObject({ executions: [{ number: 2 }] });
		for (let i = 0; i < 3; i++) desk.restart(); // the first one brings in what was parked
		expect(desk.ledger).toMatchObject({ balanced: true, events: { pending: 3 } });
		expect(drained(desk)).toEqual([1, 2, 3]);
	});
});
