import { and, asc, gt, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { finishConnectionRemoval, moveToNewestKey } from "../connections/objects";
import { type Database, openDatabase } from "../db/client";
import {
	connections,
	integrationStatistics,
	integrations,
	invitations,
	sessions,
	throttles,
	tokens,
	verifications,
	workspaces,
} from "../db/schema";
import { describeError } from "../errors";
import { reach } from "../faults";
import { judgeAlerts } from "./alerts";
import { type Post, sendNotices } from "./alerts-notices";
import { moveAlertSecrets } from "./alerts-settings";
import { applyIntegration } from "./apply";
import { sequencerOf } from "./objects";
import { judgeQuotas } from "./quotas";
import { finishRemoval } from "./remove";
import { pruneSeries } from "./series";
import { moveSigning } from "./signing-move";
import type { IntegrationRow } from "./store";

/** Integrations of one kind that one sweep looks after; what is left comes with the next minute. */
const PORTION = 50;
/** Objects called at the same time. */
const ABREAST = 6;
/** Work that is due for longer than this has missed its alarm. */
const LATE_MS = 10_000;
/** Pending work whose figures are older than this is looked at. */
const STALE_MS = 120_000;
const MINUTE_MS = 60_000;
/** What reads every workspace, such as adding up their figures, is done less often. */
const SELDOM_MINUTES = 5;
const DAY_MS = 24 * 3_600_000;

/**
 * The net behind everything that heals itself: once a minute it pushes what was saved and not applied, finishes
 * removals, and wakes objects whose work is overdue; then it visits a few of all enabled ones, oldest visit first. Last it looks for what a person should know.
 * @param post the way out for alerts; without it they are noted and not sent
 */
export async function sweep(env: Env, now: number, post?: Post): Promise<void> {
	const db = openDatabase(env.DB);
	const seldom = Math.floor(now / MINUTE_MS) % SELDOM_MINUTES === 0;
	if (seldom) await attempt("quotas", () => judgeQuotas(env, db));
	await attempt("apply", () => applyWaiting(env, db));
	await attempt("remove", () => finishRemovals(env, db));
	await attempt("wake", () => wakeOverdue(env, db, now));
	await attempt("visit", () => visitSome(env, db));
	await attempt("forget", () => forgetExpired(db, now));
	await attempt("prune", () => pruneSeries(db, now));
	await attempt("vault", () => moveToNewestKey(env, db));
	if (seldom) await attempt("signing secrets", () => moveSigning(env, db));
	if (seldom) await attempt("alert secrets", () => moveAlertSecrets(env, db));
	await attempt("alerts", () => judgeAlerts(db, now));
	if (post) await attempt("notices", () => sendNotices(env, db, post, now));
}

/** One part's failure leaves the others their turn. */
async function attempt(part: string, work: () => Promise<void>): Promise<void> {
	try {
		if (FAULTS) await reach("sweep.before_part", part);
		await work();
	} catch (error) {
		console.error(
			JSON.stringify({ event: "sweep.failed", part, error: describeError(error instanceof Error ? (error.cause ?? error) : error) }),
		);
	}
}

async function applyWaiting(env: Env, db: Database): Promise<void> {
	const waiting = and(ne(integrations.revision, integrations.appliedRevision), isNull(integrations.deletedAt));
	await abreast(await visit(db, waiting), (row) => applyIntegration(env, db, row.workspaceId, row.id));
}

/** Also called right after a workspace was removed, so that its endpoints stop at once. */
export async function finishRemovals(env: Env, db: Database): Promise<void> {
	await abreast(await visit(db, isNotNull(integrations.deletedAt)), (row) => finishRemoval(env, db, row));
	const removed = await db
		.select()
		.from(connections)
		.where(isNotNull(connections.deletedAt))
		.orderBy(asc(connections.deletedAt))
		.limit(PORTION);
	await abreast(removed, (row) => finishConnectionRemoval(env, db, row));
	const emptied = and(
		isNotNull(workspaces.deletedAt),
		sql`NOT EXISTS (SELECT 1 FROM integrations WHERE workspace_id = ${workspaces.id})`,
		sql`NOT EXISTS (SELECT 1 FROM connections WHERE workspace_id = ${workspaces.id})`,
	);
	await db.delete(workspaces).where(emptied);
}

async function wakeOverdue(env: Env, db: Database, now: number): Promise<void> {
	const overdue = db
		.select({ id: integrationStatistics.integrationId })
		.from(integrationStatistics)
		.where(
			or(
				lte(integrationStatistics.dueAt, now - LATE_MS),
				and(gt(integrationStatistics.pending, 0), lt(integrationStatistics.updatedAt, now - STALE_MS)),
			),
		);
	const rows = await visit(db, and(inArray(integrations.id, overdue), isNull(integrations.deletedAt)));
	await abreast(rows, (row) => poke(env, row));
}

async function visitSome(env: Env, db: Database): Promise<void> {
	const enabled = sql`(${integrations.webhook} ->> 'enabled' OR ${integrations.schedule} ->> 'enabled')`;
	const rows = await visit(db, and(enabled, isNull(integrations.deletedAt)));
	await abreast(rows, (row) => poke(env, row));
}

async function poke(env: Env, row: IntegrationRow): Promise<void> {
	if (FAULTS) await reach("sweep.before_poke", row.id);
	await sequencerOf(env, row.id, row.region).poke();
	if (FAULTS) await reach("sweep.after_poke", row.id);
}

async function forgetExpired(db: Database, now: number): Promise<void> {
	const before = new Date(now);
	await db.batch([
		db.delete(sessions).where(lt(sessions.expiresAt, before)),
		db.delete(invitations).where(lt(invitations.expiresAt, now - 30 * DAY_MS)),
		db.delete(verifications).where(lt(verifications.expiresAt, before)),
		db.delete(throttles).where(lt(throttles.updatedAt, now - DAY_MS)),
		db.delete(tokens).where(lt(tokens.expiresAt, now - 30 * DAY_MS)),
	]);
}

/** Takes the integrations that were not looked at for longest, so that a few that keep failing do not keep others waiting. */
async function visit(db: Database, where: SQL | undefined): Promise<IntegrationRow[]> {
	const rows = await db.select().from(integrations).where(where).orderBy(asc(integrations.visitedAt)).limit(PORTION);
	const ids = rows.map(({ id }) => id);
	if (ids.length > 0) await db.update(integrations).set({ visitedAt: Date.now() }).where(inArray(integrations.id, ids));
	return rows;
}

/** A few at a time; one that fails is left for the next minute. */
async function abreast<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
	for (let i = 0; i < items.length; i += ABREAST) {
		const results = await Promise.allSettled(items.slice(i, i + ABREAST).map(work));
		for (const result of results) {
			if (result.status === "rejected") console.error(JSON.stringify({ event: "sweep.item_failed", error: describeError(result.reason) }));
		}
	}
}
