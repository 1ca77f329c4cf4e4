import { sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type Database, openDatabase } from "../db/client";
import { integrationStatistics } from "../db/schema";
import type { StatisticsMessage } from "../events/protocol";

/**
 * Takes in what the Sequencers report, many integrations in one batch. A message that is older than what is there, or
 * whose integration is gone, changes nothing; so messages may come twice and in any order.
 */
export async function applyStatistics(db: Database, messages: readonly StatisticsMessage[]): Promise<void> {
	const latest = new Map<string, StatisticsMessage>();
	for (const message of messages) {
		if (message.number > (latest.get(message.integrationId)?.number ?? -1)) latest.set(message.integrationId, message);
	}
	const now = Date.now();
	const [first, ...rest] = [...latest.values()].map((message): BatchItem<"sqlite"> => db.run(upsert(message, now)));
	if (first !== undefined) await db.batch([first, ...rest]);
}

function upsert(message: StatisticsMessage, now: number) {
	const m = message;
	return sql`
		INSERT INTO ${integrationStatistics} (integration_id, number, total, succeeded, failed, filtered, cancelled, pending, rejected,
			kept_bytes, last_received_at, last_execution_at, last_execution_status, next_run_at, due_at, updated_at)
		SELECT id, ${m.number}, ${m.total}, ${m.succeeded}, ${m.failed}, ${m.filtered}, ${m.cancelled}, ${m.pending}, ${m.rejected},
			${m.keptBytes}, ${m.lastReceivedAt}, ${m.lastExecutionAt}, ${m.lastExecutionStatus}, ${m.nextRunAt}, ${m.dueAt}, ${now}
		FROM integrations WHERE id = ${m.integrationId} AND workspace_id = ${m.workspaceId}
		ON CONFLICT (integration_id) DO UPDATE SET
			number = excluded.number, total = excluded.total, succeeded = excluded.succeeded, failed = excluded.failed,
			filtered = excluded.filtered, cancelled = excluded.cancelled, pending = excluded.pending, rejected = excluded.rejected,
			kept_bytes = excluded.kept_bytes, last_received_at = excluded.last_received_at, last_execution_at = excluded.last_execution_at,
			last_execution_status = excluded.last_execution_status, next_run_at = excluded.next_run_at, due_at = excluded.due_at,
			updated_at = excluded.updated_at
		WHERE excluded.number > integration_statistics.number`;
}

/** The statistics queue's consumer. What D1 refuses just now comes again: the queue retries the whole batch. */
export function consumeStatistics(batch: MessageBatch<StatisticsMessage>, env: Env): Promise<void> {
	return applyStatistics(
		openDatabase(env.DB),
		batch.messages.map(({ body }) => body),
	);
}
