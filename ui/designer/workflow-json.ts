import type { HttpStep, Step, Workflow } from "../../worker/api/types";
import { isObject, type Json, type JsonObject } from "../pages/editor/draft";
import { STEP_KINDS, STEP_TYPES } from "./steps";

/** The workflow as JSON text and back. Only what the cards need is checked here; the worker checks the rest. */

export interface ShapeProblem {
	/** Where in the JSON: `["steps", 0, "url"]`. */
	path: (string | number)[];
	message: string;
}

export type ReadWorkflow = { ok: true; workflow: Workflow } | { ok: false; problem: ShapeProblem };

export function workflowText(workflow: Workflow): string {
	return JSON.stringify(workflow, null, 2);
}

/** @returns the workflow, absent fields filled in with what the worker would assume; or the first thing wrong with it */
export function readWorkflow(text: string): ReadWorkflow {
	let parsed: Json;
	try {
		parsed = JSON.parse(text) as Json;
	} catch (error) {
		return wrong([], error instanceof Error ? error.message : "This is not JSON.");
	}
	if (!isObject(parsed)) return wrong([], "The workflow is an object with a list of steps.");
	const extra = Object.keys(parsed).find((key) => key !== "steps");
	if (extra !== undefined) return wrong([extra], `“${extra}” is not a field of a workflow.`);
	if (!Array.isArray(parsed.steps)) return wrong(["steps"], "The steps are a list.");
	const steps: Step[] = [];
	for (const [i, value] of parsed.steps.entries()) {
		const read = readStep(value, i);
		if ("problem" in read) return { ok: false, problem: read.problem };
		steps.push(read.step);
	}
	return { ok: true, workflow: { steps } };
}

function readStep(value: Json, index: number): { step: Step } | { problem: ShapeProblem } {
	const at = (field: string, message: string): { problem: ShapeProblem } => ({ problem: { path: ["steps", index, field], message } });
	if (!isObject(value)) return { problem: { path: ["steps", index], message: "A step is an object." } };
	if (typeof value.id !== "string") return at("id", "A step needs an id: a letter, then letters, digits or _.");
	if (value.name !== undefined && typeof value.name !== "string") return at("name", "A name is text.");
	switch (value.type) {
		case "map":
			return value.output === undefined ? at("output", "A map needs its output.") : { step: value as unknown as Step };
		case "filter":
			return typeof value.condition === "string"
				? { step: value as unknown as Step }
				: at("condition", "A filter needs a condition, as text.");
		case "http":
			return readHttp(value, at);
		default:
			return at("type", `The kinds of step are ${STEP_TYPES.join(", ")}.`);
	}
}

function readHttp(
	value: JsonObject,
	at: (field: string, message: string) => { problem: ShapeProblem },
): { step: Step } | { problem: ShapeProblem } {
	if (typeof value.url !== "string") return at("url", "An HTTP request needs a URL, as text.");
	const headers = value.headers ?? {};
	if (!isObject(headers)) return at("headers", "Headers are an object of texts.");
	const odd = Object.keys(headers).find((name) => typeof headers[name] !== "string");
	if (odd !== undefined) return at("headers", `The header “${odd}” is not a text.`);
	if (value.retry !== undefined && !isObject(value.retry)) return at("retry", "Retry is an object.");
	if (value.acceptStatus !== undefined && !Array.isArray(value.acceptStatus)) return at("acceptStatus", "Accepted statuses are a list.");
	const assumed = STEP_KINDS.http.make(String(value.id)) as HttpStep;
	const retry = { ...assumed.retry, ...(isObject(value.retry) ? value.retry : {}) };
	return { step: { ...assumed, ...value, headers, retry } as Step };
}

function wrong(path: (string | number)[], message: string): ReadWorkflow {
	return { ok: false, problem: { path, message } };
}
