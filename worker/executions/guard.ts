import type jsonata from "jsonata";
import { ExpressionError } from "./expression-error";
import { type ExprNode, nodesOf } from "./jsonata-ast";
import { signsOf } from "./jsonata-scanner";
import { measure, tooLarge, VALUE_MAX_BYTES } from "./plain";
import { LinearRegExp } from "./regex";

/**
 * What keeps somebody's expression from taking the house down. The clock stands still while a Worker computes, so
 * everything is counted: steps of the interpreter, depth, lengths of arrays and texts, the size of what is built.
 * Counters stop mistakes and plain attacks; the platform's own CPU limit stands behind them.
 */

const EXPRESSION_MAX_LENGTH = 10_000;
/** Nodes evaluated in one evaluation; about half a second of work. */
const STEPS_MAX = 250_000;
const DEPTH_MAX = 2_000;
const ARRAY_MAX = 500_000;
/** Characters (or items) that cost as much as one step when an operator or function reads them. */
const UNITS_PER_STEP = 256;

/** The regular expression that the interpreter runs matches in linear time; see regex.ts. */
export const OPTIONS: jsonata.JsonataOptions = Object.freeze({
	stack: DEPTH_MAX,
	sequence: ARRAY_MAX,
	RegexEngine: LinearRegExp as unknown as RegExpConstructor,
});

/** Copies of operands that one expression's `??` and `?:` may ask of the parser. */
const COPIES_MAX = 5_000;

/**
 * Throws for a text that is too long, or that the parser would take too long to read: it copies the left side of each
 * `??` and `?:`, so that nested ones double from level to level.
 */
export function refuseText(source: string): void {
	if (source.length > EXPRESSION_MAX_LENGTH) {
		throw new ExpressionError("expression_too_long", `An expression may have ${EXPRESSION_MAX_LENGTH} characters.`, null);
	}
	// For each open bracket: what it holds so far, and of that the part since the last separator, which an operator would copy.
	const levels = [{ held: 0, left: 1 }];
	let before = "";
	for (const { sign, at } of signsOf(source)) {
		const level = levels.at(-1);
		if (level === undefined) return; // unbalanced: the parser will say so
		if ("([{".includes(sign)) levels.push({ held: 0, left: 1 });
		else if (")]}".includes(sign)) {
			levels.pop();
			const outer = levels.at(-1);
			if (outer) outer.left += level.held + level.left;
		} else if (",;".includes(sign) || (sign === ":" && before !== "?")) {
			level.held += level.left;
			level.left = 1;
		} else if (before === "?" && (sign === "?" || sign === ":")) level.left *= 2;
		if (level.held + level.left > COPIES_MAX)
			throw new ExpressionError("expression_refused", "Too many ?? or ?: stand inside one another.", at);
		before = sign;
	}
}

/** Throws for what is refused before anything runs: `$eval`, and patterns of any kind that need unbounded time to match. */
export function refuse(ast: ExprNode): void {
	for (const node of nodesOf(ast)) {
		if (node.type === "variable" && node.value === "eval") {
			throw new ExpressionError("expression_refused", "$eval is not available.", node.position ?? null);
		}
		if (node.type === "lambda" && /[+?-](?:.*[+?-]){6}|\+.*\+/s.test(node.signature?.definition ?? "")) {
			throw new ExpressionError(
				"expression_refused",
				"The function's signature has too many repeated or optional parameters.",
				node.position ?? null,
			);
		}
		if (node.type === "regex" && node.value instanceof RegExp) {
			try {
				new LinearRegExp(node.value);
			} catch (error) {
				throw new ExpressionError("expression_refused", error instanceof Error ? error.message : String(error), node.position ?? null);
			}
		}
	}
}

/** Why a node's value is looked at before it is used. */
type Use = "read" | "read whole" | "changed" | "called";

interface Environment {
	base: { spent?: number; sizes?: WeakMap<object, number> };
}

/** Puts the counters into an expression's interpreter. They are kept per evaluation, so evaluations may overlap. */
export function guard(interpreter: jsonata.Expression, ast: ExprNode): void {
	const uses = usesOf(ast);
	const entry = (node: ExprNode, input: unknown, { base }: Environment): void => {
		spend(base, 1);
		if ((node.type === "wildcard" || node.type === "descendant") && typeof input === "object")
			spend(base, sizeOf(base, input) / UNITS_PER_STEP);
	};
	const exit = (node: ExprNode, _input: unknown, { base }: Environment, answer: unknown): void => {
		const use = uses.get(node);
		const result = single(answer);
		if (typeof result === "string") {
			if (result.length > VALUE_MAX_BYTES) throw tooLarge();
			if (use === "read" || use === "read whole") spend(base, result.length / UNITS_PER_STEP);
			return;
		}
		if (typeof result !== "object" || result === null) return;
		if (use === "changed" && hasFunction(result))
			throw new ExpressionError("expression_refused", "A function cannot be changed.", node.position ?? null);
		if (use === "called" && !isFunction(result))
			throw new ExpressionError("expression_failed", "Attempted to call a value that is not a function.", node.position ?? null);
		if (node.type === "unary" || node.type === "function" || node.type === "apply" || node.group !== undefined) sizeOf(base, result);
		if (use === "read whole") spend(base, sizeOf(base, result) / UNITS_PER_STEP);
		else if (use === "read" && Array.isArray(result)) spend(base, result.length / UNITS_PER_STEP);
	};
	const assign = interpreter.assign as (name: string | symbol, value: unknown) => void;
	assign(Symbol.for("jsonata.__evaluate_entry"), entry);
	assign(Symbol.for("jsonata.__evaluate_exit"), exit);
	interpreter.registerFunction("eval", () => {
		throw new ExpressionError("expression_refused", "$eval is not available.", null);
	});
	interpreter.registerFunction("pad", pad, "<s-ns?:s>");
	interpreter.registerFunction("join", join, "<a<s>s?:s>");
	interpreter.registerFunction("merge", merge, "<a<o>:o>");
	interpreter.registerFunction("spread", spread, "<x-:a<o>>");
}

function usesOf(ast: ExprNode): Map<ExprNode, Use> {
	const uses = new Map<ExprNode, Use>();
	for (const node of nodesOf(ast)) {
		if (node.type === "binary" && !Array.isArray(node.lhs)) {
			for (const side of [node.lhs, node.rhs]) if (side) uses.set(side, "read whole");
		}
		if (node.type === "function") {
			const name = node.procedure?.type === "variable" ? node.procedure.value : null;
			const use = name === "string" || name === "clone" || name === "distinct" ? "read whole" : "read";
			for (const argument of node.arguments ?? []) uses.set(argument, use);
			if (node.procedure) uses.set(node.procedure, "called");
		}
		if (node.type === "transform" && node.pattern) uses.set(node.pattern, "changed");
	}
	return uses;
}

function spend(base: Environment["base"], steps: number): void {
	base.spent = (base.spent ?? 0) + steps;
	if (base.spent > STEPS_MAX) throw new ExpressionError("expression_too_costly", "The expression needs too many steps.", null);
}

/** Containers at least this big are remembered, so that growing a value step by step does not weigh it anew each time. */
const REMEMBERED_BYTES = 1024;

/** The value's size written out: what is shared counts every time, so doubling a value n times is stopped, not stored. */
function sizeOf(base: Environment["base"], value: unknown, depth = 0): number {
	if (typeof value === "string") return value.length + 3;
	if (typeof value !== "object" || value === null) return 4;
	if (isFunction(value)) return 4;
	base.sizes ??= new WeakMap();
	const known = base.sizes.get(value);
	if (known !== undefined) return known;
	if (depth > DEPTH_MAX) throw new ExpressionError("value_too_deep", "A value nests too deeply.", null);
	let bytes = 2;
	if (Array.isArray(value)) {
		for (const item of value) {
			bytes += sizeOf(base, item, depth + 1);
			if (bytes > VALUE_MAX_BYTES) throw tooLarge();
		}
	} else {
		for (const key of Object.keys(value)) {
			bytes += key.length + 4 + sizeOf(base, (value as Record<string, unknown>)[key], depth + 1);
			if (bytes > VALUE_MAX_BYTES) throw tooLarge();
		}
	}
	if (bytes >= REMEMBERED_BYTES) base.sizes.set(value, bytes);
	return bytes;
}

/** At this point a sequence of one has not been turned into its item yet. */
function single(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 && (value as { sequence?: unknown }).sequence === true ? value[0] : value;
}

function isFunction(value: unknown): boolean {
	if (typeof value === "function") return true;
	if (typeof value !== "object" || value === null) return false;
	const marks = value as { _jsonata_lambda?: unknown; _jsonata_function?: unknown };
	return marks._jsonata_lambda === true || marks._jsonata_function === true;
}

function hasFunction(value: unknown): boolean {
	return Array.isArray(value) ? value.some(isFunction) : isFunction(value);
}

// Replacements of built-in functions that would allocate before a counter sees it, or open up the interpreter's own objects.

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
