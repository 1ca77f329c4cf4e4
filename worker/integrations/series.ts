import { and, lt, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "../db/client";
import { integrationSeries } from "../db/schema";
import type { StatisticsMessage } from "../events/protocol/statistics";

const HOUR_MS = 3_600_000;

/** The two grains that are kept: stretches of `stepMs`, each for `keptMs`. */
export const FINE = { stepMs: 300_000, keptMs: 48 * HOUR_MS } as const;
export const COARSE = { stepMs: HOUR_MS, keptMs: 90 * 24 * HOUR_MS } as const;

/** Rows of one grain that one sweep prunes. */
const PRUNED = 2_000;

/**
 * Adds to both grains what a message says beyond the stored totals. Goes before the message's own upsert, in the same
 * batch; one that is late or repeated, or whose integration is gone, adds nothing.
 * @param now epoch ms; a message's number is the time it left, so that one which waited in the queue counts where it belongs
 */
export function addToSeries(db: Database, message: StatisticsMessage, now: number): BatchItem<"sqlite"> {
	const { integrationId, workspaceId, number, total, succeeded, failed, filtered, lagMs = null } = message;
	const at = number > now - FINE.keptMs && number <= now ? number : now;
	const steps = JSON.stringify([FINE.stepMs, COARSE.stepMs]);
	// A replay takes its event back from what it had ended as: that makes a total smaller, and never a stretch.
	const more = (value: number, stored: string) => sql`max(0, ${value} - coalesce(${sql.raw(`s.${stored}`)}, 0))`;
	return db
		.insert(integrationSeries)
		.select(
			sql`SELECT i.id, g.value, ${at} - ${at} % g.value, ${more(total, "total")}, ${more(succeeded, "succeeded")},
				${more(failed, "failed")}, ${more(filtered, "filtered")}, ${lagMs}
				FROM integrations i LEFT JOIN integration_statistics s ON s.integration_id = i.id CROSS JOIN json_each(${steps}) g
				WHERE i.id = ${integrationId} AND i.workspace_id = ${workspaceId} AND coalesce(s.number, -1) < ${number}
				AND (${total} > coalesce(s.total, 0) OR ${succeeded} > coalesce(s.succeeded, 0) OR ${failed} > coalesce(s.failed, 0)
					OR ${filtered} > coalesce(s.filtered, 0))`,
		)
		.onConflictDoUpdate({
			target: [integrationSeries.integrationId, integrationSeries.step, integrationSeries.start],
			set: {
				received: sql`received + excluded.received`,
				succeeded: sql`succeeded + excluded.succeeded`,
				failed: sql`failed + excluded.failed`,
				filtered: sql`filtered + excluded.filtered`,
				lagMs: sql`max(coalesce(lag_ms, excluded.lag_ms), coalesce(excluded.lag_ms, lag_ms))`,
			},
		});
}

export interface Stretch {
	/** Epoch ms. */
	start: number;
	received: number;
	succeeded: number;
	failed: number;
	filtered: number;
	/** The longest in ms; null where nothing ended. */
	lagMs: number | null;
}

export interface SeriesQuery {
	workspaceId: string;
	/** One integration only. */
	integrationId?: string | undefined;
	/** Epoch ms, multiples of `stepMs`; `to` is left out. */
	from: number;
	to: number;
	/** A multiple of five minutes; from an hour on a multiple of an hour. */
	stepMs: number;
}

/** The workspace's figures over time, oldest first; stretches in which nothing happened are there with zeros. */
export async function readSeries(db: Database, { workspaceId, integrationId, from, to, stepMs }: SeriesQuery): Promise<Stretch[]> {
	const grain = stepMs % COARSE.stepMs === 0 ? COARSE : FINE;
	const one = integrationId === undefined ? sql`` : sql`AND id = ${integrationId}`;
	const rows = await db.all<Stretch>(sql`
		SELECT start - start % ${stepMs} AS start, sum(received) AS received, sum(succeeded) AS succeeded, sum(failed) AS failed,
			sum(filtered) AS filtered, max(lag_ms) AS lagMs
		FROM integration_series
		WHERE integration_id IN (SELECT id FROM integrations WHERE workspace_id = ${workspaceId} AND deleted_at IS NULL ${one})
			AND step = ${grain.stepMs} AND start >= ${from} AND start < ${to}
		GROUP BY 1`);
	const byStart = new Map(rows.map((row) => [row.start, row]));
	const stretches: Stretch[] = [];
	for (let start = from; start < to; start += stepMs)
		stretches.push(byStart.get(start) ?? { start, received: 0, succeeded: 0, failed: 0, filtered: 0, lagMs: null });
	return stretches;
}

/** Forgets stretches past their time, oldest first, a slice of each grain at a time. */
export async function pruneSeries(db: Database, now: number): Promise<void> {
	for (const { stepMs, keptMs } of [FINE, COARSE]) {
		const old = sql`rowid IN (SELECT rowid FROM integration_series WHERE step = ${stepMs} AND start < ${now - keptMs} ORDER BY start LIMIT ${PRUNED})`;
		await db.delete(integrationSeries).where(and(old, lt(integrationSeries.start, now - keptMs)));
	}
}
