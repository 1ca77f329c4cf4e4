import type { z } from "zod";
import {
	STEPS_MAX,
	type Step,
	stepSchema,
	WORKFLOW_MAX_BYTES,
	type Workflow,
	type WorkflowProblem,
	workflowSchema,
} from "../integrations/workflow";
import { checkHttp } from "./check-http";
import { ExpressionError } from "./expression-error";
import { plain } from "./plain";
import { stepReferences } from "./references";
import { fillingsOf, STEP_TYPES } from "./steps";

/**
 * Everything that can be told about a workflow before it runs: its shape, ids, expressions, what they refer to, header
 * names, URLs. A save is refused with the same list that the editor shows as one types.
 */
export function checkWorkflow(workflow: unknown): { ok: true; workflow: Workflow } | { ok: false; problems: WorkflowProblem[] } {
	const excess = excessOf(workflow);
	if (excess !== null) return { ok: false, problems: [{ stepId: null, index: null, field: null, message: excess }] };
	const shape = workflowSchema.safeParse(workflow);
	const problems = shape.success ? [] : shape.error.issues.map((issue) => shapeProblem(issue, workflow));
	const steps = readableSteps(workflow);
	steps.forEach((step, index) => {
		if (step !== null) problems.push(...idProblems(step, index, steps), ...stepProblems(step, index, steps));
	});
	problems.sort((one, other) => (one.index ?? -1) - (other.index ?? -1));
	return shape.success && problems.length === 0 ? { ok: true, workflow: shape.data } : { ok: false, problems };
}

/** The steps in their places, null for one whose own shape is wrong: the others are checked all the same. */
function readableSteps(workflow: unknown): (Step | null)[] {
	const { steps } = (typeof workflow === "object" && workflow !== null ? workflow : {}) as { steps?: unknown };
	if (!Array.isArray(steps)) return [];
	return steps.slice(0, STEPS_MAX).map((step) => stepSchema.safeParse(step).data ?? null);
}

/** Depth and size first: the rest may then recurse. */
function excessOf(workflow: unknown): string | null {
	try {
		const bytes = new TextEncoder().encode(JSON.stringify(plain(workflow)) ?? "").length;
		return bytes > WORKFLOW_MAX_BYTES ? `The workflow has ${bytes} bytes; ${WORKFLOW_MAX_BYTES} are allowed.` : null;
	} catch {
		return "The workflow is too large or nests too deeply.";
	}
}

function shapeProblem(issue: z.core.$ZodIssue, workflow: unknown): WorkflowProblem {
	const [list, index, ...field] = issue.path;
	if (list !== "steps" || typeof index !== "number") {
		return { stepId: null, index: null, field: issue.path.join(".") || null, message: issue.message };
	}
	const step = (workflow as { steps: unknown[] }).steps[index];
	const { id, type } = (typeof step === "object" && step !== null ? step : {}) as { id?: unknown; type?: unknown };
	const path = issue.code === "unrecognized_keys" ? [...field, issue.keys[0] ?? ""] : field;
	return { stepId: typeof id === "string" ? id : null, index, field: path.join(".") || null, message: shapeMessage(issue, type) };
}

function shapeMessage(issue: z.core.$ZodIssue, type: unknown): string {
	if (issue.code === "unrecognized_keys") return `A step of this type has no field "${issue.keys[0]}".`;
	if (issue.code === "invalid_union" && issue.path.at(-1) === "type") {
		return `There is no step type ${JSON.stringify(type) ?? "without a name"}; the types are ${STEP_TYPES.join(", ")}.`;
	}
	return issue.message;
}

function idProblems(step: Step, index: number, steps: (Step | null)[]): WorkflowProblem[] {
	const first = steps.findIndex((other) => other?.id === step.id);
	return first === index ? [] : [{ stepId: step.id, index, field: "id", message: `Step ${first + 1} has the id "${step.id}" already.` }];
}

function stepProblems(step: Step, index: number, steps: (Step | null)[]): WorkflowProblem[] {
	const problem = (field: string | null, message: string): WorkflowProblem => ({ stepId: step.id, index, field, message });
	const earlier = new Set(steps.slice(0, index).map((other) => other?.id));
	const problems: WorkflowProblem[] = [];
	for (const { field, compile } of fillingsOf(step)) {
		try {
			for (const { expression } of compile().expressions) {
				for (const { id } of stepReferences(expression.ast)) {
					// A step that cannot be read has no known id: no judgement then.
					if (earlier.has(id) || steps.includes(null)) continue;
					const later = steps.some((other) => other?.id === id);
					problems.push(problem(field, later ? `steps.${id} has no output yet: the step runs later.` : `There is no step "${id}".`));
				}
			}
		} catch (error) {
			if (!(error instanceof ExpressionError)) throw error;
			const place = error.position === null ? "" : ` (character ${error.position + 1})`;
			problems.push(problem(field, `${error.message}${place}`));
		}
	}
	if (step.type === "http") for (const { field, message } of checkHttp(step)) problems.push(problem(field, message));
	return problems;
}
