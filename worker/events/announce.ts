import { readAccepted, readKept } from "../history/deliveries";
import { readEventSummary } from "../history/events";
import { readExecutionSummary } from "../history/executions";
import type { LiveFeed } from "../history/live";
import type { Reading } from "../history/summaries";
import { eventId, executionId, executionOf } from "../ids";
import type { StepRecord } from "./protocol/journal";
import type { JournalEntry } from "./protocol/lease";
import type { Change } from "./protocol/live";
import { readingOf } from "./reading";
import { executionKey } from "./schema";
import type { SequencerState } from "./state";

/**
 * Tells the live feed what changed. Rows are read when a message leaves, so that one read serves all changes since the
 * last message. Callers ask `live.watched` first: unwatched, it costs nothing.
 */
export class Announcer {
	#reading: Reading | null = null;

	constructor(
		readonly live: LiveFeed,
		readonly state: () => SequencerState,
	) {}

	/** An event came. */
	event(sequence: number): void {
		this.#later(`delivery ${sequence}`, (sql, reading) => {
			const delivery = readAccepted(sql, reading, sequence);
			return delivery && { kind: "delivery", delivery };
		});
		this.executions([{ sequence, number: 1 }]);
	}

	/** Events came: those behind this number. */
	eventsAfter(sequence: number): void {
		for (let next = sequence + 1; next <= this.state().last; next++) this.event(next);
	}

	/** An execution has another status, and its event with it. */
	execution(id: string): void {
		const integrationId = this.state().settings?.integrationId ?? "";
		const named = executionOf(integrationId, id);
		if (named !== null) this.executions([named]);
	}

	/** As `execution`, for many; with their steps where these have changed. */
	executions(of: readonly { sequence: number; number: number; steps?: readonly StepRecord[] }[]): void {
		const integrationId = this.state().settings?.integrationId;
		if (!integrationId) return;
		for (const { sequence, number, steps } of of) {
			const id = executionId(integrationId, sequence, number);
			this.#later(`event ${eventId(integrationId, sequence)}`, (sql, reading) => {
				const event = readEventSummary(sql, reading, sequence);
				return event && { kind: "event", event };
			});
			this.#later(`execution ${id}`, (sql, reading) => {
				const execution = readExecutionSummary(sql, reading, executionKey(sequence, number));
				return execution && { kind: "execution", execution };
			});
			if (steps && steps.length > 0) this.live.publish(stepChange(id, steps));
		}
	}

	journaled(entries: readonly JournalEntry[]): void {
		this.executions(entries);
	}

	/** A delivery made no event, and is kept as this row. */
	delivery(id: number): void {
		this.#later(`delivery ${id}`, (sql, reading) => {
			const delivery = readKept(sql, reading, id);
			return delivery && { kind: "delivery", delivery };
		});
	}

	#later(key: string, build: (sql: SqlStorage, reading: Reading) => Change | null): void {
		this.live.publishLater(key, () => {
			const reading = this.#now();
			return reading && build(this.state().sql, reading);
		});
	}

	/** The reading of this turn, which all changes of one message share. */
	#now(): Reading | null {
		if (this.#reading === null) {
			this.#reading = readingOf(this.state());
			queueMicrotask(() => {
				this.#reading = null;
			});
		}
		return this.#reading;
	}
}

function stepChange(id: string, steps: readonly StepRecord[]): Change {
	return {
		kind: "step",
		executionId: id,
		steps: steps.map((step) => ({ path: step.path, id: step.id, status: step.status, attempts: step.attempts.length })),
	};
}
