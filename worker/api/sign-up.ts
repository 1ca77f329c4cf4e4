import { eq, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { users } from "../db/schema";
import { ApiError } from "../errors";
import type { Person, SignUpMode } from "./answers";
import { authOf, callAuth } from "./auth";
import { type ApiContext, databaseOf } from "./context";
import { type InvitationRow, invitationGone, requireInvited } from "./invitation";
import { ensureWorkspace, joinByInvitation } from "./membership";
import { isSecure } from "./session";

interface NewPerson {
	name: string;
	email: string;
	password: string;
	timeZone?: string | undefined;
}

/** Whether anyone may sign up, or only who was invited. A development server is always open. */
export async function signUpMode(env: Env, db: Database): Promise<SignUpMode> {
	if (env.ENVIRONMENT === "development" || env.SIGN_UP === "open") return { open: true, mode: "open" };
	if (env.SIGN_UP === "invited") return { open: false, mode: "invited" };
	const [somebody] = await db.select({ id: users.id }).from(users).limit(1);
	return { open: somebody === undefined, mode: "first" };
}

/**
 * Makes an account, logged in: with an invitation in its workspace, otherwise with a workspace of its own.
 * @returns the headers that set the session's cookie
 * @throws 403 `sign_up_closed`, 422 `email_taken`, 410 where the invitation is used up
 */
export async function signUp(
	c: ApiContext,
	fields: NewPerson,
	invitation: InvitationRow | null,
): Promise<{ headers: Headers; user: Person }> {
	const db = databaseOf(c);
	const { open, mode } = await signUpMode(c.env, db);
	if (invitation === null && !open) throw closed();
	if (invitation !== null) requireInvited(invitation, fields.email);
	const { headers, response } = await callAuth(() =>
		authOf(c.env, isSecure(c)).api.signUpEmail({ body: fields, headers: c.req.raw.headers, returnHeaders: true }),
	);
	const { id, name, email } = response.user;
	const user = { id, name, email, timeZone: fields.timeZone ?? "UTC" };
	if (invitation !== null) {
		if (!(await joinByInvitation(db, invitation.id, id))) throw await undone(db, id, invitationGone());
		await db.update(users).set({ invitedTo: invitation.workspaceId }).where(eq(users.id, id));
	} else {
		// Two may sign up as the first at the same moment; the row that came second goes.
		if (mode === "first" && (await firstPerson(db)) !== id) throw await undone(db, id, closed());
		await ensureWorkspace(db, user);
	}
	return { headers, user };
}

async function undone(db: Database, userId: string, reason: ApiError): Promise<ApiError> {
	await db.delete(users).where(eq(users.id, userId));
	return reason;
}

async function firstPerson(db: Database): Promise<string | undefined> {
	const [first] = await db.select({ id: users.id }).from(users).orderBy(sql`rowid`).limit(1);
	return first?.id;
}

const closed = (): ApiError => new ApiError(403, "sign_up_closed", "Sign-up is closed here. Ask an owner for an invitation link.");
