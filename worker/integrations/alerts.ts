import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { type AlertKind, alerts } from "../db/schema";
import { newId } from "../ids";
import { FINE } from "./series";

/**
 * Notes what a person should know: one alert an integration and kind, grouped until it is resolved. Everything is read
 * from rolled-up rows; no integration's own object is asked.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Alerts of one kind that one sweep takes note of. */
const PORTION = 500;
/** Statements in one batch. */
const BATCH = 50;
/** A failed alert is over when nothing failed for this long; and sweeps that did not run for less miss nothing. */
const CALM_MS = HOUR_MS;
/** Silence is learned from this much of the past, and looked for this often. */
const LEARNED_MS = 14 * DAY_MS;
const SILENCE_MINUTES = 5;
/** Hours with events that a usual pace is read from, at least. */
const HOURS_TO_LEARN = 24;
/** Nothing shorter than this is called silence unless a person says so. */
const SHORTEST_SILENCE_MS = 2 * HOUR_MS;
const KEPT_MS = 90 * DAY_MS;

interface Found {
	integrationId: string;
	workspaceId: string;
	count: number;
	base: number;
	since: number;
	lastAt: number;
}

/** Opens, counts on and resolves alerts. @param now epoch ms */
export async function judgeAlerts(db: Database, now: number): Promise<void> {
	await note(db, "failed", await findFailed(db, now));
	await note(db, "blocked", await findBlocked(db, now));
	if (Math.floor(now / MINUTE_MS) % SILENCE_MINUTES === 0) await note(db, "silence", await findSilent(db, now));
	await resolve(db, now);
	await db.delete(alerts).where(and(isNotNull(alerts.resolvedAt), lt(alerts.resolvedAt, now - KEPT_MS)));
}

/** Resolves what is open of kinds that nobody wants to hear of any more. */
export async function closeAlerts(db: Database, workspaceId: string, kinds: AlertKind[], now: number): Promise<void> {
	const unwanted = and(eq(alerts.workspaceId, workspaceId), inArray(alerts.kind, kinds), isNull(alerts.resolvedAt));
	if (kinds.length > 0) await db.update(alerts).set({ resolvedAt: now }).where(unwanted);
}

function findFailed(db: Database, now: number): Promise<Found[]> {
	// What failed before the last alert was resolved is not news.
	return db.all<Found>(sql`
		WITH failing AS (
			SELECT integration_id, sum(failed) AS recent, min(start) AS first, max(start) AS latest FROM integration_series
			WHERE step = ${FINE.stepMs} AND failed > 0 AND start > ${now - CALM_MS} GROUP BY integration_id),
		news AS (
			SELECT i.id, i.workspace_id, s.failed, min(f.recent, max(1, s.failed - coalesce(a.base, 0))) AS count,
				max(f.first, coalesce(a.resolved_at, 0)) AS since, min(f.latest + ${FINE.stepMs}, ${now}) AS last_at
			FROM failing f JOIN integrations i ON i.id = f.integration_id JOIN integration_statistics s ON s.integration_id = i.id
				LEFT JOIN alert_settings w ON w.workspace_id = i.workspace_id
				LEFT JOIN alerts a ON a.id = (
					SELECT id FROM alerts WHERE integration_id = i.id AND kind = 'failed' AND resolved_at IS NOT NULL ORDER BY since DESC LIMIT 1)
			WHERE i.deleted_at IS NULL AND coalesce(w.failed, 1) AND (a.id IS NULL OR s.failed > a.base OR f.latest >= a.resolved_at)
			LIMIT ${PORTION})
		SELECT id AS integrationId, workspace_id AS workspaceId, count, max(0, failed - count) AS base, since, last_at AS lastAt FROM news`);
}

function findBlocked(db: Database, now: number): Promise<Found[]> {
	return db.all<Found>(sql`
		SELECT i.id AS integrationId, i.workspace_id AS workspaceId, s.blocked_lanes AS count, 0 AS base, ${now} AS since, ${now} AS lastAt
		FROM integration_statistics s JOIN integrations i ON i.id = s.integration_id
			LEFT JOIN alert_settings w ON w.workspace_id = i.workspace_id
		WHERE s.blocked_lanes > 0 AND i.deleted_at IS NULL AND coalesce(w.blocked, 1) LIMIT ${PORTION}`);
}

/** Minutes of silence that a person set: for the integration `i`, or for its workspace `w`. */
const SET_MINUTES = sql`coalesce(i.silence_minutes, w.silence_minutes)`;

/** Usual is the longest pause between hours with events; twice that is silence, unless a person set how long it is. */
function findSilent(db: Database, now: number): Promise<Found[]> {
	return db.all<Found>(sql`
		WITH quiet AS (
			SELECT i.id, i.workspace_id, s.last_received_at AS last, ${SET_MINUTES} AS minutes
			FROM integrations i JOIN integration_statistics s ON s.integration_id = i.id
				LEFT JOIN alert_settings w ON w.workspace_id = i.workspace_id
			WHERE ${listening("i")} AND coalesce(w.silence, 1)
				AND s.last_received_at < ${now} - coalesce(${SET_MINUTES} * ${MINUTE_MS}, ${SHORTEST_SILENCE_MS})
				AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.integration_id = i.id AND a.kind = 'silence' AND a.resolved_at IS NULL)),
		pauses AS (
			SELECT x.integration_id, x.start, x.start - lag(x.start) OVER (PARTITION BY x.integration_id ORDER BY x.start) AS pause
			FROM integration_series x JOIN quiet q ON q.id = x.integration_id
			WHERE q.minutes IS NULL AND x.step = ${HOUR_MS} AND x.start > ${now - LEARNED_MS} AND x.received > 0),
		usual AS (
			SELECT integration_id, max(pause) AS longest FROM pauses GROUP BY integration_id
			HAVING count(*) >= ${HOURS_TO_LEARN} AND max(start) - min(start) >= ${2 * DAY_MS})
		SELECT q.id AS integrationId, q.workspace_id AS workspaceId, (${now} - q.last) / ${MINUTE_MS} AS count, 0 AS base, q.last AS since,
			${now} AS lastAt
		FROM quiet q LEFT JOIN usual u ON u.integration_id = q.id
		WHERE q.minutes IS NOT NULL OR q.last < ${now} - 2 * u.longest LIMIT ${PORTION}`);
}

/** Whether events are expected at all. */
function listening(integration: string) {
	const column = (name: string) => sql.raw(`${integration}.${name}`);
	return sql`(${column("deleted_at")} IS NULL AND ${column("status")} = 'active'
		AND (${column("webhook")} ->> 'enabled' OR ${column("schedule")} ->> 'enabled'))`;
}

async function note(db: Database, kind: AlertKind, found: Found[]): Promise<void> {
	const count =
		kind === "failed"
			? sql`max(count, (SELECT failed FROM integration_statistics WHERE integration_id = ${alerts.integrationId}) - base)`
			: sql`excluded.count`;
	const statements = found.map((one) =>
		db
			.insert(alerts)
			.values({ id: newId("alr"), kind, ...one })
			.onConflictDoUpdate({
				target: [alerts.integrationId, alerts.kind],
				targetWhere: sql`resolved_at IS NULL`,
				set: { count, lastAt: one.lastAt },
			}),
	);
	for (let i = 0; i < statements.length; i += BATCH) {
		const [first, ...rest] = statements.slice(i, i + BATCH);
		if (first !== undefined) await db.batch([first, ...rest]);
	}
}

async function resolve(db: Database, now: number): Promise<void> {
	const open = (kind: AlertKind, over: ReturnType<typeof sql>) => and(isNull(alerts.resolvedAt), eq(alerts.kind, kind), over);
	const figures = (what: string) =>
		sql`(SELECT ${sql.raw(what)} FROM integration_statistics s WHERE s.integration_id = ${alerts.integrationId})`;
	const heard = sql`(${figures("last_received_at")} > since
		OR NOT EXISTS (SELECT 1 FROM integrations i WHERE i.id = ${alerts.integrationId} AND ${listening("i")})
		OR since > ${now} - ${MINUTE_MS} * (
			SELECT ${SET_MINUTES} FROM integrations i LEFT JOIN alert_settings w ON w.workspace_id = i.workspace_id
			WHERE i.id = ${alerts.integrationId}))`;
	await db.batch([
		db
			.update(alerts)
			.set({ resolvedAt: now, base: sql`coalesce(${figures("failed")}, 0)` })
			.where(open("failed", sql`(last_at < ${now - CALM_MS} OR ${figures("failed")} <= base)`)),
		db
			.update(alerts)
			.set({ resolvedAt: now })
			.where(open("blocked", sql`coalesce(${figures("blocked_lanes")}, 0) = 0`)),
		db.update(alerts).set({ resolvedAt: now }).where(open("silence", heard)),
		db
			.update(alerts)
			.set({ count: sql`(${now} - since) / ${MINUTE_MS}`, lastAt: now })
			.where(open("silence", sql`last_at <= ${now - SILENCE_MINUTES * MINUTE_MS}`)),
	]);
}
