import { and, eq, gt, isNull, or } from "drizzle-orm";
import { memberships, ROLES, sessions, tokens, users, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import { authOf, SESSION_MAX_MS } from "./auth";
import { type ApiContext, type Asker, databaseOf } from "./context";
import { hashSecret } from "./secret";

const NEVER = Date.UTC(9999, 0, 1);
const LAST_USED_EVERY_MS = 3_600_000;

export const isSecure = (c: ApiContext): boolean => new URL(c.req.url).protocol === "https:";

/**
 * Who is asking, by API token or else by session cookie; null where neither was sent or the session has ended.
 * @throws 401 `invalid_token`: a wrong token never falls back to a cookie
 */
export function authenticate(c: ApiContext): Promise<Asker | null> {
	const authorization = c.req.header("Authorization");
	return authorization === undefined ? askerOfSession(c) : askerOfToken(c, authorization);
}

async function askerOfSession(c: ApiContext): Promise<Asker | null> {
	if (c.req.header("Cookie") === undefined) return null;
	const { headers, response: found } = await authOf(c.env, isSecure(c)).api.getSession({ headers: c.req.raw.headers, returnHeaders: true });
	if (found === null) return null;
	const { user, session } = found;
	const ends = session.createdAt.getTime() + SESSION_MAX_MS;
	if (ends <= Date.now()) {
		await databaseOf(c).delete(sessions).where(eq(sessions.id, session.id));
		return null;
	}
	forwardCookies(c, headers);
	return {
		id: session.id,
		userId: user.id,
		name: user.name,
		email: user.email,
		timeZone: user.timeZone ?? "UTC",
		by: "session",
		endsAt: Math.min(ends, session.expiresAt.getTime()),
		token: null,
	};
}

/** A token can do no more than its maker can today, and nothing once its maker has left. */
async function askerOfToken(c: ApiContext, authorization: string): Promise<Asker> {
	const secret = /^Bearer (inlet_[\w-]{43})$/.exec(authorization)?.[1];
	if (secret === undefined) throw invalidToken();
	const db = databaseOf(c);
	const now = Date.now();
	const hash = await hashSecret(secret);
	const [found] = await db
		.select({ token: tokens, makersRole: memberships.role, user: users })
		.from(tokens)
		.innerJoin(memberships, and(eq(memberships.workspaceId, tokens.workspaceId), eq(memberships.userId, tokens.userId)))
		.innerJoin(workspaces, and(eq(workspaces.id, tokens.workspaceId), isNull(workspaces.deletedAt)))
		.innerJoin(users, eq(users.id, tokens.userId))
		.where(and(eq(tokens.hash, hash), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now))));
	if (found === undefined) throw invalidToken();
	const { token, makersRole, user } = found;
	if ((token.lastUsedAt ?? 0) < now - LAST_USED_EVERY_MS) {
		await db.update(tokens).set({ lastUsedAt: now }).where(eq(tokens.id, token.id));
	}
	const role = ROLES.indexOf(makersRole) > ROLES.indexOf(token.role) ? makersRole : token.role;
	return {
		id: token.id,
		userId: user.id,
		name: user.name,
		email: user.email,
		timeZone: user.timeZone,
		by: "token",
		endsAt: token.expiresAt ?? NEVER,
		token: { workspaceId: token.workspaceId, role },
	};
}

const invalidToken = (): ApiError => new ApiError(401, "invalid_token", "This API token is not valid, or no longer.");

/** Hands on the cookies that the authentication library set. */
export function forwardCookies(c: ApiContext, headers: Headers): void {
	for (const cookie of headers.getSetCookie()) c.header("Set-Cookie", cookie, { append: true });
}
