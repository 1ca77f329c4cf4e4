import { describeError } from "../../errors";
import type { ErrorRecord, StepRecord } from "../../events/protocol/journal";
import { ExpressionError } from "../expressions";
import { measure } from "../plain";
import { TemplateError } from "../template";
import type { Run, RunStep, StepResult } from "./step";

/**
 * JSON that the outputs of one execution may have together. One body of 10 MB passes, which as JSON may be a little
 * longer; an object hands steps on in messages of 16 MB, a longer one by itself, and a message holds 32 MiB.
 */
export const OUTPUTS_MAX_BYTES = 12 * 1024 * 1024;

/** A step that calls nobody: one attempt, no retry. What `work` throws fails it. */
export function oneAttempt(work: (run: Run) => StepResult | Promise<StepResult>): RunStep {
	return (run, record) => {
		const startedAt = run.door.now();
		let result: StepResult | Promise<StepResult>;
		try {
			result = work(run);
		} catch (error) {
			result = failure(error);
		}
		if (!(result instanceof Promise)) return recorded(run, record, startedAt, result);
		return result.then(
			(value) => recorded(run, record, startedAt, value),
			(error: unknown) => recorded(run, record, startedAt, failure(error)),
		);
	};
}

function recorded(run: Run, record: StepRecord, startedAt: number, work: StepResult): StepResult {
	const result = work.status === "succeeded" ? bounded(run, work) : work;
	const durationMs = run.door.now() - startedAt;
	const number = record.attempts.length + 1;
	if (result.status === "failed") record.attempts.push({ number, startedAt, durationMs, status: "failed", error: result.error });
	else record.attempts.push({ number, startedAt, durationMs, status: "succeeded" });
	return result;
}

/** Fails a step whose output would make the execution's journal too big to keep. */
export function bounded(run: Run, result: StepResult & { status: "succeeded" }): StepResult {
	const room = OUTPUTS_MAX_BYTES - run.outputBytes;
	const bytes = measure(result.output, room);
	if (bytes > room) {
		const message = `The outputs of the steps have more than ${OUTPUTS_MAX_BYTES / 1024 / 1024} MB together.`;
		return { status: "failed", error: { code: "output_too_large", message } };
	}
	run.outputBytes += bytes;
	return result;
}

/** A failure as its record: code, message for people, and the field where one is to blame. */
export function failure(error: unknown): StepResult & { status: "failed" } {
	const record: ErrorRecord = {
		code: error instanceof ExpressionError ? error.code : "internal_error",
		message: describeError(error),
	};
	if (error instanceof TemplateError) record.field = error.field;
	return { status: "failed", error: record };
}
