import { type Outcome, WEBHOOK_FILTER } from "../events/protocol/lease";
import type { Version } from "../integrations/settings";
import { ExpressionError, isTrue } from "./expressions";
import { stepReferences } from "./references";
import type { Scope } from "./steps/step";
import { compileCondition } from "./template";

/** The condition that a webhook's event must meet before anything of the workflow runs. */

const FIELD = "webhook.filter";

type Judge = (scope: Scope) => Outcome | null | Promise<Outcome | null>;

const compiled = new WeakMap<Version, Judge>();

/**
 * Judges an event by its version's filter. @returns how its execution has ended already; null where the steps are to run.
 * A promise only where the expression needs the interpreter.
 */
export function judgeByFilter(version: Version, scope: Scope): Outcome | null | Promise<Outcome | null> {
	if (!version.filter) return null;
	let judge = compiled.get(version);
	if (judge === undefined) {
		judge = compile(version.filter);
		compiled.set(version, judge);
	}
	return judge(scope);
}

/** What is wrong with a filter before it ever ran; null where nothing is. */
export function findFilterMistake(source: string): string | null {
	try {
		const { expressions } = compileCondition(source, FIELD);
		const [named] = expressions.flatMap(({ expression }) => stepReferences(expression.ast));
		return named ? `The filter comes before the first step, so steps.${named.id} has no output yet.` : null;
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		return error.position === null ? error.message : `${error.message} (character ${error.position + 1})`;
	}
}

function compile(source: string): Judge {
	try {
		const { fill } = compileCondition(source, FIELD);
		return (scope) => {
			try {
				const answer = fill(scope);
				return answer instanceof Promise ? answer.then(judged, failed) : judged(answer);
			} catch (error) {
				return failed(error);
			}
		};
	} catch (error) {
		return () => failed(error);
	}
}

function judged(answer: unknown): Outcome | null {
	if (isTrue(answer)) return null;
	return { status: "filtered", reason: { code: WEBHOOK_FILTER, message: "The webhook's filter was not true for it.", field: FIELD } };
}

function failed(error: unknown): Outcome {
	const { code, message } = error instanceof ExpressionError ? error : { code: "expression_failed", message: String(error) };
	return { status: "failed", error: { code, message: `The webhook's filter failed: ${message}`, field: FIELD } };
}
