import { put } from "../integrations/body/pairs";
import type { Template } from "../integrations/workflow";
import { compileExpression, type Expression, ExpressionError } from "./expressions";
import { splitTemplate } from "./template-scanner";

/**
 * Values with `{{ … }}` in their strings. A string that is one expression keeps the expression's type; in a longer text
 * undefined is empty and objects are JSON. Pure, like expressions.ts.
 */
export interface Filling {
	/** Every expression inside, with the dotted path of the string that holds it. */
	readonly expressions: readonly { field: string; expression: Expression }[];
	/**
	 * The value over `scope`, at once where its expressions allow it, else as a promise. Members whose value is undefined
	 * are left out of objects and null in arrays. Throws or rejects with TemplateError.
	 */
	fill(scope: object): unknown;
}

/** An expression's mistake, with the field in which it stands. */
export class TemplateError extends ExpressionError {
	constructor(
		readonly field: string,
		cause: ExpressionError,
	) {
		super(cause.code, cause.message, cause.position);
		this.name = "TemplateError";
	}
}

type Fill = (scope: object) => unknown;

/** @param field dotted path of the value inside its step, for error messages */
export function compileTemplate(template: Template, field: string): Filling {
	const expressions: { field: string; expression: Expression }[] = [];
	const fill = compileValue(template, field, expressions);
	return { expressions, fill };
}

/**
 * A text field: its value is always text. In `url` mode a value may begin the URL, as it is, or stand behind its host,
 * percent-encoded; inside the scheme or host it is refused.
 */
export function compileText(template: string, field: string, mode: "plain" | "url"): Filling {
	const expressions: { field: string; expression: Expression }[] = [];
	const parts = readParts(template, field, expressions);
	const join = mode === "url" && parts.length > 1 ? joinUrl : joinText;
	return { expressions, fill: (scope) => withAll(evaluateParts(parts, scope), (values) => guarded(field, () => join(values))) };
}

/** A field that is an expression by nature; `{{ }}` around it is allowed. */
export function compileCondition(source: string, field: string): Filling {
	const trimmed = source.trim();
	const parts = trimmed.startsWith("{{") ? guarded(field, () => splitTemplate(trimmed)) : [];
	const [only] = parts;
	const expression = guarded(field, () => compileExpression(parts.length === 1 && only?.kind === "expression" ? only.source : source));
	return { expressions: [{ field, expression }], fill: evaluator(expression, field) };
}

/** Every string in a template that holds expressions, each to be parsed by itself. */
export function fieldFillings(template: Template, field: string): { field: string; compile: () => Filling }[] {
	if (typeof template === "string") return template.includes("{{") ? [{ field, compile: () => compileTemplate(template, field) }] : [];
	if (typeof template !== "object" || template === null) return [];
	return Object.entries(template).flatMap(([key, member]) => fieldFillings(member, `${field}.${key}`));
}

function compileValue(template: Template, field: string, expressions: { field: string; expression: Expression }[]): Fill {
	if (typeof template === "string") return compileString(template, field, expressions);
	if (typeof template !== "object" || template === null) return () => template;
	if (Array.isArray(template)) {
		const fills = template.map((item, index) => compileValue(item, `${field}.${index}`, expressions));
		return (scope) => withAll(fillAll(fills, scope), (values) => values.map((value) => (value === undefined ? null : value)));
	}
	const keys = Object.keys(template);
	const fills = keys.map((key) => compileValue(template[key] ?? null, `${field}.${key}`, expressions));
	return (scope) => withAll(fillAll(fills, scope), (values) => objectOf(keys, values));
}

function objectOf(keys: string[], values: unknown[]): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (let at = 0; at < keys.length; at++) {
		const value = values[at];
		if (value !== undefined) put(result, keys[at] as string, value);
	}
	return result;
}

function compileString(template: string, field: string, expressions: { field: string; expression: Expression }[]): Fill {
	if (!template.includes("{{")) return () => template;
	const parts = readParts(template, field, expressions);
	const [only] = parts;
	if (parts.length === 1 && only !== undefined) return only instanceof Literal ? () => only.text : only;
	return (scope) => withAll(evaluateParts(parts, scope), (values) => guarded(field, () => joinText(values)));
}

/** A piece of the template's own text; a class, so that joining can tell it from a value. */
class Literal {
	constructor(readonly text: string) {}
}

type Part = Literal | Fill;

function readParts(template: string, field: string, expressions: { field: string; expression: Expression }[]): Part[] {
	return guarded(field, () =>
		splitTemplate(template).map((part) => {
			if (part.kind === "text") return new Literal(part.text);
			const expression = compileExpression(part.source);
			expressions.push({ field, expression });
			return evaluator(expression, field);
		}),
	);
}

function evaluator(expression: Expression, field: string): Fill {
	return (scope) => {
		const value = expression.evaluate(scope);
		return value instanceof Promise ? value.catch((error: unknown) => fail(field, error)) : value;
	};
}

function evaluateParts(parts: Part[], scope: object): unknown[] {
	return parts.map((part) => (part instanceof Literal ? part : part(scope)));
}

function fillAll(fills: Fill[], scope: object): unknown[] {
	const values: unknown[] = [];
	for (const fill of fills) values.push(fill(scope));
	return values;
}

/** Hands the values on, waiting only where one of them is a promise. */
function withAll<Result>(values: unknown[], use: (values: unknown[]) => Result): Result | Promise<Result> {
	for (const value of values) if (value instanceof Promise) return Promise.all(values).then(use);
	return use(values);
}

function joinText(values: unknown[]): string {
	let text = "";
	for (const value of values) text += value instanceof Literal ? value.text : textOf(value);
	return text;
}

/** A URL whose host is complete: whatever follows cannot change which one it is. */
const HOST_IS_COMPLETE = /^\s*[a-z][a-z0-9+.-]*:\/\/[^/?#\\\s]+[/?#]/i;

/** Whether a value may follow this text in a URL: at its very beginning, or behind its host. */
export function mayHoldValue(urlSoFar: string): boolean {
	return urlSoFar.trim() === "" || HOST_IS_COMPLETE.test(urlSoFar);
}

export const VALUE_IN_HOST =
	"A value cannot stand between https:// and the first / of a URL: it could lead to another host. Begin the URL with it, as in {{ vars.base }}/path.";

function joinUrl(values: unknown[]): string {
	let url = "";
	for (const value of values) {
		if (value instanceof Literal) url += value.text;
		else if (!mayHoldValue(url)) throw new ExpressionError("url_invalid", VALUE_IN_HOST, null);
		else url += url.trim() === "" ? textOf(value) : encodeURIComponent(textOf(value).toWellFormed());
	}
	const dots = values.some((value) => !(value instanceof Literal) && /^\.{1,2}$/.test(textOf(value)));
	if (dots && /(^|\/)\.{1,2}(\/|$)/.test(url.split(/[?#]/, 1)[0] ?? "")) {
		throw new ExpressionError("url_invalid", 'A value in the URL\'s path is "." or "..", which would lead to another path.', null);
	}
	return url;
}

/** A value inside a longer text, written as JSONata's own `&` writes it: numbers with 15 significant digits. */
export function textOf(value: unknown): string {
	switch (typeof value) {
		case "undefined":
			return "";
		case "string":
			return value;
		case "number":
			return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
		default:
			return JSON.stringify(value);
	}
}

function guarded<Result>(field: string, action: () => Result): Result {
	try {
		return action();
	} catch (error) {
		return fail(field, error);
	}
}

function fail(field: string, error: unknown): never {
	if (error instanceof ExpressionError && !(error instanceof TemplateError)) throw new TemplateError(field, error);
	throw error;
}
