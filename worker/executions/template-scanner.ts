import { ExpressionError } from "./expression-error";

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

const NAME = /[^\s"'`/*{}()[\].,:;?+\-%|=<>^&!~@#]+/y;
const OPERATOR_WORDS: ReadonlySet<string> = new Set(["and", "or", "in"]);

/** The offset of the `}}` that ends the expression, or -1. */
function expressionEnd(text: string, from: number): number {
	let depth = 0;
	let at = from;
	// After an operand, `/` divides; elsewhere it opens a regular expression.
	let afterOperand = false;
	while (at < text.length) {
		const character = text[at] ?? "";
		if (character === "}" && depth === 0) return text[at + 1] === "}" ? at : -1;
		if (/\s/.test(character)) {
			at++;
			continue;
		}
		if (text.startsWith("/*", at)) {
			const end = text.indexOf("*/", at + 2);
			if (end === -1) return -1;
			at = end + 2;
			continue;
		}
		if (character === '"' || character === "'" || character === "`") {
			at = quotedEnd(text, at);
			if (at === -1) return -1;
			afterOperand = true;
			continue;
		}
		if (character === "/" && !afterOperand) {
			at = regexEnd(text, at);
			if (at === -1) return -1;
			afterOperand = true;
			continue;
		}
		NAME.lastIndex = at;
		const name = NAME.exec(text)?.[0];
		if (name !== undefined) {
			at += name.length;
			afterOperand = !OPERATOR_WORDS.has(name);
			continue;
		}
		if (character === "{") depth++;
		if (character === "}") depth--;
		afterOperand = character === "}" || character === ")" || character === "]";
		at++;
	}
	return -1;
}

/** The offset behind the closing quote. Backslashes escape in strings, not in names in back-ticks. */
function quotedEnd(text: string, from: number): number {
	const quote = text[from];
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] === "\\" && quote !== "`") at++;
		else if (text[at] === quote) return at + 1;
	}
	return -1;
}

/** The offset behind the closing slash, which JSONata looks for outside brackets of every kind. */
function regexEnd(text: string, from: number): number {
	let depth = 0;
	for (let at = from + 1; at < text.length; at++) {
		const character = text[at] ?? "";
		if (character === "\\") at++;
		else if ("([{".includes(character)) depth++;
		else if (")]}".includes(character)) depth--;
		else if (character === "/" && depth === 0) return at + 1;
	}
	return -1;
}
