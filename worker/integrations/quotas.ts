import { and, count, eq, isNull, sql, sum } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrationStatistics, integrations, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import type { SequencerSettings } from "./settings";

/** What one workspace may use. Each can be set by an environment variable of the deployment. */
const DEFAULTS = { integrations: 100, pendingEvents: 100_000, keptBytes: 5_000_000_000 };

interface Share {
	used: number;
	limit: number;
}

function quotas(env: Env): typeof DEFAULTS {
	return {
		integrations: readNumber(env.QUOTA_INTEGRATIONS) ?? DEFAULTS.integrations,
		pendingEvents: readNumber(env.QUOTA_PENDING_EVENTS) ?? DEFAULTS.pendingEvents,
		keptBytes: readNumber(env.QUOTA_KEPT_BYTES) ?? DEFAULTS.keptBytes,
	};
}

/** What an integration's Sequencer may take in: all that the workspace may, or nothing more once that is used up. */
export async function limitsOf(env: Env, db: Database, workspaceId: string): Promise<SequencerSettings["limits"]> {
	const [workspace] = await db.select({ exhausted: workspaces.exhausted }).from(workspaces).where(eq(workspaces.id, workspaceId));
	const { pendingEvents, keptBytes } = quotas(env);
	return workspace?.exhausted ? { pendingEvents: 0, keptBytes: 0 } : { pendingEvents, keptBytes };
}

/**
 * Each Sequencer knows only its own figures; this adds them up. Where a workspace comes to the end of a quota, or back
 * from it, its integrations get a new revision, and so their new limits with the next push.
 */
export async function judgeQuotas(env: Env, db: Database): Promise<void> {
	const { pendingEvents, keptBytes } = quotas(env);
	const used = sql`(
		SELECT coalesce(sum(s.pending) >= ${pendingEvents} OR sum(s.kept_bytes) >= ${keptBytes}, 0)
		FROM integrations i JOIN integration_statistics s ON s.integration_id = i.id
		WHERE i.workspace_id = workspaces.id AND i.deleted_at IS NULL)`;
	const changed = sql`(SELECT id FROM workspaces WHERE deleted_at IS NULL AND exhausted <> ${used})`;
	await db.batch([
		db
			.update(integrations)
			.set({ revision: sql`${integrations.revision} + 1` })
			.where(and(sql`${integrations.workspaceId} IN ${changed}`, isNull(integrations.deletedAt))),
		db.update(workspaces).set({ exhausted: sql`NOT exhausted` }).where(sql`id IN ${changed}`),
	]);
}

export async function usageOf(env: Env, db: Database, workspaceId: string): Promise<Record<keyof typeof DEFAULTS, Share>> {
	const [used] = await db
		.select({ integrations: count(), pendingEvents: sum(integrationStatistics.pending), keptBytes: sum(integrationStatistics.keptBytes) })
		.from(integrations)
		.leftJoin(integrationStatistics, eq(integrationStatistics.integrationId, integrations.id))
		.where(and(eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt)));
	const limits = quotas(env);
	return {
		integrations: { used: used?.integrations ?? 0, limit: limits.integrations },
		pendingEvents: { used: Number(used?.pendingEvents ?? 0), limit: limits.pendingEvents },
		keptBytes: { used: Number(used?.keptBytes ?? 0), limit: limits.keptBytes },
	};
}

/** @throws 422 `quota_exceeded` where the workspace cannot take `more` integrations */
export async function requireRoom(env: Env, db: Database, workspaceId: string, more: number): Promise<void> {
	const used = await db.$count(integrations, and(eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt)));
	const limit = quotas(env).integrations;
	if (used + more <= limit) return;
	const message = `This workspace has ${used} integrations and may have ${limit}. Delete one first, or ask who runs this deployment for more.`;
	throw new ApiError(422, "quota_exceeded", message, { quota: "integrations", used, limit });
}

function readNumber(text: string | undefined): number | null {
	const value = Number(text);
	return text && Number.isFinite(value) && value >= 0 ? value : null;
}
