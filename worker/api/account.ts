import { eq } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { users } from "../db/schema";
import { isTimeZone } from "../events/wall-clock";
import { nameText } from "../integrations/name";
import * as answers from "./answers";
import { authOf, callAuth } from "./auth";
import { jsonBody } from "./body";
import { type ApiContext, type ApiEnv, askerOf, databaseOf, iso } from "./context";
import { describes } from "./describe";
import { findInvitation } from "./invitation";
import { ensureWorkspace, workspacesOf } from "./membership";
import { PASSWORD_MAX, PASSWORD_MIN } from "./password";
import { authenticate, forwardCookies, isSecure } from "./session";
import { signUp, signUpMode } from "./sign-up";
import { logInCounts, sessionCounts, throttled } from "./throttle";

const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const password = z.string().min(1).max(PASSWORD_MAX);
const name = nameText(80);
const timeZone = z.string().refine(isTimeZone, "not a time zone; use a name such as Europe/Warsaw");

const signUpBody = z.strictObject({
	name,
	email: z.email().max(254),
	password: newPassword,
	timeZone: timeZone.optional(),
	/** The token of an invitation's link. */
	invitation: z.string().max(100).optional(),
});
const signInBody = z.strictObject({ email: z.string().max(254), password, rememberMe: z.boolean().optional() });
const changePasswordBody = z.strictObject({ currentPassword: password, newPassword, revokeOtherSessions: z.boolean().default(true) });
const resetPasswordBody = z.strictObject({ newPassword, token: z.string().max(100) });

const auth = (c: ApiContext) => authOf(c.env, isSecure(c)).api;

/** Accounts and sessions. The paths under /api/auth are those of the authentication library, of which only these exist. */
export const account = new Hono<ApiEnv>()
	.get("/sign-up", describes("Identity", "Whether one may sign up without an invitation", 200, answers.signUpMode), async (c) => {
		return c.json(await signUpMode(c.env, databaseOf(c)), 200);
	})
	.post(
		"/auth/sign-up/email",
		describes("Identity", "Make an account and log in", 200, answers.signedIn),
		jsonBody(signUpBody),
		async (c) => {
			const { invitation: secret, ...fields } = c.req.valid("json");
			const invitation = secret === undefined ? null : await findInvitation(databaseOf(c), secret);
			const { headers, user } = await signUp(c, fields, invitation);
			forwardCookies(c, headers);
			return c.json({ user }, 200);
		},
	)
	.post("/auth/sign-in/email", describes("Identity", "Log in", 200, answers.signedIn), jsonBody(signInBody), async (c) => {
		const body = c.req.valid("json");
		const { headers, response } = await throttled(databaseOf(c), await logInCounts(c, body.email), () =>
			callAuth(() => auth(c).signInEmail({ body, headers: c.req.raw.headers, returnHeaders: true })),
		);
		forwardCookies(c, headers);
		const { id, name, email, timeZone } = response.user;
		const user = { id, name, email, timeZone: timeZone ?? "UTC" };
		await ensureWorkspace(databaseOf(c), user);
		return c.json({ user }, 200);
	})
	.post("/auth/sign-out", describes("Identity", "Log out", 200, answers.signedOut), async (c) => {
		const { headers } = await callAuth(() => auth(c).signOut({ headers: c.req.raw.headers, returnHeaders: true }));
		forwardCookies(c, headers);
		return c.json({ success: true }, 200);
	})
	.get("/auth/get-session", describes("Identity", "Who is logged in, or null", 200, answers.currentSession), async (c) => {
		const asker = await authenticate(c);
		if (asker === null) return c.json(null, 200);
		const { userId: id, name, email, timeZone, endsAt } = asker;
		return c.json({ user: { id, name, email, timeZone }, expiresAt: iso(endsAt) }, 200);
	})
	.post("/auth/change-password", describes("Identity", "Change one's password", 204), jsonBody(changePasswordBody), async (c) => {
		const body = c.req.valid("json");
		const { headers } = await throttled(databaseOf(c), sessionCounts(c, askerOf(c).id), () =>
			callAuth(() => auth(c).changePassword({ body, headers: c.req.raw.headers, returnHeaders: true })),
		);
		forwardCookies(c, headers);
		return c.body(null, 204);
	})
	.post(
		"/auth/reset-password",
		describes("Identity", "Set a password by the link that an owner made", 204),
		jsonBody(resetPasswordBody),
		async (c) => {
			await callAuth(() => auth(c).resetPassword({ body: c.req.valid("json") }));
			return c.body(null, 204);
		},
	)
	.post(
		"/auth/delete-user",
		describes("Identity", "Delete one's account, with the workspaces that nobody else belongs to", 204),
		jsonBody(z.strictObject({ password })),
		async (c) => {
			const { headers } = await throttled(databaseOf(c), sessionCounts(c, askerOf(c).id), () =>
				callAuth(() => auth(c).deleteUser({ body: c.req.valid("json"), headers: c.req.raw.headers, returnHeaders: true })),
			);
			forwardCookies(c, headers);
			return c.body(null, 204);
		},
	)
	.get("/me", describes("Identity", "The person who is asking, and their workspaces", 200, answers.me), async (c) => {
		const { userId: id, name, email, timeZone, token } = askerOf(c);
		const all = await workspacesOf(databaseOf(c), id);
		const workspaces =
			token === null ? all : all.filter((one) => one.id === token.workspaceId).map((one) => ({ ...one, role: token.role }));
		return c.json({ user: { id, name, email, timeZone }, workspaces }, 200);
	})
	.patch(
		"/me",
		describes("Identity", "Change one's name or time zone", 200, answers.person),
		jsonBody(z.strictObject({ name: name.optional(), timeZone: timeZone.optional() })),
		async (c) => {
			const { userId: id, email, ...before } = askerOf(c);
			const after = { name: before.name, timeZone: before.timeZone, ...c.req.valid("json") };
			await databaseOf(c)
				.update(users)
				.set({ ...after, updatedAt: new Date() })
				.where(eq(users.id, id));
			return c.json({ id, email, ...after }, 200);
		},
	);
