import type { FilterStep, HttpStep, MapStep, Step, StepType } from "../../integrations/workflow";
import { failure, oneAttempt } from "./attempt";
import { compileFilter, fillingsOfFilter } from "./filter";
import { compileHttp, fillingsOfHttp } from "./http";
import { compileMap, fillingsOfMap } from "./map";
import type { CompiledStep, FieldFilling, RunStep } from "./step";

export type { CompiledStep, Run, RunStep, Scope, StepResult } from "./step";

/** What a kind of step brings: how its expressions are read (for the check before a save) and how it runs. */
interface Kind<S extends Step> {
	compile(step: S): RunStep;
	/** Every string that may hold expressions, each to be parsed by itself, so that all mistakes can be told. */
	fillings(step: S): FieldFilling[];
}

const KINDS: { map: Kind<MapStep>; filter: Kind<FilterStep>; http: Kind<HttpStep> } & Record<StepType, unknown> = {
	map: { compile: compileMap, fillings: fillingsOfMap },
	filter: { compile: compileFilter, fillings: fillingsOfFilter },
	http: { compile: compileHttp, fillings: fillingsOfHttp },
};

export const STEP_TYPES = Object.keys(KINDS) as StepType[];

function kindOf(step: Step): Kind<Step> {
	return KINDS[step.type] as Kind<Step>;
}

/** Never throws: a step that does not compile, as one saved by an older release may, fails when its turn comes. */
export function compileStep(step: Step): CompiledStep {
	const { id, type, name } = step;
	let run: RunStep;
	try {
		run = kindOf(step).compile(step);
	} catch (error) {
		run = oneAttempt(() => failure(error));
	}
	return { id, type, ...(name === undefined ? {} : { name }), run };
}

/** Every string of the step that may hold expressions. */
export function fillingsOf(step: Step): FieldFilling[] {
	return kindOf(step).fillings(step);
}
