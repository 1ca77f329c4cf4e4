import type { EventDetail, TemplateValue, Vars, Workflow } from "../../worker/api/types";

/** What the designer and its Web Worker say to each other. The worker keeps the last loaded sample. */

export interface LoadRequest {
	kind: "load";
	/** The sample; null where nothing was received yet. */
	event: EventDetail | null;
	/** Stands in for the event's body where there is no event. */
	body: unknown;
	workflow: Workflow;
	vars: Vars;
	/** Outputs of steps that cannot be computed here, from the sample's last execution. */
	outputs: Record<string, unknown>;
}

/** How a field's text becomes a value. */
export type FieldKind = "template" | "expression" | "text" | "url";

export interface EvaluateRequest {
	kind: "evaluate";
	field: FieldKind;
	source: TemplateValue;
	/** Steps that have run before this one. */
	before: string[];
}

export type StepPreview =
	| { status: "value"; value: unknown }
	| { status: "filtered" }
	/** An outgoing call: nothing is sent from here. */
	| { status: "unknown" }
	| { status: "failed"; message: string };

export type Evaluated = { ok: true; value: unknown; missing: boolean } | { ok: false; message: string };

export interface LoadAnswer {
	kind: "load";
	/** The event as expressions see it. */
	event: Record<string, unknown>;
	/** Why its body could not be read. */
	problem: string | null;
	steps: Record<string, StepPreview>;
}

export type PreviewRequest = (LoadRequest | EvaluateRequest) & { id: number };
export type PreviewAnswer = { id: number } & (LoadAnswer | { kind: "evaluate"; result: Evaluated });
