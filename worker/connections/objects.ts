import { eq, gt, lt, or } from "drizzle-orm";
import type { Database } from "../db/client";
import { connections } from "../db/schema";
import { describeError } from "../errors";
import type { Remote } from "../integrations/objects";
import type { Connection } from "./connection";
import { newestVersion } from "./vault";

/** Credentials that one sweep moves to a new key; what is left comes with the next minute. */
const MOVED_MAX = 50;

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

/**
 * After the vault got a new key: moves credentials under it, some at a time. One that cannot be opened is left, for it
 * has to be entered anew; one whose object does not answer is tried again.
 */
export async function moveToNewestKey(env: Env, db: Database): Promise<void> {
	const newest = newestVersion(env.VAULT_KEYS);
	const behind = await db
		.select({ id: connections.id, workspaceId: connections.workspaceId })
		.from(connections)
		.where(or(lt(connections.keyVersion, newest), gt(connections.keyVersion, newest)))
		.limit(MOVED_MAX);
	for (const { id, workspaceId } of behind) {
		try {
			const keyVersion = (await connectionOf(env, id).rewrap(workspaceId)) ?? newest;
			await db.update(connections).set({ keyVersion }).where(eq(connections.id, id));
		} catch (error) {
			console.error(JSON.stringify({ event: "connection.not_moved", connectionId: id, error: describeError(error) }));
		}
	}
}
