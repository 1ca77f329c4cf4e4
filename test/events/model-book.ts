import { expect } from "vitest";
import type { ClaimedExecution, Outcome } from "../../worker/events/protocol/lease";
import type { Ledger } from "../../worker/events/protocol/views";

/** Losses of its Executor in a row after which an execution is given up. */
const LOSSES_MAX = 5;

/** What a reader would expect of each event: its lane, how its latest execution stands, and what that is bound to. */
export interface Expected {
	lane: string | null;
	manual: boolean;
	status: "pending" | "succeeded" | "failed" | "filtered" | "cancelled";
	number: number;
	/** The version that its execution has begun with. */
	version: number | null;
	cancelling: boolean;
	/** How often its Executor was lost since anything was heard of it. */
	interruptions: number;
	/** It blocked its lane and is run again: before all others of it. */
	goesFirst: boolean;
}

/** The list of all events, as anybody would keep it on paper. */
export class Book {
	events: Expected[] = [];
	/** Lanes that a failed event blocks, and which one. */
	blocked = new Map<string, number>();
	accepted = 0;
	duplicates = 0;

	/** The same once more, for when what follows did not happen. */
	copy(): Book {
		return Object.assign(new Book(), structuredClone({ ...this }));
	}

	at(sequence: number): Expected {
		const event = this.events[sequence - 1];
		if (!event) throw new Error(`event ${sequence} was never accepted`);
		return event;
	}

	add(lane: string | null, manual: boolean): void {
		const fresh = { number: 1, version: null, cancelling: false, interruptions: 0, goesFirst: false };
		this.events.push({ lane, manual, status: "pending", ...fresh });
		if (!manual) this.accepted++;
	}

	/** Another execution of an event that has ended. */
	replayed(sequence: number): void {
		const event = this.at(sequence);
		const goesFirst = event.lane !== null && this.blocked.get(event.lane) === sequence;
		if (goesFirst && event.lane !== null) this.blocked.delete(event.lane);
		Object.assign(event, { status: "pending", number: event.number + 1, version: null, interruptions: 0, goesFirst });
	}

	/** @param blocks whether a failure blocks its lane by today's settings */
	settled({ event: { sequence }, version }: ClaimedExecution, outcome: Outcome, blocks: boolean): void {
		const event = this.at(sequence);
		if (outcome.status === "handed_back") return;
		if (outcome.status === "waiting" && !event.cancelling) {
			Object.assign(event, { version, interruptions: 0 });
			return;
		}
		event.cancelling = false;
		if (outcome.status === "failed") this.#fail(sequence, blocks);
		else event.status = outcome.status === "waiting" ? "cancelled" : outcome.status;
	}

	/** Its Executor is gone. @param behind whether another of its lane stood before it there, so that it had not begun */
	lost(sequence: number, blocks: boolean, behind: boolean): void {
		const event = this.at(sequence);
		if (!behind) event.interruptions++;
		if (event.cancelling) Object.assign(event, { status: "cancelled", cancelling: false });
		else if (event.interruptions === LOSSES_MAX) this.#fail(sequence, blocks);
	}

	#fail(sequence: number, blocks: boolean): void {
		const event = this.at(sequence);
		event.status = "failed";
		if (event.lane !== null && blocks) this.blocked.set(event.lane, sequence);
	}

	/**
	 * It is this execution's turn: nothing blocks its lane, and all that came before has ended or stands in front of it.
	 * @param inFront sequences in the same hands
	 */
	expectTurn(sequence: number, number: number, inFront: readonly number[]): void {
		const { lane } = this.at(sequence);
		if (lane === null) return;
		expect(this.blocked.has(lane)).toBe(false);
		const pending = this.events.flatMap((event, index) =>
			event.lane === lane && event.status === "pending" ? [{ ...event, at: index + 1 }] : [],
		);
		const first = pending.find(({ goesFirst }) => goesFirst)?.at ?? sequence;
		expect([sequence, ...inFront]).toContain(first);
		if (number > 1) return;
		const earlier = pending.filter((event) => event.at < sequence && event.number === 1 && !inFront.includes(event.at));
		expect(earlier).toEqual([]);
	}

	/** The ledger says the same. */
	expectLedger(ledger: Ledger): void {
		const { events, accepted, duplicates } = this;
		const count = (status: Expected["status"]): number => events.filter((event) => event.status === status).length;
		expect(ledger).toMatchObject({
			balanced: true,
			lastSequence: events.length,
			deliveries: { received: accepted + duplicates, accepted, duplicate: duplicates, eventsMade: accepted },
			events: {
				total: events.length,
				manual: events.filter(({ manual }) => manual).length,
				pending: count("pending"),
				succeeded: count("succeeded"),
				failed: count("failed"),
				filtered: count("filtered"),
				cancelled: count("cancelled"),
			},
		});
	}
}
