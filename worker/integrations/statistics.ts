import { getTableColumns, lt, sql } from "drizzle-orm";
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
	const [first, ...rest] = [...latest.values()].map((message) => upsert(db, message, now));
	if (first !== undefined) await db.batch([first, ...rest]);
}

function upsert(db: Database, message: StatisticsMessage, now: number): BatchItem<"sqlite"> {
	const { integrationId, workspaceId, ...figures } = message;
	const row = { ...figures, updatedAt: now };
	const { integrationId: _key, ...columns } = getTableColumns(integrationStatistics);
	const names = Object.keys(columns) as (keyof typeof row)[];
	return db
		.insert(integrationStatistics)
		.select(
			sql`SELECT id, ${sql.join(
				names.map((name) => sql`${row[name]}`),
				sql`, `,
			)} FROM integrations WHERE id = ${integrationId} AND workspace_id = ${workspaceId}`,
		)
		.onConflictDoUpdate({
			target: integrationStatistics.integrationId,
			set: row,
			setWhere: lt(integrationStatistics.number, message.number),
		});
}

/** The statistics queue's consumer. What D1 refuses just now comes again: the queue retries the whole batch. */
export function consumeStatistics(batch: MessageBatch<StatisticsMessage>, env: Env): Promise<void> {
	return applyStatistics(
		openDatabase(env.DB),
		batch.messages.map(({ body }) => body),
	);
}
