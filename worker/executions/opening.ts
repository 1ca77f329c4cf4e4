import { describeError } from "../errors";
import type { StepRecord } from "../events/protocol/journal";
import type { ClaimedExecution, Outcome } from "../events/protocol/lease";
import { maskEvent } from "../integrations/redaction/event";
import { Findings } from "../integrations/redaction/findings";
import { openEvent } from "../integrations/redaction/kept";
import { joined } from "../integrations/redaction/rules";
import { type Holder, KeyMissing, openBytes, sealBytes } from "../integrations/redaction/sealing";
import { Concealment } from "./concealment";

/** Executions of an integration with a redaction: the full event is opened here and nowhere else, and only for the run. */

/** A key that was taken away may come back; until then nothing is lost. */
const KEY_MISSING_DELAY_MS = 5 * 60_000;
/** Sealed outputs above this travel without their masked form beside them: a message between objects holds 32 MiB. */
const BESIDE_MAX_BYTES = 2 * 1024 * 1024;

/** A journal as it leaves the Executor. `sealed`: the outputs that it masks. */
export interface Journal {
	steps: StepRecord[];
	sealed?: Uint8Array<ArrayBuffer>;
}

/** An execution to be run on the full event, and what may be told of it. */
export class OpenExecution {
	constructor(
		readonly execution: ClaimedExecution,
		readonly concealment: Concealment,
		readonly seal: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>,
	) {}

	/** Of an execution that goes on later. */
	journal(steps: readonly StepRecord[]): Journal {
		const shown = this.concealment.steps(steps);
		const outputs = steps.filter((step, at) => step.output !== shown[at]?.output).map(({ path, output }) => [path, output] as const);
		if (outputs.length === 0) return { steps: shown };
		const bytes = new TextEncoder().encode(JSON.stringify(outputs));
		if (bytes.length > BESIDE_MAX_BYTES)
			for (const [at, step] of shown.entries()) if (step.output !== steps[at]?.output) step.output = null;
		return { steps: shown, sealed: this.seal(bytes) };
	}
}

/** @returns null where the integration masks nothing; an outcome where the full event cannot be had */
export function openExecution(keys: string, workspaceId: string, claimed: ClaimedExecution): OpenExecution | { outcome: Outcome } | null {
	const { guarded } = claimed;
	if (!guarded) return null;
	const holder: Holder = { workspaceId, integrationId: `int_${claimed.executionId.slice(4, 20)}` };
	try {
		const opened = guarded.event && openEvent(keys, holder, guarded.event);
		const redaction = joined(opened?.redaction ?? null, guarded.redaction);
		if (redaction === null) return null;
		const { redaction: _, credentials = [], ...full } = opened ?? { redaction: null };
		const masksNothing = redaction.fields.length === 0 && redaction.patterns.length === 0;
		const findings = opened && !masksNothing ? maskEvent(opened, redaction).findings : new Findings();
		for (const value of credentials) findings.value(value);
		const steps = guarded.outputs ? withOutputs(claimed.steps, openBytes(keys, holder, "outputs", guarded.outputs)) : claimed.steps;
		const execution = { ...claimed, event: { ...claimed.event, ...full }, steps };
		return new OpenExecution(execution, new Concealment(redaction, findings), (bytes) => sealBytes(keys, holder, "outputs", bytes));
	} catch (error) {
		if (error instanceof KeyMissing)
			return {
				outcome: { status: "waiting", delayMs: KEY_MISSING_DELAY_MS, reason: `The full event cannot be opened: ${error.message}.` },
			};
		const message = `The full event cannot be opened: ${describeError(error, 200)}`;
		return { outcome: { status: "failed", error: { code: "event_unreadable", message } } };
	}
}

function withOutputs(steps: readonly StepRecord[], opened: Uint8Array): StepRecord[] {
	const outputs = new Map(JSON.parse(new TextDecoder().decode(opened)) as [string, unknown][]);
	return steps.map((step) => (outputs.has(step.path) ? { ...step, output: outputs.get(step.path) } : step));
}

/** About how many bytes a journal's sealed part takes in a message. */
export const sealedBytes = ({ sealed }: Journal): number => sealed?.length ?? 0;
