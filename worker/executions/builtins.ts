import type jsonata from "jsonata";
import { ExpressionError } from "./expression-error";
import { isFunction } from "./jsonata-ast";
import { measure, tooLarge, VALUE_MAX_BYTES } from "./plain";

/** Puts others in the place of built-in functions that allocate before a counter sees it, or open up the interpreter itself. */
export function replaceBuiltins(interpreter: jsonata.Expression): void {
	interpreter.registerFunction("eval", () => {
		throw new ExpressionError("expression_refused", "$eval is not available.", null);
	});
	interpreter.registerFunction("pad", pad, "<s-ns?:s>");
	interpreter.registerFunction("join", join, "<a<s>s?:s>");
	interpreter.registerFunction("merge", merge, "<a<o>:o>");
	interpreter.registerFunction("spread", spread, "<x-:a<o>>");
}

function pad(text: string | undefined, width: number, filling?: string): string | undefined {
	if (text === undefined) return undefined;
	if (Math.abs(width) > VALUE_MAX_BYTES) throw tooLarge();
	const missing = Math.abs(Math.trunc(width)) - [...text].length;
	if (missing <= 0) return text;
	const characters = [...(filling || " ")];
	const padding =
		characters.length === 1
			? (characters[0] ?? "").repeat(missing)
			: Array.from({ length: missing }, (_, at) => characters[at % characters.length]).join("");
	return width > 0 ? text + padding : padding + text;
}

function join(texts: string[] | undefined, separator = ""): string | undefined {
	if (texts === undefined) return undefined;
	if (measure(texts, VALUE_MAX_BYTES) + texts.length * separator.length > VALUE_MAX_BYTES) throw tooLarge();
	return texts.join(separator);
}

function merge(objects: Record<string, unknown>[] | undefined): unknown {
	if (objects === undefined) return undefined;
	const result: Record<string, unknown> = Object.create(null);
	for (const object of objects) if (!isFunction(object)) for (const key of Object.keys(object)) result[key] = object[key];
	return result;
}

function spread(value: unknown): unknown {
	const result = Object.assign([] as unknown[], { sequence: true }); // the interpreter's mark: one item stands for itself
	if (Array.isArray(value)) {
		for (const item of value) {
			const part = spread(item);
			if (Array.isArray(part)) for (const member of part) result.push(member);
			else result.push(part);
		}
		return result;
	}
	if (typeof value !== "object" || value === null || isFunction(value)) return value;
	for (const key of Object.keys(value)) result.push({ [key]: (value as Record<string, unknown>)[key] });
	return result;
}
