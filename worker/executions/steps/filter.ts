import type { FilterStep } from "../../integrations/workflow";
import { isTrue } from "../expressions";
import { compileCondition } from "../template";
import { oneAttempt } from "./attempt";
import type { FieldFilling, RunStep, StepResult } from "./step";

/** Ends the execution as filtered unless its condition is true in JSONata's sense. */
export function compileFilter(step: FilterStep): RunStep {
	const { fill } = compileCondition(step.condition, "condition");
	return oneAttempt((run) => {
		const answer = fill(run.scope);
		return answer instanceof Promise ? answer.then(judged) : judged(answer);
	});
}

export function fillingsOfFilter(step: FilterStep): FieldFilling[] {
	return [{ field: "condition", compile: () => compileCondition(step.condition, "condition") }];
}

function judged(answer: unknown): StepResult {
	return isTrue(answer) ? { status: "succeeded", output: true } : { status: "filtered" };
}
