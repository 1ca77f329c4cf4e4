import { ROLES, type Role } from "../db/schema/workspace";

/**
 * Who may call which route: the one table. A route without a row is refused to everybody, and a test sees to it that
 * every route has one.
 */

/** `anyone`: no account needed. `person`: any account or token. Else the least role in the workspace. */
export type Least = "anyone" | "person" | Role;

export interface Access {
	least: Least;
	/** API tokens are refused, whatever their role. */
	sessionOnly?: true;
	/** The workspace is the one in the path rather than in the header `Inlet-Workspace`. */
	workspaceInPath?: true;
	/** Bytes a body may have. */
	bodyLimit?: number;
}

const MB = 1024 * 1024;
export const BODY_LIMIT = MB;
/** An event's body of 10 MB and the JSON around it. */
const EVENT_BODY_LIMIT = 11 * MB;

export const ACCESS: Record<string, Access> = {
	"GET /api/health": { least: "anyone" },
	"GET /api/openapi.json": { least: "anyone" },

	"GET /api/sign-up": { least: "anyone" },
	"POST /api/auth/sign-up/email": { least: "anyone" },
	"POST /api/auth/sign-in/email": { least: "anyone" },
	"POST /api/auth/sign-out": { least: "anyone" },
	"GET /api/auth/get-session": { least: "anyone" },
	"POST /api/auth/reset-password": { least: "anyone" },
	"POST /api/auth/change-password": { least: "person", sessionOnly: true },
	"POST /api/auth/delete-user": { least: "person", sessionOnly: true },
	"GET /api/me": { least: "person" },
	"PATCH /api/me": { least: "person", sessionOnly: true },

	"POST /api/workspaces": { least: "person", sessionOnly: true },
	"PATCH /api/workspaces/:id": { least: "admin", workspaceInPath: true },
	"DELETE /api/workspaces/:id": { least: "owner", sessionOnly: true, workspaceInPath: true },
	"GET /api/usage": { least: "viewer" },
	"GET /api/members": { least: "viewer" },
	"DELETE /api/members/me": { least: "viewer", sessionOnly: true },
	"PATCH /api/members/:userId": { least: "admin" },
	"DELETE /api/members/:userId": { least: "admin" },
	"POST /api/members/:userId/reset-link": { least: "owner", sessionOnly: true },
	"GET /api/invitations": { least: "admin" },
	"POST /api/invitations": { least: "admin", sessionOnly: true },
	"DELETE /api/invitations/:id": { least: "admin" },
	"GET /api/invitations/by-token/:token": { least: "anyone" },
	"POST /api/invitations/by-token/:token/accept": { least: "person", sessionOnly: true },
	"GET /api/tokens": { least: "member" },
	"POST /api/tokens": { least: "member", sessionOnly: true },
	"DELETE /api/tokens/:id": { least: "member" },

	"GET /api/integrations": { least: "viewer" },
	"POST /api/integrations": { least: "member" },
	"GET /api/integrations/:id": { least: "viewer" },
	"PATCH /api/integrations/:id": { least: "member" },
	"DELETE /api/integrations/:id": { least: "member" },
	"POST /api/integrations/:id/duplicate": { least: "member" },
	"POST /api/integrations/:id/webhook/rotate": { least: "member" },
	"POST /api/integrations/:id/check": { least: "viewer" },
	"GET /api/integrations/:id/versions": { least: "viewer" },
	"GET /api/integrations/:id/versions/:version": { least: "viewer" },
	"POST /api/integrations/:id/versions/:version/restore": { least: "member" },
	"POST /api/integrations/:id/run": { least: "member", bodyLimit: EVENT_BODY_LIMIT },
	"GET /api/integrations/:id/ledger": { least: "viewer" },
	"GET /api/integrations/:id/deliveries": { least: "viewer" },
	"GET /api/integrations/:id/deliveries/:deliveryId": { least: "viewer" },
	"GET /api/integrations/:id/deliveries/:deliveryId/explanation": { least: "member" },
	"POST /api/integrations/:id/deliveries/:deliveryId/accept": { least: "member" },
	"GET /api/integrations/:id/inbox": { least: "viewer" },
	"GET /api/integrations/:id/inbox/:entryId/body": { least: "viewer" },
	"POST /api/integrations/:id/inbox/:entryId/send": { least: "member" },
	"GET /api/integrations/:id/lanes": { least: "viewer" },
	"POST /api/integrations/:id/lanes/:laneId/skip": { least: "member" },
	"GET /api/integrations/:id/schedule": { least: "viewer" },
	"GET /api/integrations/:id/kept": { least: "viewer" },
	"GET /api/integrations/:id/events": { least: "viewer" },
	"GET /api/integrations/:id/events/search": { least: "viewer" },
	"GET /api/integrations/:id/events/:eventId": { least: "viewer" },
	"POST /api/integrations/:id/events/:eventId/masked": { least: "viewer" },
	"POST /api/integrations/:id/events/:eventId/replay": { least: "member", bodyLimit: EVENT_BODY_LIMIT },
	"GET /api/integrations/:id/executions": { least: "viewer" },
	"GET /api/integrations/:id/executions/:executionId": { least: "viewer" },
	"POST /api/integrations/:id/executions/:executionId/cancel": { least: "member" },
	"GET /api/integrations/:id/live": { least: "viewer" },
	"POST /api/schedule/preview": { least: "viewer" },

	"GET /api/connections": { least: "viewer" },
	"POST /api/connections": { least: "member" },
	"PATCH /api/connections/:id": { least: "member" },
	"DELETE /api/connections/:id": { least: "member" },
	"GET /api/statistics": { least: "viewer" },
	"GET /api/alerts": { least: "viewer" },
	"POST /api/alerts/seen": { least: "member" },
	"GET /api/alerts/settings": { least: "admin" },
	"PATCH /api/alerts/settings": { least: "admin" },
	"POST /api/alerts/secret": { least: "admin" },
	"POST /api/alerts/test": { least: "admin" },
	"GET /api/regions": { least: "viewer" },
	"GET /api/senders": { least: "viewer" },
	"GET /api/senders/:id": { least: "viewer" },
	"GET /api/templates": { least: "viewer" },
	"GET /api/templates/:id": { least: "viewer" },
};

/** True where `role` may do what `least` asks for. */
export const reaches = (role: Role, least: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf(least);

/** Methods that a path takes, for the Allow header; empty where there is no such path. */
export function methodsOf(path: string): string[] {
	return PATHS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}

const PATHS = Object.keys(ACCESS).map((key) => {
	const [method = "", path = ""] = key.split(" ");
	return { method, pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:[a-zA-Z]+/g, "[^/]+")}$`) };
});
