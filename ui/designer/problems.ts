import type { Step, WorkflowProblem } from "../../worker/api/types";

/** The problems of the step at `index`. While a newer check is on its way, those of steps that have moved on are left out. */
export function problemsOf(problems: readonly WorkflowProblem[], step: Step, index: number): WorkflowProblem[] {
	return problems.filter((problem) =>
		problem.stepId === null ? problem.index === index : problem.stepId === step.id && (problem.index === null || problem.index === index),
	);
}

/** Position of the step that a problem names, or -1. */
export function placeOfProblem(problem: WorkflowProblem, steps: readonly Step[]): number {
	const named = problem.index === null ? undefined : steps[problem.index];
	if (named !== undefined && (problem.stepId === null || named.id === problem.stepId)) return problem.index ?? -1;
	return steps.findIndex((step) => step.id === problem.stepId);
}
