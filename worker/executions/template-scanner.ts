import { ExpressionError } from "./expression-error";
import { signsOf } from "./jsonata-scanner";

export type TemplatePart =
	| { kind: "text"; text: string }
	/** `from` and `to` are offsets of the expression's text in the template. */
	| { kind: "expression"; source: string; from: number; to: number };

/**
 * Splits a template at its `{{ … }}`. The end of an expression is found knowing JSONata's strings, quoted names,
 * comments, regular expressions and braces; `\{{` stands for a literal `{{`. Throws ExpressionError where one is open.
 */
export function splitTemplate(template: string): TemplatePart[] {
	const parts: TemplatePart[] = [];
	let text = "";
	let at = 0;
	while (at < template.length) {
		if (template.startsWith("\\{{", at)) {
			text += "{{";
			at += 3;
		} else if (template.startsWith("{{", at)) {
			const end = expressionEnd(template, at + 2);
			if (end === -1) throw new ExpressionError("template_invalid", "The expression has no closing }}.", at);
			if (text !== "") parts.push({ kind: "text", text });
			text = "";
			parts.push({ kind: "expression", source: template.slice(at + 2, end), from: at + 2, to: end });
			at = end + 2;
		} else {
			text += template[at];
			at++;
		}
	}
	if (text !== "" || parts.length === 0) parts.push({ kind: "text", text });
	return parts;
}

/** The offset of the `}}` that ends the expression, or -1. */
function expressionEnd(text: string, from: number): number {
	let depth = 0;
	for (const { sign, at } of signsOf(text, from)) {
		if (sign === "{") depth++;
		if (sign === "}" && depth-- === 0) return text[at + 1] === "}" ? at : -1;
	}
	return -1;
}
