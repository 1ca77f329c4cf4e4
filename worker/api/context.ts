import type { Context } from "hono";
import { type Database, openDatabase } from "../db/client";
import type { Role } from "../db/schema/workspace";
import { ApiError } from "../errors";

/** Who is asking, once the gate has looked. */
export interface Asker {
	/** Of the session or token by which they ask. */
	id: string;
	userId: string;
	name: string;
	email: string;
	timeZone: string;
	by: "session" | "token";
	/** Epoch ms after which the session or token no longer counts. */
	endsAt: number;
	/** A token's own workspace and role; a session may name any workspace of its person. */
	token: { workspaceId: string; role: Role } | null;
}

/** The workspace that the request is about, and the asker's role there. */
export interface Membership {
	workspaceId: string;
	role: Role;
}

export interface ApiEnv {
	Bindings: Env;
	Variables: { requestId: string; asker?: Asker; membership?: Membership };
}

export type ApiContext<Path extends string = string> = Context<ApiEnv, Path>;

export const databaseOf = (c: ApiContext): Database => openDatabase(c.env.DB);

/** @throws 401 where the gate let nobody in; so a route whose row is wrong fails closed. */
export function askerOf(c: ApiContext): Asker {
	const asker = c.get("asker");
	if (asker === undefined) throw unauthenticated();
	return asker;
}

/** @throws 401 as `askerOf` */
export function membershipOf(c: ApiContext): Membership {
	const membership = c.get("membership");
	if (membership === undefined) throw unauthenticated();
	return membership;
}

export const workspaceOf = (c: ApiContext): string => membershipOf(c).workspaceId;

export const unauthenticated = (): ApiError => new ApiError(401, "unauthenticated", "Log in first, or send an API token.");

/** One and the same answer for what does not exist and what belongs to another workspace. */
export const notFound = (what: string): ApiError => new ApiError(404, "not_found", `There is no such ${what}.`);

export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
