import { insertDelivery } from "../../worker/events/delivery-rows";
import { insertEvent } from "../../worker/events/event-rows";
import { type ExecutionRow, putExecution } from "../../worker/events/execution-rows";
import type { StepRecord } from "../../worker/events/protocol/journal";
import type { EventSource, ExecutionStatus } from "../../worker/events/protocol/statuses";
import { executionKey } from "../../worker/events/schema";
import type { Reading } from "../../worker/history/summaries";
import { sequencerSql } from "./sql-storage";

export const INTEGRATION = "int_0123456789abcdef";
/** Event n of a built history came n seconds after this. */
export const BEGINNING = Date.UTC(2026, 10, 21, 12);

/** A history written row by row, as the Sequencer leaves it. */
export class History {
	readonly sql = sequencerSql();
	readonly running = new Set<number>();
	settledThrough = 0;
	#last = 0;

	get reading(): Reading {
		return {
			integrationId: INTEGRATION,
			version: 7,
			lastSequence: this.#last,
			running: this.running,
			settledThrough: this.settledThrough,
			acceptedStatus: 202,
		};
	}

	event(given: { source?: EventSource; body?: Uint8Array | string; headers?: [string, string][]; receivedAt?: number } = {}): number {
		const sequence = ++this.#last;
		const body = typeof given.body === "string" ? new TextEncoder().encode(given.body) : (given.body ?? new Uint8Array());
		insertEvent(this.sql, sequence, given.source ?? "webhook", given.receivedAt ?? BEGINNING + sequence * 1000, {
			method: "POST",
			path: "/",
			query: "",
			headers: given.headers ?? [["content-type", "application/json"]],
			body: body.slice().buffer,
			lane: null,
			duplicateKey: null,
			hops: 0,
		});
		return sequence;
	}

	execution(
		sequence: number,
		status: ExecutionStatus,
		given: Partial<ExecutionRow> & { number?: number; steps?: StepRecord[] } = {},
	): void {
		const ended = !["queued", "running", "waiting"].includes(status);
		const { number = 1, steps = [], ...columns } = given;
		const row: ExecutionRow = {
			key: executionKey(sequence, number),
			status,
			version: 3,
			edition: 1,
			startedAt: BEGINNING + sequence * 1000 + 5,
			endedAt: ended ? BEGINNING + sequence * 1000 + 25 : null,
			dueAt: null,
			error: null,
			...columns,
		};
		putExecution(this.sql, row, steps);
	}

	/** Events that ran at once, in the order of the statuses. */
	ran(...statuses: ExecutionStatus[]): void {
		for (const status of statuses) this.execution(this.event(), status);
	}

	rejection(given: { receivedAt: number; body?: Uint8Array }): number {
		const body = given.body ?? new Uint8Array();
		const headers: [string, string][] = [["authorization", "Bearer secret"]];
		const rejection = {
			status: "rejected" as const,
			reason: "signature_invalid",
			sequence: null,
			httpStatus: 401,
			method: "POST",
			path: "/",
			query: "",
			headers,
			size: body.byteLength,
			body: body.slice().buffer,
		};
		return insertDelivery(this.sql, rejection, given.receivedAt);
	}
}
