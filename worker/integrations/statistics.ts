import { getTableColumns, lt, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type Database, openDatabase } from "../db/client";
import { integrationStatistics } from "../db/schema";
import { describeError, within } from "../errors";
import type { StatisticsMessage } from "../events/protocol/statistics";
import { reach } from "../faults";
import { addToSeries } from "./series";

/**
 * Takes in what the Sequencers report, many integrations in one batch, and adds the growth to the figures over time. A message that is older than what is there, or
 * whose integration is gone, changes nothing; so messages may come twice and in any order.
 */
export async function applyStatistics(db: Database, messages: readonly StatisticsMessage[]): Promise<void> {
	const latest = new Map<string, StatisticsMessage>();
	for (const message of messages) {
		const before = latest.get(message.integrationId);
		const last = before === undefined || message.number > before.number ? message : before;
		const lags = [message.lagMs, before?.lagMs].filter((lag) => lag !== undefined);
		latest.set(message.integrationId, lags.length === 0 ? last : { ...last, lagMs: Math.max(...lags) });
	}
	const now = Date.now();
	// The difference to the stored totals is taken before those are replaced.
	const [first, ...rest] = [...latest.values()].flatMap((message) => [addToSeries(db, message, now), upsert(db, message, now)]);
	if (FAULTS) await Promise.all(messages.map(({ integrationId }) => reach("statistics.before_write", integrationId)));
	if (first !== undefined) await db.batch([first, ...rest]);
	if (FAULTS) await Promise.all(messages.map(({ integrationId }) => reach("statistics.after_write", integrationId)));
}

function upsert(db: Database, message: StatisticsMessage, now: number): BatchItem<"sqlite"> {
	const { integrationId, workspaceId, lagMs: _lag, blockedLanes = 0, ...figures } = message;
	const row = { ...figures, blockedLanes, updatedAt: now };
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

/** D1 answers within this time, or the batch comes again; one that hangs must not keep the queue from the others. */
const ANSWER_MAX_MS = FAULTS ? 500 : 20_000;

/** Between two tries of a batch, in seconds: ten tries (`max_retries`) outlast an outage of minutes. */
const RETRY_DELAY_SECONDS = FAULTS ? 0 : 20;

/** The statistics queue's consumer. What D1 refuses just now comes again: the queue retries the whole batch. */
export async function consumeStatistics(batch: MessageBatch<StatisticsMessage>, env: Env): Promise<void> {
	const messages = batch.messages.map(({ body }) => body);
	try {
		await within(ANSWER_MAX_MS, applyStatistics(openDatabase(env.DB), messages));
	} catch (error) {
		console.error(JSON.stringify({ event: "statistics.not_applied", messages: messages.length, error: describeError(error) }));
		batch.retryAll({ delaySeconds: RETRY_DELAY_SECONDS });
	}
}
