import type jsonata from "jsonata";
import { replaceBuiltins } from "./builtins";
import { ExpressionError } from "./expression-error";
import { type ExprNode, isFunction, nodesOf } from "./jsonata-ast";
import { tooLarge, VALUE_MAX_BYTES } from "./plain";
import { LinearRegExp } from "./regex";

/**
 * What keeps somebody's expression from taking the house down. The clock stands still while a Worker computes, so
 * everything is counted: steps of the interpreter, depth, lengths of arrays and texts, the size of what is built.
 * Counters stop mistakes and plain attacks; the platform's own CPU limit stands behind them.
 */

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
	replaceBuiltins(interpreter);
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

function hasFunction(value: unknown): boolean {
	return Array.isArray(value) ? value.some(isFunction) : isFunction(value);
}
