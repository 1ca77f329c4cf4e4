import type { StepStatus } from "./statuses";
import type { DeliverySummary, EventSummary, ExecutionSummary } from "./views";

/** What the live feed says. */

export type Change =
	| { kind: "event"; event: EventSummary }
	| { kind: "execution"; execution: ExecutionSummary }
	| { kind: "step"; executionId: string; steps: { path: string; id: string; status: StepStatus; attempts: number }[] }
	| { kind: "delivery"; delivery: DeliverySummary };

/** What one message on the live socket says. It travels as an array: the changes, before them a `Gap` where some were dropped. */
export interface LiveMessage {
	changes: Change[];
	/** True where some changes were dropped: reload the list. */
	gap: boolean;
}

export interface Gap {
	kind: "gap";
	gap: true;
}
