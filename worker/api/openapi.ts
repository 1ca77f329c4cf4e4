import type { Hono } from "hono";
import { openAPIRouteHandler, resolver } from "hono-openapi";
import { errorAnswer } from "./answers";
import type { ApiEnv } from "./context";

/** Adds GET /api/openapi.json, which describes every other route of the app. */
// biome-ignore lint/suspicious/noExplicitAny: the app's own type is what its schema makes of it, of no matter here
export function describeApi(app: Hono<ApiEnv, any, any>): void {
	app.get(
		"/openapi.json",
		openAPIRouteHandler(app, {
			documentation: {
				openapi: "3.1.0",
				info: {
					title: "Inlet",
					version: "1",
					description:
						"JSON in, JSON out; times as ISO 8601 UTC. Log in for a session cookie, or send `Authorization: Bearer <API token>`. A session names its workspace by the header `Inlet-Workspace`.",
				},
				components: {
					securitySchemes: {
						token: { type: "http", scheme: "bearer" },
						session: { type: "apiKey", in: "cookie", name: "__Host-inlet" },
					},
					responses: {
						Error: { description: "Refused, with the reason", content: { "application/json": { schema: resolver(errorAnswer) } } },
					},
				},
				security: [{ token: [] }, { session: [] }],
			},
		}),
	);
}
