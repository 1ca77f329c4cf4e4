import type { RouterRoute } from "hono/types";
import * as z from "zod";
import { ACCESS, type Access } from "./access";
import { errorAnswer } from "./answers";
import { type RouteWords, wordsOf } from "./describe";

/** The OpenAPI 3.1 document, made from the routes themselves: their words, their schemas and their rows of access. */

const INTRODUCTION =
	"JSON in, JSON out; times in ISO 8601 UTC. Log in for a session cookie and send Origin with it, or send `Authorization: Bearer <API token>`. A session names its workspace by the header `Inlet-Workspace`, else it gets the person's first.";

const STATUS_WORDS: Record<number, string> = { 101: "The live feed", 200: "OK", 201: "Made", 202: "Accepted", 204: "Done" };

type Document = Record<string, unknown> & { paths: Record<string, Record<string, unknown>> };

/** @param origin of the deployment that the document is about */
export function describeApi(routes: readonly RouterRoute[], origin: string): Document {
	const paths: Document["paths"] = {};
	for (const [key, words] of collectWords(routes)) {
		const [method = "", path = ""] = key.split(" ");
		const template = path.replaceAll(/:(\w+)/g, "{$1}");
		paths[template] = { ...paths[template], [method.toLowerCase()]: describeOperation(path, words, ACCESS[key]) };
	}
	return {
		openapi: "3.1.0",
		info: { title: "Inlet", version: "1", description: INTRODUCTION },
		servers: [{ url: origin }],
		paths,
		components: {
			schemas: { Error: schemaOf(errorAnswer, "output") },
			responses: { Error: { description: "Refused, with the reason", content: json({ $ref: "#/components/schemas/Error" }) } },
			securitySchemes: {
				token: { type: "http", scheme: "bearer" },
				session: { type: "apiKey", in: "cookie", name: "__Host-inlet" },
			},
		},
	};
}

/** The parts that a route's middlewares said, by `GET /api/path`. */
function collectWords(routes: readonly RouterRoute[]): Map<string, RouteWords> {
	const found = new Map<string, RouteWords>();
	for (const { method, path, handler } of routes) {
		if (method === "ALL") continue;
		const key = `${method} ${path}`;
		found.set(key, { ...found.get(key), ...wordsOf(handler) });
	}
	return found;
}

function describeOperation(path: string, words: RouteWords, access: Access | undefined): Record<string, unknown> {
	const { tag, summary, status = 200, answer, body, query } = words;
	const needs =
		access === undefined || access.least === "anyone"
			? ""
			: access.least === "person"
				? "Needs an account."
				: `Needs the role ${access.least}.`;
	const session = { session: [] };
	return {
		...(tag ? { tags: [tag] } : {}),
		summary,
		description: access?.sessionOnly ? `${needs} Not with an API token.` : needs,
		parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
		...(body ? { requestBody: { required: true, content: json(schemaOf(body, "input")) } } : {}),
		responses: {
			[status]: { description: STATUS_WORDS[status] ?? "OK", ...(answer ? { content: contentOf(answer) } : {}) },
			default: { $ref: "#/components/responses/Error" },
		},
		security: needs === "" ? [] : access?.sessionOnly ? [session] : [{ token: [] }, session],
	};
}

function pathParameters(path: string): object[] {
	return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
}

function queryParameters(query: z.ZodType): object[] {
	const { properties = {}, required = [] } = schemaOf(query, "input") as { properties?: Record<string, unknown>; required?: string[] };
	return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema }));
}

/** What JSON Schema cannot say, such as our own checks, is left open. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
	const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
	return rest;
}

/** JSON, or a file. */
const contentOf = (answer: z.ZodType) =>
	answer instanceof z.ZodFile ? { "application/octet-stream": { schema: schemaOf(answer, "output") } } : json(schemaOf(answer, "output"));

const json = (schema: unknown) => ({ "application/json": { schema } });
