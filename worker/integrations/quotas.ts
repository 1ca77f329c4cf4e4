import { and, count, eq, isNull, sum } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrationStatistics, integrations } from "../db/schema";
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

/** What each Sequencer keeps to by itself, since it knows only its own figures. */
export function limitsOf(env: Env): SequencerSettings["limits"] {
	const { pendingEvents, keptBytes } = quotas(env);
	return { pendingEvents, keptBytes };
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
