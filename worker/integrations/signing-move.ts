import { and, eq, isNull, sql } from "drizzle-orm";
import { newestVersion } from "../connections/vault";
import type { Database } from "../db/client";
import { integrations } from "../db/schema";
import { applyIntegration } from "./apply";
import { rewrapSigning } from "./signing";

/** Integrations whose secrets move in one sweep. */
const MOVED_MAX = 50;

/** After the vault got a new key: moves the secrets of endpoints under it, some at a time. Those that cannot be opened are left. */
export async function moveSigning(env: Env, db: Database): Promise<void> {
	const newest = newestVersion(env.VAULT_KEYS);
	const { id, workspaceId, revision, signing } = integrations;
	const behind = await db
		.select({ id, workspaceId, revision, signing })
		.from(integrations)
		.where(
			and(
				isNull(integrations.deletedAt),
				sql`EXISTS (SELECT 1 FROM json_tree(${signing}) WHERE json_tree.key = 'keyVersion' AND json_tree.value <> ${newest})`,
			),
		)
		.orderBy(sql`random()`)
		.limit(MOVED_MAX);
	for (const row of behind) {
		const moved = row.signing && (await rewrapSigning(env.VAULT_KEYS, row, row.signing));
		if (!moved) continue;
		// What a person saved meanwhile stays; it moves the next time.
		const changed = await db
			.update(integrations)
			.set({ signing: moved, revision: row.revision + 1 })
			.where(and(eq(id, row.id), eq(revision, row.revision)))
			.returning({ id });
		if (changed.length > 0) await applyIntegration(env, db, row.workspaceId, row.id);
	}
}
