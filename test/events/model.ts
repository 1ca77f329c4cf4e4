import { expect } from "vitest";
import { SLOTS } from "../../worker/events/backlog";
import { LEASE_MS } from "../../worker/events/leases";
import type { Appetite, ClaimedExecution, Outcome } from "../../worker/events/protocol/lease";
import { executionKey } from "../../worker/events/schema";
import { eventId, executionId } from "../../worker/ids";
import { WHOLE_INTEGRATION } from "../../worker/integrations/ordering-key";
import { orderingSchema, type SequencerSettings } from "../../worker/integrations/settings";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";
import { givenSettings } from "../given/settings";
import { Book } from "./model-book";

export type Mode = "none" | "integration" | "key";

/** What an Executor believes that it holds. */
interface Held {
	token: string;
	until: number;
	executions: ClaimedExecution[];
}

/** How long a delivery is remembered. */
const WINDOW_MS = 8_000;

/** The Sequencer's decisions beside lists that anybody can check by eye. */
export class World {
	readonly desk: Desk;
	book = new Book();
	held = new Map<number, Held>();
	/** Executors that were replaced and do not know it. */
	late: { slot: number; token: string; execution: ClaimedExecution }[] = [];
	keys = new Map<string, { sequence: number; body: string; until: number }>();
	/** Kept repetitions with another body. */
	conflicts: { delivery: number; sku: string | null }[] = [];
	generations: { generation: number; expiresAt: number | null }[] = [{ generation: 1, expiresAt: null }];
	settings: SequencerSettings;

	constructor(onFailure: "continue" | "block") {
		this.settings = givenSettings({ integrationId: INTEGRATION, ordering: orderingOf("key", onFailure) });
		this.desk = new Desk(this.settings, { entries: 12, refill: 3, lane: 2, laneLow: 1 });
	}

	get paused(): boolean {
		return this.settings.status === "paused";
	}

	laneOf(sku: string | null): string | null {
		const { mode } = this.settings.ordering;
		return mode === "none" ? null : mode === "integration" ? WHOLE_INTEGRATION : sku && `["${sku}"]`;
	}

	/** A delivery; `key` is what it is recognized by when it comes again. */
	post(sku: string | null, key: string | null, body: string, pick: number): void {
		const lane = this.laneOf(sku);
		const { generation, expiresAt } = at(this.generations, pick);
		const text = JSON.stringify({ sku, body });
		const duplicateKey = key === null ? null : { key, bodyHash: text, windowMs: WINDOW_MS };
		const answer = this.desk.post(generation, { lane, text, duplicateKey });
		if (expiresAt !== null && expiresAt <= this.desk.now) {
			expect(answer.status).toBe("unknown"); // rotated away
			return;
		}
		const first = key === null ? undefined : this.keys.get(key);
		if (first && first.until > this.desk.now) {
			expect(answer).toMatchObject({ status: "duplicate", sequence: first.sequence });
			this.book.duplicates++;
			if (first.body !== text) this.conflicts.push({ delivery: answer.delivery ?? 0, sku });
			return;
		}
		this.#expectNext(answer, lane, false);
		if (key !== null) this.keys.set(key, { sequence: this.book.events.length, body: text, until: this.desk.now + WINDOW_MS });
	}

	/** What repeated an id with another body becomes an event after all, in the lane that it would have today. */
	acceptAfterAll(pick: number): void {
		const conflict = at(this.conflicts, pick);
		if (!conflict) return;
		this.conflicts = this.conflicts.filter((other) => other !== conflict);
		this.#expectNext(this.desk.acceptAfterAll(conflict.delivery), this.laneOf(conflict.sku), false);
		this.book.duplicates--;
		expect(this.desk.acceptAfterAll(conflict.delivery)).toEqual({ status: "accepted_already" });
	}

	/** Run by a person, also while paused. */
	run(sku: string | null): void {
		this.#expectNext({ status: "accepted", sequence: this.desk.run(this.laneOf(sku)) }, null, true);
	}

	claim(slot: number, appetite: Appetite): void {
		const before = this.held.get(slot);
		const lease = this.desk.claim(slot, appetite);
		if (before) this.#lose(slot);
		if (lease) this.#take(slot, lease.token, lease.executions, appetite, lease.versions);
	}

	/** Claims for a slot that holds nothing, where there is one. */
	claimAny(pick: number, appetite: Appetite): void {
		const idle = Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => !this.held.has(slot));
		this.claim(at(idle, pick) ?? pick % SLOTS, appetite);
	}

	/** Settles the first of what one Executor holds. `lost`: its answer does not arrive. */
	settleAny(pick: number, outcome: Outcome, appetite: Appetite, lost: boolean): void {
		const slot = at([...this.held.keys()], pick);
		const held = slot === undefined ? undefined : this.held.get(slot);
		const [execution, ...rest] = held?.executions ?? [];
		if (slot === undefined || !held || !execution) return;
		const goesOn = outcome.status === "succeeded" || outcome.status === "filtered";
		const back = goesOn ? [] : rest.filter(({ event }) => event.lane !== null && event.lane === execution.event.lane);
		const stays = rest.filter((other) => !back.includes(other));
		const settled = [
			settlement(execution, outcome, this.desk.now),
			...back.map((other) => settlement(other, { status: "handed_back" }, this.desk.now)),
		];
		const answer = this.desk.settle(slot, held.token, settled, appetite);
		if (answer.status === "lost") throw new Error("a lease that was held is lost");
		this.book.settled(execution, outcome, this.#blocks);
		held.executions = stays;
		held.until = this.desk.now + LEASE_MS;
		if (stays.length === 0) this.held.delete(slot);
		if (lost) {
			// Asked once more, it says what it holds: the rest goes back, and nothing is settled twice.
			const holds = stays.map(({ event, number }) => ({ sequence: event.sequence, number }));
			const again = this.desk.settle(slot, answer.token, settled, { ...appetite, events: 0 }, holds);
			if (stays.length > 0) expect(again).toMatchObject({ status: "settled", executions: [] });
		} else if (answer.executions.length > 0) this.#take(slot, answer.token, answer.executions, appetite, answer.versions);
	}

	/** An execution is about to call out: those behind it went back, and it is journaled. */
	journalAny(pick: number): void {
		const slot = at([...this.held.keys()], pick);
		const held = slot === undefined ? undefined : this.held.get(slot);
		const [execution] = held?.executions ?? [];
		if (slot === undefined || !held || !execution) return;
		const behind = held.executions.filter(
			(other) => other !== execution && other.event.lane !== null && other.event.lane === execution.event.lane,
		);
		if (behind.length > 0) {
			const backs = behind.map((other) => settlement(other, { status: "handed_back" }, this.desk.now));
			expect(this.desk.settle(slot, held.token, backs).status).toBe("settled");
			held.executions = held.executions.filter((other) => !behind.includes(other));
		}
		expect(this.desk.renew(slot, held.token, execution).status).toBe("renewed");
		held.until = this.desk.now + LEASE_MS;
		Object.assign(this.book.at(execution.event.sequence), { version: execution.version, interruptions: 0 });
	}

	/** One that was replaced wakes up and goes on as if nothing had happened: nothing comes of it. */
	lateAny(pick: number): void {
		const late = at(this.late, pick);
		if (!late) return;
		const { slot, token, execution } = late;
		const before = JSON.stringify([this.desk.ledger, this.desk.rows()]);
		expect(this.desk.renew(slot, token, execution)).toEqual({ status: "lost" });
		const done = settlement(execution, { status: "succeeded" }, this.desk.now);
		expect(this.desk.settle(slot, token, [done], { events: 5, knownVersions: [] })).toEqual({ status: "lost" });
		expect(JSON.stringify([this.desk.ledger, this.desk.rows()])).toBe(before);
	}

	replay(pick: number): void {
		const sequence = this.#pickSequence(pick);
		if (sequence === null) return;
		const pending = this.book.at(sequence).status === "pending";
		expect(this.desk.replay(eventId(INTEGRATION, sequence)).status).toBe(pending ? "not_ended" : "queued");
		if (!pending) this.book.replayed(sequence);
	}

	cancel(pick: number): void {
		const sequence = this.#pickSequence(pick);
		if (sequence === null) return;
		const event = this.book.at(sequence);
		const { status } = this.desk.cancel(executionId(INTEGRATION, sequence, event.number));
		expect(event.status === "pending" ? ["cancelled", "cancelling"] : ["ended"]).toContain(status);
		if (status === "cancelled") Object.assign(event, { status, cancelling: false });
		if (status === "cancelling") event.cancelling = true;
	}

	skip(pick: number): void {
		const lane = at([...this.book.blocked.keys()], pick) ?? '["A"]';
		expect(this.desk.skip(lane)).toBe(this.book.blocked.delete(lane));
	}

	/** Every save is a new revision, and one of the workflow a new version. */
	save(changed: Partial<SequencerSettings>): void {
		this.settings = { ...this.settings, ...changed, revision: this.settings.revision + 1 };
		this.desk.save(this.settings);
	}

	saveVersion(): void {
		this.save({ current: { ...this.settings.current, version: this.settings.current.version + 1 } });
	}

	saveOrdering(mode: Mode, onFailure: "continue" | "block"): void {
		this.save({ ordering: orderingOf(mode, onFailure) });
	}

	/** A new URL; the one before answers on for a while. */
	rotate(graceMs: number): void {
		const generation = this.generations.length + 1;
		const before = this.generations.map((old) => (old.expiresAt === null ? { ...old, expiresAt: this.desk.now + graceMs } : old));
		this.generations = [...before, { generation, expiresAt: null }];
		this.save({ generations: this.generations });
	}

	advance(ms: number): void {
		this.desk.now += ms;
	}

	alarm(): void {
		this.desk.alarm();
		for (const [slot, { until }] of [...this.held]) if (until <= this.desk.now) this.#lose(slot);
	}

	evict(): void {
		this.desk.restart();
		for (const held of this.held.values()) held.until = this.desk.now + LEASE_MS; // the full time once more
	}

	/** The object dies in the middle of a change: nothing of that remains, here or there. */
	abort(change: (world: World) => void): void {
		const { held, late, keys, conflicts, generations, settings } = this;
		const before = { book: this.book.copy(), ...structuredClone({ held, late, keys, conflicts, generations, settings }) };
		const { now } = this.desk;
		this.desk.aborted(() => change(this));
		Object.assign(this, before);
		this.desk.now = now;
		this.evict();
	}

	/** What must hold at every moment. */
	check(): void {
		const running = [...this.held].flatMap(([slot, { executions }]) => executions.map(({ event }) => ({ slot, lane: event.lane })));
		const slotOf = new Map<string, number>();
		for (const { slot, lane } of running) {
			if (lane === null) continue;
			expect(slotOf.get(lane) ?? slot).toBe(slot); // a lane is in one Executor's hands
			slotOf.set(lane, slot);
		}
		// What the Sequencer believes to be in an Executor's hands is there.
		const held = [...this.held.values()].flatMap(({ executions }) => executions);
		const keys = held.map(({ event, number }) => executionKey(event.sequence, number));
		expect(this.desk.leased()).toEqual(keys.sort((a, b) => a - b));
		this.book.expectLedger(this.desk.ledger);
	}

	/** With everything going right from here on, every event ends. */
	drain(): void {
		this.save({ status: "active" });
		for (let round = 0; round < 10_000; round++) {
			this.advance(60_000);
			this.alarm();
			for (const _ of [...this.book.blocked]) this.skip(0);
			for (let slot = 0; slot < SLOTS; slot++) {
				const appetite = { events: 10, run: 3, knownVersions: [] };
				this.claim(slot, appetite);
				while (this.held.size > 0) this.settleAny(0, { status: "succeeded" }, appetite, false);
			}
			if (this.desk.ledger.events.pending === 0) return;
		}
		throw new Error(`events were left behind: ${JSON.stringify(this.desk.ledger)}`);
	}

	/** Whether an event that fails now blocks its lane. */
	get #blocks(): boolean {
		return this.settings.ordering.onFailure === "block";
	}

	#pickSequence(pick: number): number | null {
		const { length } = this.book.events;
		return length === 0 ? null : (pick % length) + 1;
	}

	#expectNext(answer: { status: string; sequence?: number }, lane: string | null, manual: boolean): void {
		expect(answer).toMatchObject({ status: "accepted", sequence: this.book.events.length + 1 }); // no gaps
		this.book.add(lane, manual);
	}

	#lose(slot: number): void {
		const held = this.held.get(slot);
		this.held.delete(slot);
		const keyOf = ({ event, number }: ClaimedExecution): number => executionKey(event.sequence, number);
		for (const execution of held?.executions ?? []) {
			if (held) this.late.push({ slot, token: held.token, execution });
			const { lane } = execution.event;
			const behind = held?.executions.some((other) => lane !== null && other.event.lane === lane && keyOf(other) < keyOf(execution));
			this.book.lost(execution.event.sequence, this.#blocks, behind === true);
		}
	}

	#take(slot: number, token: string, executions: ClaimedExecution[], appetite: Appetite, versions: { version: number }[]): void {
		const held = this.held.get(slot) ?? { token, until: 0, executions: [] };
		for (const execution of executions) {
			const { event, number, version } = execution;
			const expected = this.book.at(event.sequence);
			if (this.paused) expect(expected.manual).toBe(true);
			expect({ status: expected.status, number: expected.number, lane: expected.lane }).toEqual({
				status: "pending",
				number,
				lane: event.lane,
			});
			expect(version).toBe(expected.version ?? this.settings.current.version);
			expect([...appetite.knownVersions, ...versions.map((known) => known.version)]).toContain(version);
			const inFront = held.executions.map(({ event: { sequence } }) => sequence);
			this.book.expectTurn(event.sequence, number, inFront);
			held.executions.push(execution);
		}
		this.held.set(slot, { ...held, token, until: this.desk.now + LEASE_MS });
	}
}

const orderingOf = (mode: Mode, onFailure: "continue" | "block") =>
	orderingSchema.parse({ mode, key: "event.body.sku", concurrency: 40, onFailure });

/** One of a list, picked by any number. */
function at<T>(list: readonly T[], pick: number): T {
	return list[pick % Math.max(1, list.length)] as T;
}
