import { describe, expect, it } from "vitest";
import type { Appetite, ClaimedExecution, Lease, Outcome } from "../../worker/events/protocol/lease";
import { orderingSchema } from "../../worker/integrations/settings";
import { Desk, settlement } from "../given/sequencer";

const FAILED: Outcome = { status: "failed", error: { code: "http_status", message: "500" } };
const SUCCEEDED: Outcome = { status: "succeeded" };
const BACK: Outcome = { status: "handed_back" };
const WAITING: Outcome = { status: "waiting", delayMs: 1_000, reason: "500" };
const LATER: Appetite = { events: 0, knownVersions: [1] };
const asking = (run: number): Appetite => ({ events: 64, knownVersions: [1], run });

const given = (events: number, onFailure: "block" | "continue" = "continue") => {
	const desk = new Desk({ ordering: orderingSchema.parse({ mode: "integration", onFailure }) });
	for (let n = 0; n < events; n++) desk.accept({ lane: "[]" });
	return desk;
};
const claimed = (desk: Desk, run: number): Lease => {
	const lease = desk.claim(0, asking(run));
	if (lease === null) throw new Error("nothing was claimed");
	return lease;
};
const sequences = (lease: Lease | null): number[] => lease?.executions.map(({ event }) => event.sequence) ?? [];
/** Settles the first ones of a lease as said, in that order. */
const settle = (desk: Desk, { token, executions }: Lease, outcomes: Outcome[]) =>
	desk.settle(
		0,
		token,
		outcomes.flatMap((outcome, index) => {
			const execution: ClaimedExecution | undefined = executions[index];
			return execution ? [settlement(execution, outcome)] : [];
		}),
		LATER,
	);

describe("a run of a lane's events", () => {
	it("says of each but the first that it stands behind the one before", () => {
		expect(claimed(given(3), 8).executions.map(({ behind }) => behind)).toEqual([undefined, true, true]);
	});

	it("keeps the lane until all of it has ended", () => {
		const desk = given(5);
		const lease = claimed(desk, 3);
		settle(desk, lease, [SUCCEEDED, SUCCEEDED]);
		expect(desk.claim(1, asking(3))).toBeNull();
		desk.settle(
			0,
			lease.token,
			lease.executions.slice(2).map((execution) => settlement(execution, SUCCEEDED)),
			LATER,
		);
		expect(sequences(desk.claim(1, asking(3)))).toEqual([4, 5]);
	});

	it("that is handed back from its second event on goes in front again, in its order", () => {
		const desk = given(5);
		settle(desk, claimed(desk, 4), [SUCCEEDED, BACK, BACK, BACK]);
		expect(sequences(desk.claim(0, asking(8)))).toEqual([2, 3, 4, 5]);
	});

	it("whose event fails blocks the lane with the rest of the run behind it", () => {
		const desk = given(5, "block");
		settle(desk, claimed(desk, 4), [SUCCEEDED, FAILED, BACK, BACK]);
		expect(desk.claim(0, asking(8))).toBeNull();
		expect(desk.ledger).toMatchObject({ balanced: true, events: { succeeded: 1, failed: 1, pending: 3 } });
		expect(desk.skip("[]")).toBe(true);
		expect(sequences(desk.claim(0, asking(8)))).toEqual([3, 4, 5]);
	});

	it("whose event waits for its retry keeps the rest in line, also across a restart", () => {
		const desk = given(4);
		settle(desk, claimed(desk, 3), [WAITING, BACK, BACK]);
		expect(desk.claim(0, asking(8))).toBeNull();
		desk.restart();
		expect(desk.claim(0, asking(8))).toBeNull();
		desk.now += 1_000;
		desk.wake();
		expect(sequences(desk.claim(0, asking(8)))).toEqual([1, 2, 3, 4]);
	});

	it("of an Executor that is gone is taken back whole and in order", () => {
		const desk = given(4);
		claimed(desk, 3);
		desk.restart();
		desk.lapse(0);
		expect(sequences(desk.claim(1, asking(8)))).toEqual([1, 2, 3, 4]);
	});
});
