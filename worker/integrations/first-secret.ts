import { and, eq, isNull, sql } from "drizzle-orm";
import { openDatabase } from "../db/client";
import { integrations } from "../db/schema";
import { applyIntegration } from "./apply";
import { type Signing, type SigningHolder, sealSigning } from "./signing";

/**
 * Keeps the secret that a sender gave in its handshake, where the endpoint has none: nobody who merely knows the URL can
 * replace one. In force when it returns true.
 */
export async function keepFirstSecret(env: Env, holder: SigningHolder, secret: string): Promise<boolean> {
	const { workspaceId, integrationId, scheme } = holder;
	const sealed = await sealSigning(env.VAULT_KEYS, holder, "secret", secret);
	const db = openDatabase(env.DB);
	const signing: Signing = { scheme, secrets: [sealed], options: {} };
	const changed = await db
		.update(integrations)
		.set({
			// Options that are secrets stay as they are.
			signing: sql`json_set(COALESCE(${integrations.signing}, ${JSON.stringify(signing)}), '$.secrets', json(${JSON.stringify(signing.secrets)}))`,
			revision: sql`${integrations.revision} + 1`,
		})
		.where(
			and(
				eq(integrations.id, integrationId),
				eq(integrations.workspaceId, workspaceId),
				isNull(integrations.deletedAt),
				sql`json_extract(${integrations.webhook}, '$.verification.scheme') = ${scheme}`,
				sql`COALESCE(json_array_length(${integrations.signing}, '$.secrets'), 0) = 0`,
			),
		)
		.returning({ id: integrations.id });
	if (changed.length === 0) return false;
	return (await applyIntegration(env, db, workspaceId, integrationId)).status === "applied";
}
