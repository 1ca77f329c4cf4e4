import { and, asc, eq, isNull } from "drizzle-orm";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { memberships, workspaces } from "../db/schema";
import { ApiError } from "../errors";
import { ACCESS, type Access, BODY_LIMIT, methodsOf, reaches } from "./access";
import { limitBody, requireJson } from "./body";
import { type ApiContext, type ApiEnv, type Asker, databaseOf, type Membership, notFound, unauthenticated } from "./context";
import { limitDepth } from "./depth";
import { proveOwnOrigin, proveSameOrigin } from "./origin";
import { authenticate } from "./session";

const SAFE = new Set(["GET", "HEAD"]);

/**
 * Stands before every route: finds its row in the table of access, demands proof of origin and JSON of whatever
 * changes something, and leaves who is asking and for which workspace in the context.
 */
export const gate = createMiddleware<ApiEnv>(async (c, next) => {
	const access = accessTo(c);
	const byToken = c.req.header("Authorization") !== undefined;
	if (!SAFE.has(c.req.method)) {
		if (!byToken) proveSameOrigin(c);
		requireJson(c);
		await limitBody(c, access.bodyLimit ?? BODY_LIMIT);
		await limitDepth(c);
	} else if (c.req.header("Upgrade") !== undefined && !byToken) {
		proveOwnOrigin(c);
	}
	if (access.least === "anyone") return next();

	const asker = await authenticate(c);
	if (asker === null) throw unauthenticated();
	c.set("asker", asker);
	if (access.sessionOnly && asker.by === "token")
		throw new ApiError(403, "session_required", "An API token cannot do this. Log in instead.");
	if (access.least === "person") return next();

	const membership = await findMembership(c, asker, access);
	if (!reaches(membership.role, access.least)) {
		throw new ApiError(403, "forbidden", `This needs the role ${access.least}; yours here is ${membership.role}.`);
	}
	c.set("membership", membership);
	return next();
});

/** @throws 404 or 405 where no route matched, 403 where the route has no row */
function accessTo(c: ApiContext): Access {
	const method = c.req.method === "HEAD" ? "GET" : c.req.method;
	const route = matchedRoutes(c).find((candidate) => candidate.method === method);
	if (route === undefined) throw noRoute(c);
	const access = ACCESS[`${method} ${route.path}`];
	if (access === undefined) throw new ApiError(403, "forbidden", "Nobody may call this route.");
	return access;
}

function noRoute(c: ApiContext): ApiError {
	const methods = methodsOf(c.req.path);
	if (methods.length === 0) return notFound("route");
	return new ApiError(405, "method_not_allowed", `This path takes ${methods.join(", ")}.`, { allow: methods });
}

/** @throws 404 where the workspace named is not one of the asker's: its existence is no one else's business */
async function findMembership(c: ApiContext, asker: Asker, access: Access): Promise<Membership> {
	// A browser's WebSocket cannot send headers, so the live feed names its workspace in the query.
	const named = access.workspaceInPath ? c.req.path.split("/")[3] : (c.req.header("Inlet-Workspace") ?? c.req.query("workspace"));
	if (asker.token !== null) {
		if (named !== undefined && named !== asker.token.workspaceId) throw notFound("workspace");
		return asker.token;
	}
	const [membership] = await databaseOf(c)
		.select({ workspaceId: memberships.workspaceId, role: memberships.role })
		.from(memberships)
		.innerJoin(workspaces, and(eq(workspaces.id, memberships.workspaceId), isNull(workspaces.deletedAt)))
		.where(and(eq(memberships.userId, asker.userId), named === undefined ? undefined : eq(memberships.workspaceId, named)))
		.orderBy(asc(memberships.joinedAt), asc(memberships.workspaceId))
		.limit(1);
	if (membership === undefined) throw notFound("workspace");
	return membership;
}
