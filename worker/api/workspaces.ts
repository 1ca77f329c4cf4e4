import { and, asc, eq } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { memberships, ROLES, users, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import { isTimeZone } from "../events/wall-clock";
import { nameText } from "../integrations/name";
import { usageOf } from "../integrations/quotas";
import { finishRemovals } from "../integrations/sweep";
import { reaches } from "./access";
import * as answers from "./answers";
import { authOf, RESET_LINK_MS } from "./auth";
import { jsonBody } from "./body";
import { type ApiEnv, askerOf, databaseOf, iso, membershipOf, notFound, workspaceOf } from "./context";
import { describes } from "./describe";
import { isLastOwner, lastOwner, makeWorkspace, removeMember, removeWorkspace, roleOf, workspacesOf } from "./membership";
import { originOf } from "./origin";
import { newSecret } from "./secret";
import { isSecure } from "./session";

const name = nameText(80);
const timeZone = z.string().refine(isTimeZone, "not a time zone; use a name such as Europe/Warsaw");

/** Workspaces and who belongs to them. */
export const workspaceRoutes = new Hono<ApiEnv>()
	.post(
		"/workspaces",
		describes("Workspaces", "Make a workspace", 201, answers.workspaceOfPerson),
		jsonBody(z.strictObject({ name })),
		async (c) => {
			const asker = askerOf(c);
			return c.json(await makeWorkspace(databaseOf(c), asker.userId, c.req.valid("json").name, asker.timeZone), 201);
		},
	)
	.patch(
		"/workspaces/:id",
		describes("Workspaces", "Rename a workspace or move it to another time zone", 200, answers.workspaceOfPerson),
		jsonBody(z.strictObject({ name: name.optional(), timeZone: timeZone.optional() })),
		async (c) => {
			const db = databaseOf(c);
			const { workspaceId, role } = membershipOf(c);
			const changes = c.req.valid("json");
			const [before] = await db
				.select({ name: workspaces.name, timeZone: workspaces.timeZone })
				.from(workspaces)
				.where(eq(workspaces.id, workspaceId));
			if (before === undefined) throw notFound("workspace");
			const after = { ...before, ...changes };
			await db.update(workspaces).set(after).where(eq(workspaces.id, workspaceId));
			return c.json({ id: workspaceId, role, ...after }, 200);
		},
	)
	.delete("/workspaces/:id", describes("Workspaces", "Delete a workspace with all that is in it", 204), async (c) => {
		await removeWorkspace(databaseOf(c), workspaceOf(c));
		c.executionCtx.waitUntil(finishRemovals(c.env, databaseOf(c)));
		return c.body(null, 204);
	})
	.get("/usage", describes("Workspaces", "What the workspace uses of its quotas", 200, answers.usage), async (c) => {
		return c.json(await usageOf(c.env, databaseOf(c), workspaceOf(c)), 200);
	})
	.get("/members", describes("Workspaces", "List the members", 200, answers.pageOf(answers.member)), async (c) => {
		const rows = await databaseOf(c)
			.select({ userId: users.id, name: users.name, email: users.email, role: memberships.role, joinedAt: memberships.joinedAt })
			.from(memberships)
			.innerJoin(users, eq(users.id, memberships.userId))
			.where(eq(memberships.workspaceId, workspaceOf(c)))
			.orderBy(asc(memberships.joinedAt), asc(users.id));
		return c.json({ items: rows.map((row) => ({ ...row, joinedAt: iso(row.joinedAt) })), cursor: null }, 200);
	})
	.delete("/members/me", describes("Workspaces", "Leave the workspace", 204), async (c) => {
		await removeMember(databaseOf(c), workspaceOf(c), askerOf(c).userId);
		return c.body(null, 204);
	})
	.patch(
		"/members/:userId",
		describes("Workspaces", "Give a member another role", 204),
		jsonBody(z.strictObject({ role: z.enum(ROLES) })),
		async (c) => {
			const db = databaseOf(c);
			const { workspaceId, role: mine } = membershipOf(c);
			const userId = c.req.param("userId");
			const { role } = c.req.valid("json");
			const before = await roleOf(db, workspaceId, userId);
			if (before === null) throw notFound("member");
			if (!reaches(mine, before.role) || !reaches(mine, role)) throw aboveOwnRole();
			if (role !== "owner" && (await isLastOwner(db, workspaceId, userId))) throw lastOwner();
			await db
				.update(memberships)
				.set({ role })
				.where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)));
			return c.body(null, 204);
		},
	)
	.delete("/members/:userId", describes("Workspaces", "Take a member out of the workspace", 204), async (c) => {
		const { workspaceId, role: mine } = membershipOf(c);
		const before = await roleOf(databaseOf(c), workspaceId, c.req.param("userId"));
		if (before === null) throw notFound("member");
		if (!reaches(mine, before.role)) throw aboveOwnRole();
		await removeMember(databaseOf(c), workspaceId, c.req.param("userId"));
		return c.body(null, 204);
	})
	.post(
		"/members/:userId/reset-link",
		describes("Workspaces", "Make a link by which a member sets a new password", 201, answers.link),
		async (c) => {
			const db = databaseOf(c);
			const userId = c.req.param("userId");
			const member = await roleOf(db, workspaceOf(c), userId);
			if (member === null) throw notFound("member");
			// The link opens the whole account, so the maker must own every workspace that the account can reach.
			const owned = new Set((await workspacesOf(db, askerOf(c).userId)).filter((one) => one.role === "owner").map((one) => one.id));
			const reached = await workspacesOf(db, userId);
			if (userId !== askerOf(c).userId && (member.invitedTo !== workspaceOf(c) || reached.some((one) => !owned.has(one.id)))) {
				throw new ApiError(
					409,
					"not_yours_to_reset",
					"This person's account was not made through this workspace, or reaches others that you do not own.",
				);
			}
			const { internalAdapter } = await authOf(c.env, isSecure(c)).$context;
			const token = newSecret("reset");
			const expiresAt = Date.now() + RESET_LINK_MS;
			await internalAdapter.createVerificationValue({
				identifier: `reset-password:${token}`,
				value: userId,
				expiresAt: new Date(expiresAt),
			});
			return c.json({ url: `${originOf(c)}/reset-password?token=${token}`, expiresAt: iso(expiresAt) }, 201);
		},
	);

const aboveOwnRole = (): ApiError => new ApiError(403, "forbidden", "Nobody can give or take a role above their own.");
