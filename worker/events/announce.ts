import { getDelivery } from "../history/deliveries";
import { eventsAfter } from "../history/events";
import { getExecution } from "../history/executions";
import type { LiveFeed } from "../history/live";
import { executionId } from "../ids";
import type { Change, JournalEntry } from "./protocol";
import { readingOf } from "./reading";
import type { SequencerState } from "./state";

/** Tells the live feed what changed, read from the rows. Callers ask `live.watched` first: unwatched, it costs nothing. */
export class Announcer {
	constructor(
		readonly live: LiveFeed,
		readonly state: () => SequencerState,
	) {}

	/** An event came, or is to run once more. */
	event(sequence: number): void {
		const state = this.state();
		const reading = readingOf(state);
		if (reading === null) return;
		const [event] = eventsAfter(state.sql, reading, sequence - 1, 1);
		if (!event) return;
		this.live.publish({ kind: "event", event });
		this.execution(event.executionId);
	}

	execution(id: string): void {
		const state = this.state();
		const reading = readingOf(state);
		const detail = reading && getExecution(state.sql, reading, id);
		if (!detail) return;
		const { steps, ...execution } = detail;
		this.live.publish({ kind: "execution", execution });
		if (steps.length > 0) this.live.publish(stepChange(id, steps));
	}

	executions(of: readonly { sequence: number; number: number }[]): void {
		const integrationId = this.state().settings?.integrationId;
		if (integrationId) for (const { sequence, number } of of) this.execution(executionId(integrationId, sequence, number));
	}

	journaled(entries: readonly JournalEntry[]): void {
		const integrationId = this.state().settings?.integrationId;
		if (!integrationId) return;
		for (const { sequence, number, steps } of entries) this.live.publish(stepChange(executionId(integrationId, sequence, number), steps));
	}

	rejected(id: string): void {
		const state = this.state();
		const reading = readingOf(state);
		const delivery = reading && getDelivery(state.sql, reading, id);
		if (!delivery) return;
		const { query: _query, headers: _headers, body: _body, bodyEncoding: _encoding, ...summary } = delivery;
		this.live.publish({ kind: "delivery", delivery: summary });
	}
}

function stepChange(id: string, steps: JournalEntry["steps"]): Change {
	return {
		kind: "step",
		executionId: id,
		steps: steps.map((step) => ({ path: step.path, id: step.id, status: step.status, attempts: step.attempts.length })),
	};
}
