import { and, desc, eq, sql } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { ROLES, tokens, users } from "../db/schema";
import { ApiError } from "../errors";
import { newId } from "../ids";
import { nameText } from "../integrations/name";
import { reaches } from "./access";
import * as answers from "./answers";
import { jsonBody } from "./body";
import { type ApiEnv, askerOf, databaseOf, iso, isoOrNull, membershipOf, notFound, workspaceOf } from "./context";
import { describes } from "./describe";
import { hashSecret, newSecret } from "./secret";

const DAY_MS = 24 * 3_600_000;
const TOKENS_MAX = 100;

/** API tokens. One that is made is shown once. */
export const tokenRoutes = new Hono<ApiEnv>()
	.get("/tokens", describes("Tokens", "List the API tokens of the workspace", 200, answers.pageOf(answers.token)), async (c) => {
		const rows = await databaseOf(c)
			.select({ token: tokens, createdBy: users.name })
			.from(tokens)
			.innerJoin(users, eq(users.id, tokens.userId))
			.where(eq(tokens.workspaceId, workspaceOf(c)))
			.orderBy(desc(tokens.createdAt), desc(tokens.id));
		const items = rows.map(({ token: { id, name, role, createdAt, expiresAt, lastUsedAt }, createdBy }) => ({
			id,
			name,
			role,
			createdBy,
			createdAt: iso(createdAt),
			expiresAt: isoOrNull(expiresAt),
			lastUsedAt: isoOrNull(lastUsedAt),
		}));
		return c.json({ items, cursor: null }, 200);
	})
	.post(
		"/tokens",
		describes("Tokens", "Make an API token", 201, answers.newToken),
		jsonBody(
			z.strictObject({
				name: nameText(80),
				/** The maker's own role where it is absent; at most that. */
				role: z.enum(ROLES).optional(),
				expiresInDays: z.int().min(1).max(3650).optional(),
			}),
		),
		async (c) => {
			const db = databaseOf(c);
			const { workspaceId, role: mine } = membershipOf(c);
			const { name, role = mine, expiresInDays } = c.req.valid("json");
			if (!reaches(mine, role)) throw new ApiError(403, "forbidden", `A token can have your role, ${mine}, at most.`);
			if ((await db.$count(tokens, eq(tokens.workspaceId, workspaceId))) >= TOKENS_MAX) {
				throw new ApiError(422, "quota_exceeded", `A workspace may have ${TOKENS_MAX} API tokens. Delete one first.`);
			}
			const secret = newSecret("inlet");
			const createdAt = Date.now();
			const expiresAt = expiresInDays === undefined ? null : createdAt + expiresInDays * DAY_MS;
			const { userId, name: createdBy } = askerOf(c);
			const row = { id: newId("tok"), workspaceId, userId, name, role, createdAt, expiresAt };
			await db.insert(tokens).values({ ...row, hash: await hashSecret(secret) });
			const shown = { id: row.id, name, role, createdBy, createdAt: iso(createdAt), expiresAt: isoOrNull(expiresAt), lastUsedAt: null };
			return c.json({ ...shown, token: secret }, 201);
		},
	)
	.delete("/tokens/:id", describes("Tokens", "Delete an API token; it stops working at once", 204), async (c) => {
		const { workspaceId, role } = membershipOf(c);
		// Members may take back their own tokens, admins everybody's.
		const own = reaches(role, "admin") ? sql`true` : eq(tokens.userId, askerOf(c).userId);
		const gone = await databaseOf(c)
			.delete(tokens)
			.where(and(eq(tokens.id, c.req.param("id")), eq(tokens.workspaceId, workspaceId), own))
			.returning({ id: tokens.id });
		if (gone.length === 0) throw notFound("token");
		return c.body(null, 204);
	});
