import type { LiveMessage } from "../events/protocol";
import { eventsAfter } from "./events";
import { executionsOf } from "./executions";
import { CATCH_UP_MAX } from "./live";
import type { Reading } from "./summaries";

/** What a returning watcher missed after the event `after`, oldest first; `gap` where there was more than it is told. */
export function catchUp(sql: SqlStorage, reading: Reading, after: number): LiveMessage {
	const events = eventsAfter(sql, reading, after, CATCH_UP_MAX + 1);
	const told = events.slice(-CATCH_UP_MAX);
	return {
		gap: events.length > CATCH_UP_MAX,
		changes: told.flatMap((event) => [
			{ kind: "event" as const, event },
			...executionsOf(sql, reading, {
				sequence: event.sequence,
				source: event.source,
				receivedAt: Date.parse(event.receivedAt),
			}).map((execution) => ({ kind: "execution" as const, execution })),
		]),
	};
}
