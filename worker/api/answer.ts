import type { ErrorHandler, NotFoundHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { ApiError, describeError } from "../errors";
import { newId } from "../ids";
import { type ApiContext, type ApiEnv, notFound } from "./context";

const RETRY_SECONDS = 5;

/** Names the request, and marks every answer as fresh and as nothing but what it says it is. */
export const answer = createMiddleware<ApiEnv>(async (c, next) => {
	c.set("requestId", newId("req"));
	await next();
	if (c.res.status === 101) return;
	c.res.headers.set("Inlet-Request-Id", c.get("requestId"));
	c.res.headers.set("Cache-Control", "no-store");
	c.res.headers.set("X-Content-Type-Options", "nosniff");
});

/** The contract's error shape, and one line in the log. What is not an `ApiError` goes out as no more than a request id. */
export const onError: ErrorHandler<ApiEnv> = (error, c) => {
	const refusal = refusalOf(error);
	logFailure(c, refusal, error);
	const { status, code, message, details } = refusal;
	const wait = isRecord(details) && typeof details.retryAfterSeconds === "number" ? details.retryAfterSeconds : RETRY_SECONDS;
	if (status === 429 || status === 503) c.header("Retry-After", String(Math.ceil(wait)));
	if (status === 405 && isRecord(details) && Array.isArray(details.allow)) c.header("Allow", details.allow.join(", "));
	const requestId = c.get("requestId");
	return c.json({ error: { code, message, requestId, ...(details === undefined ? {} : { details }) } }, status);
};

/** What comes to the Worker and is neither under /api nor an endpoint's. */
export const onNoRoute: NotFoundHandler<ApiEnv> = async (c) => {
	await answer(c, async () => {
		c.res = await onError(notFound("route"), c);
	});
	return c.res;
};

interface Refusal {
	status: ApiError["status"] | 500;
	code: string;
	message: string;
	details?: unknown;
}

function refusalOf(error: Error): Refusal {
	if (error instanceof ApiError) return error;
	if (error instanceof HTTPException && error.status === 400)
		return { status: 400, code: "malformed_json", message: "The body is not valid JSON." };
	return { status: 500, code: "internal", message: "Something went wrong on our side. Tell us the request id if it happens again." };
}

function logFailure(c: ApiContext, { status, code }: Refusal, error: Error): void {
	const line = { requestId: c.get("requestId"), method: c.req.method, route: routePath(c, -1), status, code };
	if (status < 500) console.info(JSON.stringify(line));
	// A database error's own message holds the statement's parameters; its cause does not.
	else console.error(JSON.stringify({ ...line, error: describeError(error.cause ?? error), at: error.stack?.split("\n")[1]?.trim() }));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
