import type { BetterAuthOptions } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { openDatabase } from "../db/client";
import { accounts, sessions, users, verifications } from "../db/schema/user";
import { ApiError } from "../errors";
import { newId } from "../ids";
import { leaveAllWorkspaces } from "./membership";
import { hashPassword, PASSWORD_MAX, PASSWORD_MIN, verifyPassword } from "./password";
import { withHashedTokens } from "./session-token";

const DAY_SECONDS = 24 * 60 * 60;
const IDLE_DAYS = 7;
/** A session ends this long after log-in, however busy it was. */
export const SESSION_MAX_MS = 30 * DAY_SECONDS * 1000;
export const RESET_LINK_MS = DAY_SECONDS * 1000;

/**
 * better-auth, for accounts, passwords and sessions. Only its functions are called: its own router stays shut, so that
 * every path is one of ours, behind the gate.
 */
function createAuth(env: Env, secure: boolean) {
	const tables = drizzleAdapter(openDatabase(env.DB), {
		provider: "sqlite",
		usePlural: true,
		schema: { users, sessions, accounts, verifications },
	});
	return betterAuth({
		secret: env.AUTH_SECRET,
		baseURL: env.PUBLIC_URL || "http://localhost",
		database: (options: BetterAuthOptions) => withHashedTokens(tables(options)),
		emailAndPassword: {
			enabled: true,
			minPasswordLength: PASSWORD_MIN,
			maxPasswordLength: PASSWORD_MAX,
			password: { hash: hashPassword, verify: verifyPassword },
			revokeSessionsOnPasswordReset: true,
		},
		user: {
			deleteUser: { enabled: true, beforeDelete: ({ id }) => leaveAllWorkspaces(openDatabase(env.DB), id) },
			additionalFields: { timeZone: { type: "string", required: false, defaultValue: "UTC" } },
		},
		session: { expiresIn: IDLE_DAYS * DAY_SECONDS, updateAge: DAY_SECONDS },
		verification: { storeIdentifier: "hashed" },
		advanced: {
			database: { generateId: ({ model }) => (model === "user" ? newId("usr") : crypto.randomUUID()), validateSchema: false },
			useSecureCookies: false, // the prefix `__Host-` below says more
			cookies: {
				session_token: { name: secure ? "__Host-inlet" : "inlet", attributes: { secure } },
				dont_remember: { name: secure ? "__Host-inlet-brief" : "inlet-brief", attributes: { secure } },
			},
		},
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		logger: { disabled: true },
	});
}

export type Auth = ReturnType<typeof createAuth>;

const made = new WeakMap<D1Database, Map<boolean, Auth>>();

/** @param secure whether the request came by https: cookies then carry the prefix `__Host-` */
export function authOf(env: Env, secure: boolean): Auth {
	const ofDatabase = made.get(env.DB) ?? new Map<boolean, Auth>();
	made.set(env.DB, ofDatabase);
	const auth = ofDatabase.get(secure) ?? createAuth(env, secure);
	ofDatabase.set(secure, auth);
	return auth;
}

const WRONG_CREDENTIALS = new ApiError(401, "wrong_credentials", "The email or the password is wrong.");
const LINK_EXPIRED = new ApiError(410, "link_expired", "This link was used already, or is too old.");

const REFUSALS: Record<string, ApiError> = {
	INVALID_EMAIL: WRONG_CREDENTIALS,
	INVALID_EMAIL_OR_PASSWORD: WRONG_CREDENTIALS,
	INVALID_PASSWORD: new ApiError(403, "wrong_password", "The password is wrong."),
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: new ApiError(422, "email_taken", "There is an account with this email already."),
	INVALID_TOKEN: LINK_EXPIRED,
	USER_NOT_FOUND: LINK_EXPIRED,
};

/** Calls the library and words its refusals as ours. */
export async function callAuth<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

function refusalOf(error: unknown): ApiError | null {
	if (!(error instanceof Error) || !("body" in error) || typeof error.body !== "object" || error.body === null) return null;
	const code = "code" in error.body && typeof error.body.code === "string" ? error.body.code : "";
	const known = REFUSALS[code];
	if (known !== undefined) return known;
	const refused = "statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500;
	return refused ? new ApiError(422, code.toLowerCase() || "invalid_input", error.message || "The input is not valid.") : null;
}
