import { sValidator } from "@hono/standard-validator";
import * as z from "zod";
import { ApiError } from "../errors";
import type { ApiContext } from "./context";
import { withWords } from "./describe";

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** @throws 415 where a body of another type is sent: forms of other sites can send those without asking */
export function requireJson(c: ApiContext): void {
	const type = c.req.header("Content-Type");
	const hasBody = type !== undefined || c.req.header("Transfer-Encoding") !== undefined || Number(c.req.header("Content-Length") ?? 0) > 0;
	if (hasBody && !JSON_TYPE.test(type ?? ""))
		throw new ApiError(415, "unsupported_media_type", "Send JSON, with Content-Type: application/json.");
}

/** Refuses a body that is too large; counts what is read of one that came without Content-Length. @throws 413 `payload_too_large` */
export async function limitBody(c: ApiContext, limit: number): Promise<void> {
	const tooLarge = (): ApiError => new ApiError(413, "payload_too_large", `A body here may have ${Math.floor(limit / 1024 / 1024)} MB.`);
	const announced = Number(c.req.header("Content-Length") ?? Number.NaN);
	if (announced > limit) throw tooLarge();
	if (c.req.raw.body === null || announced === 0) {
		// No body means no fields, also where a client names a type for it.
		if (c.req.header("Content-Type") !== undefined) c.req.raw = new Request(c.req.raw, { body: "{}" });
		return;
	}
	if (announced > 0) return;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of c.req.raw.body as ReadableStream<Uint8Array>) {
		size += chunk.byteLength;
		if (size > limit) throw tooLarge();
		chunks.push(chunk);
	}
	c.req.raw = new Request(c.req.raw, { body: new Blob(chunks) });
}

/**
 * Checks a JSON body.
 * @param described what the OpenAPI document shows instead, where the rest is checked later
 * @throws 422 naming every field that is wrong
 */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema, described: z.ZodType = schema) =>
	withWords(
		sValidator("json", schema, (result) => refuse(result)),
		{ body: described },
	);

/** Checks the query. @throws 422 as above */
export const query = <Schema extends z.ZodType>(schema: Schema) =>
	withWords(
		sValidator("query", schema, (result) => refuse(result)),
		{ query: schema },
	);

export const limit = z.coerce.number().int().min(1).max(200);
export const pageQuery = z.object({
	limit: limit.default(50),
	cursor: z.string().max(200).optional(),
});

/** What zod says of one field; the parts that only some codes have are optional here. */
interface Issue {
	readonly code?: string;
	readonly message: string;
	readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
	readonly keys?: readonly string[];
	readonly origin?: string;
	readonly minimum?: number | bigint;
	readonly maximum?: number | bigint;
	readonly values?: readonly unknown[];
	readonly format?: string;
}

function refuse(result: { success: boolean; error?: readonly unknown[] }): void {
	if (!result.success) throw invalid((result.error ?? []) as readonly Issue[]);
}

/** What zod found, as the API says it: `details.problems` names each field. */
function invalid(issues: readonly Issue[]): ApiError {
	const problems = issues.flatMap((issue) => {
		const path = (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part));
		if (issue.code !== "unrecognized_keys") return [{ field: path.join("."), message: wordsFor(issue) }];
		return (issue.keys ?? []).map((key) => ({ field: [...path, key].join("."), message: "There is no such field." }));
	});
	const code = issues.some((issue) => issue.code === "unrecognized_keys") ? "unknown_field" : "invalid_input";
	const [first] = problems;
	return new ApiError(422, code, first === undefined ? "The input is not valid." : sentence(first), { problems });
}

/** Zod's commonest messages in words for people; our own checks bring theirs along. */
function wordsFor({ code, message, origin, minimum, maximum, values, format }: Issue): string {
	const unit = origin === "string" ? " characters" : "";
	switch (code) {
		case "invalid_type":
			return message.endsWith("received undefined") ? "This is missing." : message.replace("Invalid input: expected", "Expected");
		case "too_small":
			return origin === "string" && minimum === 1 ? "This must not be empty." : `At least ${minimum}${unit}.`;
		case "too_big":
			return `At most ${maximum}${unit}.`;
		case "invalid_value":
			return `This must be ${(values ?? []).map(String).join(" or ")}.`;
		case "invalid_format":
			return format === "email" ? "This is not an email address." : message;
		default:
			return message;
	}
}

/** A single field's refusal, where the rule is not zod's. */
export const invalidField = (field: string, message: string): ApiError => invalidFields([{ field, message }]);

/** Several at once, so that nobody has to save once for each. The first is the answer's message. */
export const invalidFields = (problems: readonly [FieldProblem, ...FieldProblem[]]): ApiError =>
	new ApiError(422, "invalid_input", sentence(problems[0]), { problems });

/** A cursor that none of our lists gave, or another list. */
export function invalidCursor(): ApiError {
	const problem = { field: "cursor", message: "This is not a cursor of this list." };
	return new ApiError(422, "invalid_cursor", sentence(problem), { problems: [problem] });
}

interface FieldProblem {
	field: string;
	message: string;
}

const sentence = ({ field, message }: FieldProblem): string => `${field || "body"}: ${message}`;

/** Parses what was put together from several sources. @throws 422 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
	const result = z.safeParse(schema, value);
	if (!result.success) throw invalid(result.error.issues);
	return result.data;
}
