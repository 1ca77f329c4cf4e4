import * as z from "zod";

/**
 * The workflow: a tree of steps. One zod object a kind of step; `Step` is their union, so that a new kind breaks the
 * build wherever it is not handled yet. Expressions are checked in `executions/check.ts`, shapes here.
 */

/** Bytes of JSON one workflow may have. */
export const WORKFLOW_MAX_BYTES = 256 * 1024;
export const STEPS_MAX = 200;

const stepId = z
	.string()
	.regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, "a letter, then letters, digits or _; 40 characters at most")
	.refine((id) => !["__proto__", "constructor", "prototype"].includes(id), "this name is reserved");

const common = { id: stepId, name: z.string().max(80).optional() };

/** A value whose strings may hold `{{ … }}`. */
export type Template = string | number | boolean | null | Template[] | { [key: string]: Template };
export const template: z.ZodType<Template> = z.lazy(() =>
	z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(template), z.record(z.string(), template)]),
);

export const RETRY_DEFAULT = { attempts: 5, backoff: "exponential", initialMs: 1000, maxMs: 600_000 } as const;

export const retrySchema = z.strictObject({
	attempts: z.int().min(1).max(20).default(RETRY_DEFAULT.attempts),
	backoff: z.enum(["exponential", "fixed"]).default(RETRY_DEFAULT.backoff),
	initialMs: z.int().min(10).max(3_600_000).default(RETRY_DEFAULT.initialMs),
	maxMs: z.int().min(10).max(86_400_000).default(RETRY_DEFAULT.maxMs),
});
export type Retry = z.infer<typeof retrySchema>;

export const HTTP_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

export const mapStep = z.strictObject({ ...common, type: z.literal("map"), output: template });
export const filterStep = z.strictObject({ ...common, type: z.literal("filter"), condition: z.string().max(10_000) });
export const httpStep = z.strictObject({
	...common,
	type: z.literal("http"),
	method: z.enum(HTTP_METHODS).default("POST"),
	url: z.string().min(1, "Enter the URL to call.").max(8_000),
	headers: z.record(z.string().max(200), z.string().max(8_000)).default({}),
	body: template.optional(),
	connectionId: z.string().nullable().default(null),
	timeoutMs: z.int().min(100).max(120_000).default(10_000),
	retry: retrySchema.prefault({}),
	/** Statuses that count as success; absent means 2xx. A number or a range as text: 404, "200-299". */
	acceptStatus: z.array(z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d-[1-5]\d\d$/)])).optional(),
});

export const stepSchema = z.discriminatedUnion("type", [mapStep, filterStep, httpStep]);
export type Step = z.infer<typeof stepSchema>;
export type StepType = Step["type"];
export type MapStep = z.infer<typeof mapStep>;
export type FilterStep = z.infer<typeof filterStep>;
export type HttpStep = z.infer<typeof httpStep>;

export const workflowSchema = z.strictObject({ steps: z.array(stepSchema).max(STEPS_MAX) });
export type Workflow = z.infer<typeof workflowSchema>;

/** One thing wrong with a workflow, named by step and field so that the editor can point at it. */
export interface WorkflowProblem {
	stepId: string | null;
	/** Position in the list, for steps whose id is itself what is wrong. */
	index: number | null;
	/** Dotted path inside the step: `url`, `headers.X-Key`, `output.sku`. */
	field: string | null;
	message: string;
}
