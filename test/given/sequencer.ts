import { fits, isLive, judge, store, takeIn } from "../../worker/events/accept";
import { acceptAfterAll } from "../../worker/events/after-all";
import { doDue, wakeWaiting } from "../../worker/events/alarm";
import { claim, lapse, renew, settle } from "../../worker/events/claims";
import { laneId, skipLane } from "../../worker/events/lanes";
import { writeMeta, writeVersion } from "../../worker/events/meta-rows";
import type { AcceptAnswer } from "../../worker/events/protocol/delivery";
import type { Appetite, ClaimedExecution, HeldKey, Lease, Outcome, RenewAnswer, Settlement } from "../../worker/events/protocol/lease";
import type { EventSource } from "../../worker/events/protocol/statuses";
import { ledgerOf } from "../../worker/events/reading";
import { cancel, replay } from "../../worker/events/replay";
import { SequencerState, type Windows } from "../../worker/events/state";
import type { SequencerSettings } from "../../worker/integrations/settings";
import { INTEGRATION } from "./history";
import { givenArrival, givenSettings } from "./settings";
import { sequencerSql } from "./sql-storage";

const HUNGRY: Appetite = { events: 1_000, knownVersions: [1] };

/** A Sequencer without its object: the decisions over real rows in SQLite, under a clock that the test moves. */
export class Desk {
	now = Date.UTC(2026, 10, 21, 12);
	state: SequencerState;
	#tokens = 0;

	/** @param windows small ones make a few events pass every edge between memory and disk */
	constructor(
		given: Partial<SequencerSettings> = {},
		readonly windows?: Windows,
		readonly sql = sequencerSql(),
	) {
		this.state = new SequencerState(this.sql, windows);
		this.save(givenSettings({ integrationId: INTEGRATION, ...given }));
	}

	save(settings: SequencerSettings): void {
		writeMeta(this.sql, "settings", settings);
		writeVersion(this.sql, settings.current);
		if (this.state.settings) this.state.apply(settings);
		else this.restart();
	}

	/** As an eviction or a crash does: memory is gone, rows are kept. */
	restart(): void {
		this.state = new SequencerState(this.sql, this.windows);
		this.state.load(this.now);
	}

	accept(given: Parameters<typeof givenArrival>[0] = {}, source: EventSource = "webhook"): number {
		if (!this.state.settings || !isLive(this.state.settings, 1, this.now)) throw new Error("not live");
		if (judge(this.state, 1, this.state.settings.revision, this.now) !== null) throw new Error("turned away");
		return store(this.state, INTEGRATION, source, givenArrival(given), this.now).sequence;
	}

	/** A delivery to the URL of a generation, from its judgement to its answer. */
	post(generation: number, given: Parameters<typeof givenArrival>[0] = {}): AcceptAnswer & { delivery?: number | null } {
		const arrival = givenArrival(given);
		const fit = () => fits(this.state, arrival, this.now);
		const verdict = judge(this.state, generation, this.state.settings?.revision ?? 0, this.now, 0, 1, fit);
		if (verdict !== null) return verdict;
		const { answer, delivery } = takeIn(this.state, INTEGRATION, arrival, this.now);
		return { ...answer, delivery };
	}

	/** A person runs the workflow once. */
	/** @param lane which it passes while paused; it stands in none otherwise */
	run(lane: string | null = null): number {
		const beside = this.state.paused ? lane : null;
		return store(this.state, INTEGRATION, "manual", givenArrival(), this.now, { beside }).sequence;
	}

	acceptAfterAll(delivery: number) {
		return acceptAfterAll(this.state, INTEGRATION, delivery, this.now);
	}

	/** What the one alarm does when it comes. */
	alarm(): void {
		doDue(this.state, this.now, () => {});
	}

	/** As when the object dies in the middle of a change: its rows are rolled back, and memory is made anew from them. */
	aborted(change: () => void): void {
		this.sql.exec("BEGIN");
		change();
		this.sql.exec("ROLLBACK");
		this.restart();
	}

	/** Claims for a slot; null where there is nothing. */
	claim(slot: number, appetite: Appetite = HUNGRY): Lease | null {
		const answer = claim(this.state, slot, appetite, `token ${++this.#tokens}`, this.now);
		return answer.status === "claimed" ? answer : null;
	}

	settle(
		slot: number,
		token: string,
		settlements: Settlement[],
		appetite: Appetite = { ...HUNGRY, events: 0 },
		holds: HeldKey[] | null = null,
	) {
		return settle(this.state, slot, token, settlements, appetite, this.now, holds);
	}

	renew(slot: number, token: string, execution?: ClaimedExecution): RenewAnswer {
		const journal = execution ? [{ ...identity(execution), startedAt: this.now, steps: execution.steps }] : [];
		return renew(this.state, slot, token, journal, this.now);
	}

	lapse(slot: number): void {
		lapse(this.state, slot, this.now);
	}

	wake(): number {
		return wakeWaiting(this.state, this.now);
	}

	replay(eventId: string, from: "start" | "failedStep" = "start", text?: string) {
		const body = text === undefined ? {} : { body: new TextEncoder().encode(text).buffer as ArrayBuffer };
		return replay(this.state, INTEGRATION, eventId, { from, version: "current", ...body });
	}

	/** Lets a blocked lane go on. */
	skip(lane: string): boolean {
		return skipLane(this.state, laneId(lane));
	}

	cancel(executionId: string) {
		return cancel(this.state, INTEGRATION, executionId, this.now);
	}

	/** Keys of the executions that Executors hold, in order. */
	leased(): number[] {
		return this.state.slots.flatMap(({ lease }) => [...(lease?.entries.keys() ?? [])]).sort((a, b) => a - b);
	}

	/** All that is kept of executions. */
	rows(): unknown[] {
		return this.sql.exec("SELECT key, status, version, ended_at, due_at, steps FROM executions").toArray();
	}

	get ledger() {
		return ledgerOf(this.state);
	}
}

const identity = ({ event, number, version, edition }: ClaimedExecution) => ({ sequence: event.sequence, number, version, edition });

export function settlement(execution: ClaimedExecution, outcome: Outcome, at = 0): Settlement {
	return { ...identity(execution), outcome, startedAt: at, endedAt: at, steps: execution.steps };
}
