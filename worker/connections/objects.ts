import { eq } from "drizzle-orm";
import type { Database } from "../db/client";
import { connections } from "../db/schema";
import { describeError } from "../errors";
import type { Remote } from "../integrations/objects";
import type { Connection } from "./connection";

/** The object that keeps a connection's credential. */
export function connectionOf(env: Env, connectionId: string): Remote<Connection> {
	return env.CONNECTION.get(env.CONNECTION.idFromName(connectionId)) as unknown as Remote<Connection>;
}

/** Forgets the secret, then the row. @returns false where the object did not answer; the sweep tries again */
export async function finishConnectionRemoval(env: Env, db: Database, row: { id: string; workspaceId: string }): Promise<boolean> {
	try {
		await connectionOf(env, row.id).remove(row.workspaceId);
	} catch (error) {
		console.error(JSON.stringify({ event: "connection.not_removed", connectionId: row.id, error: describeError(error) }));
		return false;
	}
	await db.delete(connections).where(eq(connections.id, row.id));
	return true;
}
