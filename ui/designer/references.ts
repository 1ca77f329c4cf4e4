import type { Step, TemplateValue } from "../../worker/api/types";
import { spansOf, type Token, tokensOf } from "./tokens";

/** Finding and renaming `steps.<id>` in a workflow's texts. Strings and comments inside expressions are left alone. */

type Rewrite = (text: string, isExpression: boolean) => string;

/** The step with every reference to `from` made one to `to`. */
export function renameInStep<S extends Step>(step: S, from: string, to: string): S {
	return rewriteStep(step, (text, isExpression) => renameInText(text, from, to, isExpression));
}

/** True where the step's expressions refer to `id`. */
export function refersTo(step: Step, id: string): boolean {
	let found = false;
	rewriteStep(step, (text, isExpression) => {
		found ||= renameInText(text, id, `${id}_`, isExpression) !== text;
		return text;
	});
	return found;
}

/**
 * @param isExpression the whole text is JSONata, with or without `{{ }}` around it
 * @returns the text with `steps.from` replaced by `steps.to`
 */
export function renameInText(text: string, from: string, to: string, isExpression: boolean): string {
	const spans = spansOf(text);
	const ranges =
		spans.length > 0 || !isExpression ? spans.map((span) => [span.innerFrom, span.innerTo] as const) : [[0, text.length] as const];
	let result = text;
	for (const [start, end] of ranges.toReversed()) {
		for (const token of referencesIn(text, start, end, from).toReversed()) {
			result = result.slice(0, token.from) + quoteLike(text.charAt(token.from), to) + result.slice(token.to);
		}
	}
	return result;
}

function referencesIn(text: string, start: number, end: number, id: string): Token[] {
	const { tokens } = tokensOf(text, start, end);
	return tokens.filter((token, i) => {
		const [before, dot, subject] = [tokens[i - 3], tokens[i - 1], tokens[i - 2]];
		if (token.kind !== "name" || plain(text, token) !== id || dot === undefined || text.slice(dot.from, dot.to) !== ".") return false;
		if (subject?.kind !== "name" || plain(text, subject) !== "steps") return false;
		// `order.steps.map` is a field of an order; `$$.steps.map` is ours.
		if (before === undefined || text.slice(before.from, before.to) !== ".") return true;
		const root = tokens[i - 4];
		return root !== undefined && text.slice(root.from, root.to) === "$$";
	});
}

function plain(text: string, token: Token): string {
	return text.slice(token.from, token.to).replaceAll("`", "");
}

function quoteLike(first: string, id: string): string {
	return first === "`" ? `\`${id}\`` : id;
}

function rewriteStep<S extends Step>(step: S, rewrite: Rewrite): S {
	switch (step.type) {
		case "map":
			return { ...step, output: rewriteTemplate(step.output, rewrite) };
		case "filter":
			return { ...step, condition: rewrite(step.condition, true) };
		case "http":
			return {
				...step,
				url: rewrite(step.url, false),
				headers: Object.fromEntries(Object.entries(step.headers).map(([name, value]) => [name, rewrite(value, false)])),
				...(step.body === undefined ? {} : { body: rewriteTemplate(step.body, rewrite) }),
			};
	}
}

function rewriteTemplate(value: TemplateValue, rewrite: Rewrite): TemplateValue {
	if (typeof value === "string") return rewrite(value, false);
	if (Array.isArray(value)) return value.map((item) => rewriteTemplate(item, rewrite));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rewriteTemplate(part, rewrite)]));
}
