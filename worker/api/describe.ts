import type { MiddlewareHandler } from "hono";
import type * as z from "zod";

/** What the OpenAPI document says of a route. Each of its middlewares adds a part; `openapi.ts` puts them together. */
export interface RouteWords {
	tag?: string;
	summary?: string;
	status?: number;
	answer?: z.ZodType | undefined;
	body?: z.ZodType;
	query?: z.ZodType;
}

const WORDS = Symbol("words");

/** Adds words to a middleware. */
export function withWords<Handler extends object>(handler: Handler, words: RouteWords): Handler {
	return Object.assign(handler, { [WORDS]: words });
}

export const wordsOf = (handler: object): RouteWords => (WORDS in handler ? (handler[WORDS] as RouteWords) : {});

/** A route's first middleware: what it does, and what it answers when it succeeds. */
export function describes(tag: string, summary: string, status: 101 | 200 | 201 | 202 | 204, answer?: z.ZodType): MiddlewareHandler {
	return withWords<MiddlewareHandler>((_c, next) => next(), { tag, summary, status, answer });
}
