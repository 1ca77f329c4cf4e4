import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SLOTS } from "../../worker/events/backlog";
import type { ClaimedExecution, Outcome } from "../../worker/events/protocol";
import { orderingSchema } from "../../worker/integrations/settings";
import { Desk, settlement } from "../given/sequencer";
import { givenSettings } from "../given/settings";

/**
 * The Sequencer's decisions beside a list that anybody can check by eye: random orders of everything that can happen
 * to events, with restarts in between, over real rows.
 */

const SLOT_NUMBERS = Array.from({ length: SLOTS }, (_, index) => index);
const LANES = [null, "A", "B", "C"] as const;
type Ended = "succeeded" | "failed" | "filtered" | "cancelled";

/** What a reader would expect of each event: nothing but its lane and how its latest execution stands. */
interface Expected {
	lane: string | null;
	status: "pending" | Ended;
	number: number;
}

class World {
	readonly desk: Desk;
	readonly expected: Expected[] = [];
	readonly held = new Map<number, { token: string; executions: ClaimedExecution[] }>();
	/** Lanes that a failed event blocks, and which one. */
	readonly blocked = new Map<string, number>();
	paused = false;
	#revision = 1;

	constructor(readonly onFailure: "continue" | "block") {
		this.desk = new Desk(this.#settings(), { entries: 12, refill: 3, lane: 2, laneLow: 1 });
	}

	#settings() {
		return givenSettings({
			revision: this.#revision++,
			status: this.paused ? "paused" : "active",
			ordering: orderingSchema.parse({ mode: "key", key: "event.body.sku", concurrency: 40, onFailure: this.onFailure }),
		});
	}

	accept(lane: string | null): void {
		const sequence = this.desk.accept({ lane });
		this.expected.push({ lane, status: "pending", number: 1 });
		expect(sequence).toBe(this.expected.length); // no gaps
	}

	/** Claims for one of the slots that can get something, where there is any. */
	claimAny(pick: number, events: number): void {
		const { backlog } = this.desk.state;
		const slots = SLOT_NUMBERS.filter((slot) => !this.held.has(slot) && backlog.ready > 0);
		this.claim(slots[pick % Math.max(1, slots.length)] ?? pick, events);
	}

	settleAny(pick: number, outcome: Outcome, events: number): void {
		const slots = [...this.held.keys()];
		this.settle(slots[pick % Math.max(1, slots.length)] ?? pick, outcome, events);
	}

	claim(slot: number, events: number): void {
		const before = this.held.get(slot);
		const lease = this.desk.claim(slot, { events, knownVersions: [1] });
		if (before) expect(this.desk.renew(slot, before.token)).toEqual({ status: "lost" });
		this.held.delete(slot);
		if (lease) this.#take(slot, lease.token, lease.executions);
	}

	settle(slot: number, outcome: Outcome, events: number): void {
		const held = this.held.get(slot);
		if (!held) return;
		const [execution, ...rest] = held.executions;
		if (!execution) return;
		const answer = this.desk.settle(slot, held.token, [settlement(execution, outcome, this.desk.now)], { events, knownVersions: [1] });
		if (answer.status === "lost") throw new Error("a lease that was held is lost");
		const event = this.#event(execution.event.sequence);
		if (outcome.status !== "waiting" && outcome.status !== "handed_back") event.status = outcome.status;
		if (outcome.status === "failed" && event.lane !== null && this.onFailure === "block")
			this.blocked.set(event.lane, execution.event.sequence);
		this.held.delete(slot);
		if (rest.length > 0) this.held.set(slot, { token: held.token, executions: rest });
		if (answer.executions.length > 0) this.#take(slot, held.token, answer.executions);
	}

	lapse(slot: number): void {
		const held = this.held.get(slot);
		if (!held) return;
		this.desk.lapse(slot);
		expect(this.desk.renew(slot, held.token)).toEqual({ status: "lost" });
		this.held.delete(slot);
	}

	replay(at: number): void {
		const event = this.expected[at % Math.max(1, this.expected.length)];
		if (!event) return;
		const sequence = this.expected.indexOf(event) + 1;
		const answer = this.desk.replay(idOf(sequence));
		expect(answer.status).toBe(event.status === "pending" ? "not_ended" : "queued");
		if (event.status === "pending") return;
		event.status = "pending";
		event.number++;
		if (event.lane !== null && this.blocked.get(event.lane) === sequence) this.blocked.delete(event.lane);
	}

	skip(lane: string): void {
		expect(this.desk.skip(lane)).toBe(this.blocked.delete(lane));
	}

	pause(paused: boolean): void {
		this.paused = paused;
		this.desk.save(this.#settings());
	}

	advance(ms: number): void {
		this.desk.now += ms;
		this.desk.wake();
	}

	restart(): void {
		this.desk.restart();
	}

	/** What must hold at every moment. */
	check(): void {
		const running = [...this.held.values()].flatMap(({ executions }) => executions.map(({ event }) => event));
		const lanes = running.map(({ lane }) => lane).filter((lane) => lane !== null);
		expect(new Set(lanes).size).toBe(lanes.length); // one of a lane at a time
		const ledger = this.desk.ledger;
		const count = (status: string): number => this.expected.filter((event) => event.status === status).length;
		expect(ledger.balanced).toBe(true);
		expect(ledger.events).toMatchObject({
			total: this.expected.length,
			pending: count("pending"),
			succeeded: count("succeeded"),
			failed: count("failed"),
			filtered: count("filtered"),
		});
	}

	/** With everything going right from here on, every event ends. */
	drain(): void {
		this.pause(false);
		for (const slot of [...this.held.keys()]) this.lapse(slot);
		for (const lane of [...this.blocked.keys()]) this.skip(lane);
		for (let round = 0; round < 10_000; round++) {
			this.advance(60_000);
			for (let slot = 0; slot < 8; slot++) {
				this.claim(slot, 10);
				while (this.held.has(slot)) this.settle(slot, { status: "succeeded" }, 10);
			}
			if (this.desk.ledger.events.pending === 0) return;
		}
		throw new Error(`events were left behind: ${JSON.stringify(this.desk.ledger)}`);
	}

	#take(slot: number, token: string, executions: ClaimedExecution[]): void {
		expect(this.paused).toBe(false);
		for (const { event, number } of executions) {
			const expected = this.#event(event.sequence);
			expect({ status: expected.status, number: expected.number }).toEqual({ status: "pending", number });
			if (event.lane === null) continue;
			expect(this.blocked.has(event.lane)).toBe(false);
			if (number > 1) continue;
			// First executions of a lane begin in the order of their numbers.
			const earlier = this.expected.slice(0, event.sequence - 1).filter((other) => other.lane === event.lane && other.number === 1);
			expect(earlier.filter((other) => other.status === "pending")).toEqual([]);
		}
		const held = this.held.get(slot);
		this.held.set(slot, { token, executions: [...(held?.executions ?? []), ...executions] });
	}

	#event(sequence: number): Expected {
		const event = this.expected[sequence - 1];
		if (!event) throw new Error(`event ${sequence} was never accepted`);
		return event;
	}
}

const idOf = (sequence: number): string => `evt_0123456789abcdef${sequence.toString(32).padStart(8, "0").replace(/[a-v]/g, crockford)}`;
const crockford = (digit: string): string => "abcdefghjkmnpqrstvwxyz"["abcdefghijklmnopqrstuv".indexOf(digit)] ?? digit;

const slot = fc.integer({ min: 0, max: 7 });
const events = fc.integer({ min: 0, max: 6 });
const outcome = fc.constantFrom<Outcome>(
	{ status: "succeeded" },
	{ status: "succeeded" },
	{ status: "filtered", stepId: "f" },
	{ status: "failed", error: { code: "http_status", message: "500" } },
	{ status: "waiting", delayMs: 5_000, reason: "503" },
	{ status: "handed_back" },
);
const command = fc.oneof(
	{ weight: 9, arbitrary: fc.constantFrom(...LANES).map((lane) => (world: World) => world.accept(lane)) },
	{
		weight: 6,
		arbitrary: fc.tuple(slot, events).map(
			([s, n]) =>
				(world: World) =>
					world.claimAny(s, n),
		),
	},
	{
		weight: 8,
		arbitrary: fc.tuple(slot, outcome, events).map(
			([s, o, n]) =>
				(world: World) =>
					world.settleAny(s, o, n),
		),
	},
	{ weight: 1, arbitrary: slot.map((s) => (world: World) => world.lapse(s)) },
	{ weight: 2, arbitrary: fc.nat().map((at) => (world: World) => world.replay(at)) },
	{ weight: 1, arbitrary: fc.constantFrom("A", "B", "C").map((lane) => (world: World) => world.skip(lane)) },
	{ weight: 1, arbitrary: fc.boolean().map((paused) => (world: World) => world.pause(paused)) },
	{ weight: 2, arbitrary: fc.constantFrom(1_000, 5_000).map((ms) => (world: World) => world.advance(ms)) },
	{ weight: 2, arbitrary: fc.constant((world: World) => world.restart()) },
);

describe("whatever happens, in whatever order", () => {
	it("numbers have no gaps, lanes keep their order, the ledger balances and every event ends", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(fc.constantFrom("continue", "block"), fc.array(command, { minLength: 5, maxLength: 120 }), (onFailure, commands) => {
				const world = new World(onFailure);
				for (const act of commands) {
					act(world);
					world.check();
				}
				world.drain();
			}),
			{ numRuns: 500 },
		);
	});
});
