import type { JournalEntry, StepRecord } from "../events/protocol";
import { executionKey, numberOfKey, sequenceOfKey } from "../events/schema";
import { eventId, executionId } from "../ids";
import { readRejected } from "./deliveries";
import { readEventSummary } from "./events";
import { readExecutionSummary } from "./executions";
import type { LiveFeed } from "./live";
import type { Reading } from "./summaries";

/**
 * Tells the live feed what the Sequencer has just written. Rows are read when a message leaves, so one read serves all
 * changes of an execution since the last message, and nothing is read while nobody watches.
 */
export class Announcer {
	readonly #live: LiveFeed;
	readonly #sql: SqlStorage;
	readonly #reading: () => Reading;

	constructor(live: LiveFeed, sql: SqlStorage, reading: () => Reading) {
		this.#live = live;
		this.#sql = sql;
		this.#reading = reading;
	}

	/** An event was made, or its newest execution has another status. */
	event(sequence: number): void {
		if (!this.#live.watched) return;
		const { integrationId } = this.#reading();
		this.#live.publishLater(`event ${eventId(integrationId, sequence)}`, () => {
			const event = readEventSummary(this.#sql, this.#reading(), sequence);
			return event === null ? null : { kind: "event", event };
		});
	}

	/** An execution was queued, claimed, put off, cancelled or ended. Its event changes with it. */
	execution(sequence: number, number: number): void {
		if (!this.#live.watched) return;
		this.event(sequence);
		const key = executionKey(sequence, number);
		this.#live.publishLater(`execution ${this.#executionId(key)}`, () => {
			const execution = readExecutionSummary(this.#sql, this.#reading(), key);
			return execution === null ? null : { kind: "execution", execution };
		});
	}

	/** Executions reported their steps: a journal or, with the end, a settlement. */
	steps(entries: readonly Pick<JournalEntry, "sequence" | "number" | "steps">[]): void {
		if (!this.#live.watched) return;
		for (const { sequence, number, steps } of entries) {
			this.execution(sequence, number);
			if (steps.length === 0) continue;
			const execution = this.#executionId(executionKey(sequence, number));
			this.#live.publishLater(`step ${execution}`, () => ({ kind: "step", executionId: execution, steps: steps.map(stepChange) }));
		}
	}

	/** A delivery was rejected, and kept under this number. */
	rejected(id: number): void {
		if (!this.#live.watched) return;
		this.#live.publishLater(`rejected ${id}`, () => {
			const delivery = readRejected(this.#sql, this.#reading(), id);
			return delivery === null ? null : { kind: "delivery", delivery };
		});
	}

	#executionId(key: number): string {
		return executionId(this.#reading().integrationId, sequenceOfKey(key), numberOfKey(key));
	}
}

const stepChange = ({ path, id, status, attempts }: StepRecord) => ({ path, id, status, attempts: attempts.length });
