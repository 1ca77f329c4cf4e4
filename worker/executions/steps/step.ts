import type { ErrorRecord, StepRecord } from "../../events/protocol/journal";
import type { ClaimedExecution } from "../../events/protocol/lease";
import type { StepType } from "../../integrations/workflow";
import type { Event } from "../event";
import type { RunDoor } from "../run";
import type { Filling } from "../template";

/** What expressions can name. */
export interface Scope {
	event: Event;
	/** Outputs of the finished steps by id. */
	steps: Record<string, unknown>;
	vars: Record<string, unknown>;
}

/** One execution under way. */
export interface Run {
	scope: Scope;
	claimed: ClaimedExecution;
	door: RunDoor;
	/** The records of all steps so far, in the order of the workflow. */
	journal: StepRecord[];
	/** About how many bytes of JSON the outputs have so far. */
	outputBytes: number;
}

export type StepResult =
	| { status: "succeeded"; output: unknown }
	| { status: "filtered" }
	| { status: "failed"; error: ErrorRecord }
	| { status: "waiting"; delayMs: number; reason: string }
	| { status: "cancelled" }
	| { status: "lost" };

/** Does a step's work and writes its attempts into `record`. A promise only where the step has to wait for something. */
export type RunStep = (run: Run, record: StepRecord) => StepResult | Promise<StepResult>;

/** A string of a step that may hold expressions: its place and how to parse it. `compile` throws ExpressionError. */
export interface FieldFilling {
	field: string;
	compile(): Filling;
}

/** A step of one version, its expressions parsed. */
export interface CompiledStep {
	id: string;
	type: StepType;
	name?: string;
	run: RunStep;
}
