import { expect } from "vitest";
import { SLOTS } from "../../worker/events/backlog";
import { LEASE_MS } from "../../worker/events/leases";
import type { Appetite, ClaimedExecution, Outcome } from "../../worker/events/protocol";
import { executionKey } from "../../worker/events/schema";
import { eventId, executionId } from "../../worker/ids";
import { WHOLE_INTEGRATION } from "../../worker/integrations/ordering-key";
import { orderingSchema, type SequencerSettings } from "../../worker/integrations/settings";
import { INTEGRATION } from "../given/history";
import { Desk, settlement } from "../given/sequencer";
import { givenSettings } from "../given/settings";

type Ended = "succeeded" | "failed" | "filtered" | "cancelled";
export type Mode = "none" | "integration" | "key";

/** What a reader would expect of each event: its lane, how its latest execution stands, and what that is bound to. */
interface Expected {
	lane: string | null;
	manual: boolean;
	status: "pending" | Ended;
	number: number;
	/** The version that its execution has begun with. */
	version: number | null;
	cancelling: boolean;
	/** How often its Executor was lost. */
	interruptions: number;
	/** It blocked its lane and is run again: before all others of it. */
	goesFirst: boolean;
}

/** What an Executor believes that it holds. */
interface Held {
	token: string;
	until: number;
	executions: ClaimedExecution[];
}

/** Losses of its Executor after which an execution is given up. */
const LOSSES_MAX = 8;
/** How long a delivery is remembered. */
const WINDOW_MS = 8_000;

/** The Sequencer's decisions beside lists that anybody can check by eye. */
export class World {
	readonly desk: Desk;
	expected: Expected[] = [];
	held = new Map<number, Held>();
	/** Executors that were replaced and do not know it. */
	late: { slot: number; token: string; execution: ClaimedExecution }[] = [];
	/** Lanes that a failed event blocks, and which one. */
	blocked = new Map<string, number>();
	keys = new Map<string, { sequence: number; body: string; until: number }>();
	/** Kept repetitions with another body. */
	conflicts: { delivery: number; sku: string | null }[] = [];
	generations: { generation: number; expiresAt: number | null }[] = [{ generation: 1, expiresAt: null }];
	duplicates = 0;
	accepted = 0;
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
			this.duplicates++;
			if (first.body !== text) this.conflicts.push({ delivery: answer.delivery ?? 0, sku });
			return;
		}
		this.#expectNext(answer, lane, false);
		this.accepted++;
		if (key !== null) this.keys.set(key, { sequence: this.expected.length, body: text, until: this.desk.now + WINDOW_MS });
	}

	/** What repeated an id with another body becomes an event after all, in the lane that it would have today. */
	acceptAfterAll(pick: number): void {
		const conflict = at(this.conflicts, pick);
		if (!conflict) return;
		this.conflicts = this.conflicts.filter((other) => other !== conflict);
		this.#expectNext(this.desk.acceptAfterAll(conflict.delivery), this.laneOf(conflict.sku), false);
		this.accepted++;
		this.duplicates--;
		expect(this.desk.acceptAfterAll(conflict.delivery)).toEqual({ status: "accepted_already" });
	}

	/** Run by a person, also while paused. */
	run(): void {
		this.#expectNext({ status: "accepted", sequence: this.desk.run() }, null, true);
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
		this.#note(execution, outcome);
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
		this.#event(execution.event.sequence).version = execution.version;
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
		const event = at(this.expected, pick);
		if (!event) return;
		const sequence = this.expected.indexOf(event) + 1;
		const answer = this.desk.replay(eventId(INTEGRATION, sequence));
		expect(answer.status).toBe(event.status === "pending" ? "not_ended" : "queued");
		if (event.status === "pending") return;
		Object.assign(event, { status: "pending", number: event.number + 1, version: null, interruptions: 0 });
		event.goesFirst = event.lane !== null && this.blocked.get(event.lane) === sequence;
		if (event.goesFirst && event.lane !== null) this.blocked.delete(event.lane);
	}

	cancel(pick: number): void {
		const event = at(this.expected, pick);
		if (!event) return;
		const sequence = this.expected.indexOf(event) + 1;
		const { status } = this.desk.cancel(executionId(INTEGRATION, sequence, event.number));
		expect(event.status === "pending" ? ["cancelled", "cancelling"] : ["ended"]).toContain(status);
		if (event.status !== "pending") return;
		if (status === "cancelled") Object.assign(event, { status, cancelling: false });
		else event.cancelling = true;
	}

	skip(pick: number): void {
		const lane = at([...this.blocked.keys()], pick) ?? '["A"]';
		expect(this.desk.skip(lane)).toBe(this.blocked.delete(lane));
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
		const { expected, held, late, blocked, keys, conflicts, generations, duplicates, accepted, settings } = this;
		const before = structuredClone({ expected, held, late, blocked, keys, conflicts, generations, duplicates, accepted, settings });
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
		const { ledger } = this.desk;
		const count = (status: string): number => this.expected.filter((event) => event.status === status).length;
		expect(ledger.balanced).toBe(true);
		expect(ledger.lastSequence).toBe(this.expected.length);
		expect(ledger.deliveries).toMatchObject({
			received: this.accepted + this.duplicates,
			accepted: this.accepted,
			duplicate: this.duplicates,
			eventsMade: this.accepted,
		});
		expect(ledger.events).toMatchObject({
			total: this.expected.length,
			manual: this.expected.filter(({ manual }) => manual).length,
			pending: count("pending"),
			succeeded: count("succeeded"),
			failed: count("failed"),
			filtered: count("filtered"),
			cancelled: count("cancelled"),
		});
	}

	/** With everything going right from here on, every event ends. */
	drain(): void {
		this.save({ status: "active" });
		for (let round = 0; round < 10_000; round++) {
			this.advance(60_000);
			this.alarm();
			for (const _ of [...this.blocked]) this.skip(0);
			for (let slot = 0; slot < SLOTS; slot++) {
				const appetite = { events: 10, run: 3, knownVersions: [] };
				this.claim(slot, appetite);
				while (this.held.size > 0) this.settleAny(0, { status: "succeeded" }, appetite, false);
			}
			if (this.desk.ledger.events.pending === 0) return;
		}
		throw new Error(`events were left behind: ${JSON.stringify(this.desk.ledger)}`);
	}

	#expectNext(answer: { status: string; sequence?: number }, lane: string | null, manual: boolean): void {
		expect(answer).toMatchObject({ status: "accepted", sequence: this.expected.length + 1 }); // no gaps
		this.expected.push({
			lane,
			manual,
			status: "pending",
			number: 1,
			version: null,
			cancelling: false,
			interruptions: 0,
			goesFirst: false,
		});
	}

	#lose(slot: number): void {
		const held = this.held.get(slot);
		this.held.delete(slot);
		for (const execution of held?.executions ?? []) {
			if (held) this.late.push({ slot, token: held.token, execution });
			const event = this.#event(execution.event.sequence);
			event.interruptions++;
			if (event.cancelling) Object.assign(event, { status: "cancelled", cancelling: false });
			else if (event.interruptions === LOSSES_MAX) this.#fail(execution.event.sequence);
		}
	}

	#note({ event: { sequence }, version }: ClaimedExecution, outcome: Outcome): void {
		const event = this.#event(sequence);
		if (outcome.status === "handed_back") return;
		if (outcome.status === "waiting" && !event.cancelling) {
			event.version = version;
			return;
		}
		event.cancelling = false;
		if (outcome.status === "failed") this.#fail(sequence);
		else event.status = outcome.status === "waiting" ? "cancelled" : outcome.status;
	}

	#fail(sequence: number): void {
		const event = this.#event(sequence);
		event.status = "failed";
		if (event.lane !== null && this.settings.ordering.onFailure === "block") this.blocked.set(event.lane, sequence);
	}

	#take(slot: number, token: string, executions: ClaimedExecution[], appetite: Appetite, versions: { version: number }[]): void {
		const held = this.held.get(slot) ?? { token, until: 0, executions: [] };
		for (const execution of executions) {
			const { event, number, version } = execution;
			const expected = this.#event(event.sequence);
			if (this.paused) expect(expected.manual).toBe(true);
			expect({ status: expected.status, number: expected.number }).toEqual({ status: "pending", number });
			expect(version).toBe(expected.version ?? this.settings.current.version);
			expect([...appetite.knownVersions, ...versions.map((known) => known.version)]).toContain(version);
			if (event.lane !== null) this.#expectTurn(event.sequence, event.lane, number, held);
			held.executions.push(execution);
		}
		this.held.set(slot, { ...held, token, until: this.desk.now + LEASE_MS });
	}

	/** Nothing blocks the lane, and all that came before has ended or stands before it in the same hands. */
	#expectTurn(sequence: number, lane: string, number: number, held: Held): void {
		expect(this.blocked.has(lane)).toBe(false);
		const first = this.expected.findIndex((other) => other.lane === lane && other.goesFirst && other.status === "pending");
		expect(first < 0 ? sequence : first + 1).toBe(sequence);
		if (number > 1) return;
		const before = new Set(held.executions.map(({ event }) => event.sequence));
		const earlier = this.expected.flatMap((other, index) => {
			const waits = index + 1 < sequence && other.lane === lane && other.number === 1 && other.status === "pending";
			return waits && !before.has(index + 1) ? [index + 1] : [];
		});
		expect(earlier).toEqual([]);
	}

	#event(sequence: number): Expected {
		const event = this.expected[sequence - 1];
		if (!event) throw new Error(`event ${sequence} was never accepted`);
		return event;
	}
}

const orderingOf = (mode: Mode, onFailure: "continue" | "block") =>
	orderingSchema.parse({ mode, key: "event.body.sku", concurrency: 40, onFailure });

/** One of a list, picked by any number. */
function at<T>(list: readonly T[], pick: number): T {
	return list[pick % Math.max(1, list.length)] as T;
}
