import type { EventDetail, Step, TemplateValue } from "../../worker/api/types";
import { readEvent } from "../../worker/executions/event";
import { ExpressionError, isTrue } from "../../worker/executions/expressions";
import { compileCondition, compileTemplate, compileText } from "../../worker/executions/template";
import { decodeBase64 } from "../pages/editor/components/body";
import type { Evaluated, FieldKind, LoadAnswer, LoadRequest, PreviewAnswer, PreviewRequest, StepPreview } from "./preview-protocol";

/**
 * Evaluates expressions with the Executor's own code, apart from the page: what runs too long is ended with this worker.
 */

interface Sample {
	event: Record<string, unknown>;
	steps: Record<string, unknown>;
	vars: Record<string, unknown>;
}

let sample: Sample = { event: {}, steps: {}, vars: {} };

addEventListener("message", async (message: MessageEvent<PreviewRequest>) => {
	const request = message.data;
	const answer: PreviewAnswer =
		request.kind === "load"
			? { id: request.id, ...(await load(request)) }
			: { id: request.id, kind: "evaluate", result: await evaluate(request.field, request.source, scopeOf(request.before)) };
	postMessage(answer);
});
postMessage("ready");

async function load(request: LoadRequest): Promise<LoadAnswer> {
	const { event, problem } = request.event === null ? { event: eventAround(request.body), problem: null } : eventOf(request.event);
	sample = { event, steps: {}, vars: request.vars };
	const steps: Record<string, StepPreview> = {};
	for (const step of request.workflow.steps) {
		const preview = await previewOf(step, request.outputs);
		steps[step.id] = preview;
		if (preview.status === "value") sample.steps[step.id] = preview.value;
	}
	return { kind: "load", event, problem, steps };
}

async function previewOf(step: Step, outputs: Record<string, unknown>): Promise<StepPreview> {
	switch (step.type) {
		case "map": {
			const result = await evaluate("template", step.output, sample);
			return result.ok ? { status: "value", value: result.value } : { status: "failed", message: result.message };
		}
		case "filter": {
			const result = await evaluate("expression", step.condition, sample);
			if (!result.ok) return { status: "failed", message: result.message };
			return isTrue(result.value) ? { status: "value", value: true } : { status: "filtered" };
		}
		case "http":
			return Object.hasOwn(outputs, step.id) ? { status: "value", value: outputs[step.id] } : { status: "unknown" };
	}
}

async function evaluate(field: FieldKind, source: TemplateValue, scope: Sample): Promise<Evaluated> {
	try {
		const value = await fillingOf(field, source).fill(scope);
		return { ok: true, value: value === undefined ? null : value, missing: value === undefined };
	} catch (error) {
		return { ok: false, message: messageOf(error) };
	}
}

function messageOf(error: unknown): string {
	if (error instanceof ExpressionError && error.position !== null) return `${error.message} (character ${error.position + 1})`;
	return error instanceof Error ? error.message : String(error);
}

function fillingOf(field: FieldKind, source: TemplateValue): ReturnType<typeof compileTemplate> {
	switch (field) {
		case "template":
			return compileTemplate(source, "value");
		case "expression":
			return compileCondition(String(source), "value");
		case "text":
			return compileText(String(source), "value", "plain");
		case "url":
			return compileText(String(source), "value", "url");
	}
}

function scopeOf(before: string[]): Sample {
	return {
		...sample,
		steps: Object.fromEntries(before.flatMap((id) => (Object.hasOwn(sample.steps, id) ? [[id, sample.steps[id]]] : []))),
	};
}

function eventOf(detail: EventDetail): { event: Record<string, unknown>; problem: string | null } {
	const body = detail.bodyEncoding === "base64" ? decodeBase64(detail.body) : new TextEncoder().encode(detail.body);
	const { id, sequence, source, method, path, query, headers, lane, sender, name } = detail;
	const record = {
		id,
		sequence,
		source,
		method,
		path,
		query,
		headers,
		lane,
		hops: 0,
		receivedAt: Date.parse(detail.receivedAt),
		sender,
		name,
		occurredAt: detail.occurredAt === null ? null : Date.parse(detail.occurredAt),
		body: body.buffer,
	};
	const read = readEvent(record);
	if (read.ok) return { event: { ...read.event }, problem: null };
	return { event: { ...eventAround(null), id, sequence, method, path }, problem: read.error.message };
}

/** An event as it might come, around a body that somebody typed. */
function eventAround(body: unknown): Record<string, unknown> {
	return {
		id: "evt_sample",
		sequence: 1,
		receivedAt: new Date().toISOString(),
		sender: null,
		name: null,
		occurredAt: null,
		method: "POST",
		path: "/",
		query: {},
		headers: { "content-type": "application/json" },
		body,
	};
}
