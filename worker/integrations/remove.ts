import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrations } from "../db/schema";
import { describeError } from "../errors";
import { sequencerOf } from "./objects";
import type { IntegrationRow } from "./store";

/** Hides the integration; from here on removal goes to its end, if need be by the sweep. @returns null where there is none */
export async function beginRemoval(db: Database, workspaceId: string, id: string): Promise<IntegrationRow | null> {
	await db
		.update(integrations)
		.set({ deletedAt: Date.now() })
		.where(and(eq(integrations.id, id), eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt)));
	// One whose removal was interrupted is found again, so that a repeated request finishes it.
	const [row] = await db
		.select()
		.from(integrations)
		.where(and(eq(integrations.id, id), eq(integrations.workspaceId, workspaceId)));
	return row ?? null;
}

/** Leaves a tombstone in the Sequencer, then forgets the rows. @returns false where the Sequencer did not answer */
export async function finishRemoval(env: Env, db: Database, row: IntegrationRow): Promise<boolean> {
	try {
		await sequencerOf(env, row.id, row.region).remove(row.workspaceId);
	} catch (error) {
		console.error(JSON.stringify({ event: "integration.not_removed", integrationId: row.id, error: describeError(error) }));
		return false;
	}
	await db.delete(integrations).where(eq(integrations.id, row.id));
	return true;
}
