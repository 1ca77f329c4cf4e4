import { describeRoute, resolver } from "hono-openapi";
import type { z } from "zod";

const WORDS: Record<number, string> = { 101: "The live feed", 200: "OK", 201: "Made", 202: "Accepted", 204: "Done" };

/** A route's entry in the OpenAPI document: what it does, and what it answers when it succeeds. */
export function describes(tag: string, summary: string, status: 101 | 200 | 201 | 202 | 204, schema?: z.ZodType) {
	const description = WORDS[status] ?? "";
	const success = schema === undefined ? { description } : { description, content: { "application/json": { schema: resolver(schema) } } };
	return describeRoute({
		tags: [tag],
		summary,
		responses: { [status]: success, default: { $ref: "#/components/responses/Error" } },
	});
}
