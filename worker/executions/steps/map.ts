import type { MapStep } from "../../integrations/workflow";
import { compileTemplate, fieldFillings } from "../template";
import { oneAttempt } from "./attempt";
import type { FieldFilling, RunStep, StepResult } from "./step";

/** Builds a value from the event and what went before. */
export function compileMap(step: MapStep): RunStep {
	const { fill } = compileTemplate(step.output, "output");
	return oneAttempt((run) => {
		const output = fill(run.scope);
		return output instanceof Promise ? output.then(succeeded) : succeeded(output);
	});
}

export function fillingsOfMap(step: MapStep): FieldFilling[] {
	return fieldFillings(step.output, "output");
}

function succeeded(output: unknown): StepResult {
	return { status: "succeeded", output: output === undefined ? null : output };
}
