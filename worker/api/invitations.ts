import { and, desc, eq, gt } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { invitations, ROLES } from "../db/schema";
import { ApiError } from "../errors";
import { newId } from "../ids";
import { reaches } from "./access";
import * as answers from "./answers";
import { jsonBody } from "./body";
import { type ApiEnv, askerOf, databaseOf, iso, membershipOf, notFound, workspaceOf } from "./context";
import { describes } from "./describe";
import { findInvitation, invitationGone, requireInvited } from "./invitation";
import { joinByInvitation, workspacesOf } from "./membership";
import { originOf } from "./origin";
import { hashSecret, newSecret } from "./secret";

const VALID_MS = 7 * 24 * 3_600_000;

/** Invitations by link. */
export const invitationRoutes = new Hono<ApiEnv>()
	.get(
		"/invitations",
		describes("Workspaces", "List the invitations that are open", 200, answers.pageOf(answers.invitation)),
		async (c) => {
			const rows = await databaseOf(c)
				.select()
				.from(invitations)
				.where(and(eq(invitations.workspaceId, workspaceOf(c)), gt(invitations.expiresAt, Date.now())))
				.orderBy(desc(invitations.createdAt));
			const items = rows.map(({ id, role, email, createdAt, expiresAt }) => ({
				id,
				role,
				email,
				createdAt: iso(createdAt),
				expiresAt: iso(expiresAt),
			}));
			return c.json({ items, cursor: null }, 200);
		},
	)
	.post(
		"/invitations",
		describes("Workspaces", "Make an invitation link", 201, answers.newInvitation),
		jsonBody(z.strictObject({ role: z.enum(ROLES), email: z.email().max(254).nullish() })),
		async (c) => {
			const { role, email = null } = c.req.valid("json");
			const { workspaceId, role: mine } = membershipOf(c);
			if (!reaches(mine, role)) throw new ApiError(403, "forbidden", "Nobody can invite to a role above their own.");
			const secret = newSecret("invitation");
			const row = {
				id: newId("inv"),
				workspaceId,
				role,
				email,
				createdBy: askerOf(c).userId,
				createdAt: Date.now(),
				expiresAt: Date.now() + VALID_MS,
			};
			await databaseOf(c)
				.insert(invitations)
				.values({ ...row, tokenHash: await hashSecret(secret) });
			const url = `${originOf(c)}/invitation/${secret}`;
			return c.json({ id: row.id, role, email, url, createdAt: iso(row.createdAt), expiresAt: iso(row.expiresAt) }, 201);
		},
	)
	.delete("/invitations/:id", describes("Workspaces", "Withdraw an invitation", 204), async (c) => {
		const gone = await databaseOf(c)
			.delete(invitations)
			.where(and(eq(invitations.id, c.req.param("id")), eq(invitations.workspaceId, workspaceOf(c))))
			.returning({ id: invitations.id });
		if (gone.length === 0) throw notFound("invitation");
		return c.body(null, 204);
	})
	.get(
		"/invitations/by-token/:token",
		describes("Workspaces", "What an invitation's link leads to", 200, answers.invitationSeen),
		async (c) => {
			const { workspaceName, role, email, expiresAt } = await findInvitation(databaseOf(c), c.req.param("token"));
			return c.json({ workspaceName, role, email, expiresAt: iso(expiresAt) }, 200);
		},
	)
	.post(
		"/invitations/by-token/:token/accept",
		describes("Workspaces", "Join by an invitation's link", 200, answers.workspaceOfPerson),
		async (c) => {
			const db = databaseOf(c);
			const { userId, email } = askerOf(c);
			const invitation = await findInvitation(db, c.req.param("token"));
			requireInvited(invitation, email);
			if (!(await joinByInvitation(db, invitation.id, userId))) throw invitationGone();
			const joined = (await workspacesOf(db, userId)).find((one) => one.id === invitation.workspaceId);
			if (joined === undefined) throw invitationGone();
			return c.json(joined, 200);
		},
	);
