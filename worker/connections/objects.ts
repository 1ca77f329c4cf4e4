import { eq } from "drizzle-orm";
import type { Database } from "../db/client";
import { connections } from "../db/schema";
import type { ConnectionKind } from "../db/schema/connection";
import { describeError } from "../errors";

/** What one connection's object is given to seal. */
export interface ConnectionSecret {
	workspaceId: string;
	connectionId: string;
	kind: ConnectionKind;
	hosts: string[];
	headerName?: string;
	username?: string;
	secret: string;
}

/** What people's side asks of a Connection object. */
export interface ConnectionCalls {
	put(secret: ConnectionSecret): Promise<unknown>;
	remove(workspaceId: string): Promise<unknown>;
}

export function connectionOf(env: Env, connectionId: string): ConnectionCalls {
	return env.CONNECTION.get(env.CONNECTION.idFromName(connectionId)) as unknown as ConnectionCalls;
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
