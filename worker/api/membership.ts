import { and, asc, count, eq, isNull, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "../db/client";
import { connections, integrations, invitations, memberships, type Role, tokens, users, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import { newId } from "../ids";
import type { Person, WorkspaceOfPerson } from "./answers";

/** Who belongs to which workspace: joining, leaving, and what must never be left without an owner. */

export function workspacesOf(db: Database, userId: string): Promise<WorkspaceOfPerson[]> {
	return db
		.select({ id: workspaces.id, name: workspaces.name, role: memberships.role, timeZone: workspaces.timeZone })
		.from(memberships)
		.innerJoin(workspaces, and(eq(workspaces.id, memberships.workspaceId), isNull(workspaces.deletedAt)))
		.where(eq(memberships.userId, userId))
		.orderBy(asc(memberships.joinedAt), asc(memberships.workspaceId));
}

/** Makes a workspace that the person owns. */
export async function makeWorkspace(db: Database, userId: string, name: string, timeZone: string): Promise<WorkspaceOfPerson> {
	const id = newId("wsp");
	const now = Date.now();
	await db.batch([
		db.insert(workspaces).values({ id, name, timeZone, createdAt: now }),
		db.insert(memberships).values({ workspaceId: id, userId, role: "owner", joinedAt: now }),
	]);
	return { id, name, role: "owner", timeZone };
}

/** Gives a person a workspace of their own where they belong to none: new ones, and those whose sign-up broke off. */
export async function ensureWorkspace(db: Database, { id, name, timeZone }: Person): Promise<void> {
	if ((await workspacesOf(db, id)).length === 0) await makeWorkspace(db, id, `${name}'s workspace`, timeZone);
}

/** Joins by an invitation, which is used up. @returns false where someone else used it in the meantime */
export async function joinByInvitation(db: Database, invitationId: string, userId: string): Promise<boolean> {
	const now = Date.now();
	const [, used] = await db.batch([
		db
			.insert(memberships)
			.select(
				db
					.select({
						workspaceId: invitations.workspaceId,
						userId: sql<string>`${userId}`.as("user_id"),
						role: invitations.role,
						joinedAt: sql<number>`${now}`.as("joined_at"),
					})
					.from(invitations)
					.where(eq(invitations.id, invitationId)),
			)
			.onConflictDoNothing(),
		db.delete(invitations).where(eq(invitations.id, invitationId)).returning({ id: invitations.id }),
	]);
	return used.length > 0;
}

/** True where the person is an owner and nobody else is. */
export async function isLastOwner(db: Database, workspaceId: string, userId: string): Promise<boolean> {
	const owners = await db
		.select({ userId: memberships.userId })
		.from(memberships)
		.where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, "owner")))
		.limit(2);
	return owners.length === 1 && owners[0]?.userId === userId;
}

export const lastOwner = (): ApiError =>
	new ApiError(409, "last_owner", "A workspace needs an owner. Make another member an owner first, or delete the workspace.");

/**
 * Before an account is deleted: workspaces in which the person is alone go with it.
 * @throws 409 `last_owner` where others would be left without an owner
 */
export async function leaveAllWorkspaces(db: Database, userId: string): Promise<void> {
	const alone: string[] = [];
	const stuck: string[] = [];
	for (const workspace of await workspacesOf(db, userId)) {
		if (workspace.role !== "owner" || !(await isLastOwner(db, workspace.id, userId))) continue;
		const [others] = await db
			.select({ number: count() })
			.from(memberships)
			.where(and(eq(memberships.workspaceId, workspace.id), ne(memberships.userId, userId)));
		if ((others?.number ?? 0) > 0) stuck.push(workspace.name);
		else alone.push(workspace.id);
	}
	if (stuck.length > 0) {
		throw new ApiError(409, "last_owner", `You are the only owner of ${stuck.join(", ")}. Make another member an owner first.`, {
			workspaces: stuck,
		});
	}
	for (const id of alone) await removeWorkspace(db, id);
}

/** Hides the workspace and all in it at once; the sweep then finishes what lives in other places. */
export async function removeWorkspace(db: Database, workspaceId: string): Promise<void> {
	const now = Date.now();
	const batch: [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]] = [
		db.update(workspaces).set({ deletedAt: now }).where(eq(workspaces.id, workspaceId)),
		db
			.update(integrations)
			.set({ deletedAt: now })
			.where(and(eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt))),
		db
			.update(connections)
			.set({ deletedAt: now })
			.where(and(eq(connections.workspaceId, workspaceId), isNull(connections.deletedAt))),
		db.delete(memberships).where(eq(memberships.workspaceId, workspaceId)),
		db.delete(invitations).where(eq(invitations.workspaceId, workspaceId)),
		db.delete(tokens).where(eq(tokens.workspaceId, workspaceId)),
	];
	await db.batch(batch);
}

/** Takes a member out of the workspace, with the tokens made there. @throws 409 `last_owner` */
export async function removeMember(db: Database, workspaceId: string, userId: string): Promise<void> {
	if (await isLastOwner(db, workspaceId, userId)) throw lastOwner();
	await db.batch([
		db.delete(memberships).where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId))),
		db.delete(tokens).where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.userId, userId))),
	]);
}

/** @returns the member's role, or null where the person is none */
export async function roleOf(
	db: Database,
	workspaceId: string,
	userId: string,
): Promise<{ role: Role; email: string; invitedTo: string | null } | null> {
	const [found] = await db
		.select({ role: memberships.role, email: users.email, invitedTo: users.invitedTo })
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));
	return found ?? null;
}
