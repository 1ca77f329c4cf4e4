import type { Step, StepType, Workflow } from "../../worker/api/types";
import { renameInStep } from "./references";

/** Edits of the workflow's list of steps. Each answers with a new workflow and leaves the old one as it is. */

export interface StepKind {
	title: string;
	/** What it is for, in one sentence. */
	purpose: string;
	/** A step of this kind as it starts out. */
	make(id: string): Step;
}

export const STEP_KINDS: Record<StepType, StepKind> = {
	map: {
		title: "Map",
		purpose: "Builds a new value from what came before: pick fields, rename them, calculate.",
		make: (id) => ({ id, type: "map", output: {} }),
	},
	filter: {
		title: "Filter",
		purpose: "Lets the event go on only when a condition holds. Otherwise the execution ends as filtered.",
		make: (id) => ({ id, type: "filter", condition: "" }),
	},
	http: {
		title: "HTTP request",
		purpose: "Calls another system, tries again when it fails, and keeps the full request and response.",
		make: (id) => ({
			id,
			type: "http",
			method: "POST",
			url: "",
			headers: {},
			connectionId: null,
			timeoutMs: 10_000,
			retry: { attempts: 5, backoff: "exponential", initialMs: 1000, maxMs: 600_000 },
		}),
	},
};

export const STEP_TYPES = Object.keys(STEP_KINDS) as StepType[];

const ID_MAX = 40;
const NAME_MAX = 80;
const ID_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/** Why `id` cannot name a step, or null where it can. */
export function idProblem(id: string, taken: readonly string[]): string | null {
	if (!ID_PATTERN.test(id)) return "A letter first, then letters, digits or _; 40 characters at most.";
	if (RESERVED.has(id)) return "This name is reserved.";
	if (taken.includes(id)) return `Another step is called “${id}” already.`;
	return null;
}

/** `wanted`, or `wanted2`, `wanted3` … where it is taken. */
export function freeId(wanted: string, taken: readonly string[]): string {
	const stem = wanted.replace(/\d+$/, "") || wanted;
	if (!taken.includes(wanted)) return wanted;
	for (let n = 2; ; n++) {
		const id = `${stem.slice(0, ID_MAX - String(n).length)}${n}`;
		if (!taken.includes(id)) return id;
	}
}

export function idsOf(workflow: Workflow): string[] {
	return workflow.steps.map((step) => step.id);
}

export function insertStep(workflow: Workflow, at: number, step: Step): Workflow {
	return { ...workflow, steps: workflow.steps.toSpliced(at, 0, step) };
}

export function addStep(workflow: Workflow, at: number, type: StepType): { workflow: Workflow; step: Step } {
	const step = STEP_KINDS[type].make(freeId(type, idsOf(workflow)));
	return { workflow: insertStep(workflow, at, step), step };
}

export function replaceStep(workflow: Workflow, at: number, step: Step): Workflow {
	return { ...workflow, steps: workflow.steps.with(at, step) };
}

export function removeStep(workflow: Workflow, at: number): Workflow {
	return { ...workflow, steps: workflow.steps.toSpliced(at, 1) };
}

/** Moves the step at `from` so that it ends up at position `to`; positions outside the list change nothing. */
export function moveStep(workflow: Workflow, from: number, to: number): Workflow {
	const step = workflow.steps[from];
	if (step === undefined || to < 0 || to >= workflow.steps.length || from === to) return workflow;
	return { ...workflow, steps: workflow.steps.toSpliced(from, 1).toSpliced(to, 0, step) };
}

/** Puts a copy behind the original; later steps go on referring to the original. */
export function duplicateStep(workflow: Workflow, at: number): { workflow: Workflow; id: string } | null {
	const step = workflow.steps[at];
	if (step === undefined) return null;
	const id = freeId(step.id, idsOf(workflow));
	const copy: Step = { ...structuredClone(step), id, ...(step.name ? { name: copyName(step.name) } : {}) };
	return { workflow: insertStep(workflow, at + 1, copy), id };
}

/** The name with " (copy)" behind it, cut between characters where it is too long. */
function copyName(name: string): string {
	const copy = " (copy)";
	let kept = "";
	for (const character of name) {
		if (kept.length + character.length + copy.length > NAME_MAX) break;
		kept += character;
	}
	return kept + copy;
}

/**
 * Gives the step at `at` another id.
 * @param updateReferences also rewrites `steps.<old id>` in every step's expressions
 */
export function renameStep(workflow: Workflow, at: number, id: string, updateReferences: boolean): Workflow {
	const step = workflow.steps[at];
	if (step === undefined || step.id === id) return workflow;
	const renamed = replaceStep(workflow, at, { ...step, id });
	if (!updateReferences) return renamed;
	return { ...renamed, steps: renamed.steps.map((one) => renameInStep(one, step.id, id)) };
}
