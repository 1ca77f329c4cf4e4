import { describeError } from "../errors";
import type { StepRecord } from "../events/protocol/journal";
import type { ClaimedExecution, Outcome } from "../events/protocol/lease";
import type { Version } from "../integrations/settings";
import { readEvent } from "./event";
import type { Authorization, OutboundRequest, OutboundResult } from "./outbound";
import { type CompiledStep, compileStep, type Run, type StepResult } from "./steps";
import { judgeByFilter } from "./webhook-filter";

/** The world as an execution sees it; the Executor lends it. */
export interface RunDoor {
	/**
	 * Journals the steps so far and renews the lease. Awaited right before every outbound call, and only then.
	 * `lost`: another holds the lease, stop without a word. `cancelled`: a person ended this execution.
	 */
	checkpoint(steps: StepRecord[]): Promise<"ok" | "lost" | "cancelled">;
	send(request: OutboundRequest): Promise<OutboundResult>;
	authorize(connectionId: string, url: string): Promise<Authorization>;
	/** Aborted with the reason `"cancelled"` when a person ends the execution; any other reason means that the lease lapsed. */
	signal: AbortSignal;
	/** Epoch milliseconds. */
	now(): number;
	/** From 0 to 1. */
	random(): number;
}

/** `steps` is always the whole journal, in the order of the workflow; `outputBytes` about what its outputs take as JSON. */
export type RunResult = { lost: true } | { lost: false; outcome: Outcome; steps: StepRecord[]; outputBytes: number };

/**
 * Walks a workflow for one event from where its journal ends, to its end or to the next wait. Never rejects: what goes
 * wrong is an outcome. Without outbound steps and with everyday expressions it finishes without waiting for anything.
 */
export async function runExecution(claimed: ClaimedExecution, version: Version, door: RunDoor): Promise<RunResult> {
	const reading = readEvent(claimed.event);
	if (!reading.ok) return { lost: false, outcome: { status: "failed", error: reading.error }, steps: claimed.steps, outputBytes: 0 };
	const run: Run = {
		scope: { event: reading.event, steps: {}, vars: version.vars },
		claimed,
		door,
		journal: [],
		outputBytes: 0,
	};
	if (claimed.event.source === "webhook" && claimed.steps.length === 0) {
		const verdict = judgeByFilter(version, run.scope);
		const outcome = verdict instanceof Promise ? await verdict : verdict;
		if (outcome !== null) return ended(outcome, run);
	}
	for (const step of compiledSteps(version)) {
		const record = resume(claimed.steps, step);
		run.journal.push(record);
		if (record.status === "succeeded") {
			run.scope.steps[step.id] = record.output;
			continue;
		}
		let result: StepResult;
		try {
			const answer = step.run(run, record);
			result = answer instanceof Promise ? await answer : answer;
		} catch (error) {
			result = { status: "failed", error: { code: "internal_error", message: describeError(error) } };
		}
		switch (result.status) {
			case "succeeded":
				record.status = "succeeded";
				record.output = result.output;
				run.scope.steps[step.id] = result.output;
				break;
			case "filtered":
				record.status = "filtered";
				return ended({ status: "filtered", stepId: step.id }, run);
			case "failed":
				record.status = "failed";
				return ended({ status: "failed", error: { ...result.error, stepId: step.id } }, run);
			case "waiting":
				record.status = "waiting";
				return ended({ status: "waiting", delayMs: result.delayMs, reason: result.reason }, run);
			case "cancelled":
				record.status = record.attempts.length > 0 ? "failed" : "pending";
				return ended({ status: "cancelled" }, run);
			case "lost":
				return { lost: true };
		}
	}
	return ended({ status: "succeeded" }, run);
}

function ended(outcome: Outcome, { journal, outputBytes }: Run): RunResult {
	return { lost: false, outcome, steps: journal, outputBytes };
}

/** The step's record in the journal. A step that had failed, as before a replay from it, begins anew. */
function resume(journal: StepRecord[], step: CompiledStep): StepRecord {
	for (const record of journal) {
		if (record.path !== step.id || record.type !== step.type) continue;
		if (record.status === "succeeded" || record.status === "waiting" || record.status === "running") return record;
	}
	const record: StepRecord = { path: step.id, id: step.id, type: step.type, status: "pending", attempts: [] };
	if (step.name !== undefined) record.name = step.name;
	return record;
}

const compiled = new WeakMap<Version, CompiledStep[]>();

/** A version's steps ready to run, kept as long as the caller keeps the version. */
function compiledSteps(version: Version): CompiledStep[] {
	let steps = compiled.get(version);
	if (steps === undefined) {
		steps = version.workflow.steps.map(compileStep);
		compiled.set(version, steps);
	}
	return steps;
}
