import type { Change, LiveMessage } from "../events/protocol/live";
import { executionKey } from "../events/schema";
import { executionOf } from "../ids";
import { eventsAfter } from "./events";
import { readExecutionSummary } from "./executions";
import { CATCH_UP_MAX } from "./live";
import type { Reading } from "./summaries";

/** What a returning watcher missed after the event `after`, oldest first; `gap` where there was more than it is told. */
export function catchUp(sql: SqlStorage, reading: Reading, after: number): LiveMessage {
	const events = eventsAfter(sql, reading, after, CATCH_UP_MAX + 1);
	const changes: Change[] = [];
	for (const event of events.slice(0, CATCH_UP_MAX)) {
		changes.push({ kind: "event", event });
		const latest = executionOf(reading.integrationId, event.executionId);
		const execution = latest && readExecutionSummary(sql, reading, executionKey(latest.sequence, latest.number));
		if (execution) changes.push({ kind: "execution", execution });
	}
	return { changes, gap: events.length > CATCH_UP_MAX };
}
