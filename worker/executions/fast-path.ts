import { type ExprNode, isFunction } from "./jsonata-ast";

/**
 * The everyday part of JSONata (paths, literals, comparisons, `and`/`or`, `&`, arithmetic, `? :`, `??`) as plain
 * functions: no promise, fifty times quicker than the interpreter. Semantics are exactly JSONata's; whatever is met at
 * run time that is not a plain scalar where JSONata would do more (arrays, objects, errors) answers BAIL, and the
 * interpreter evaluates the whole expression instead.
 */
export type FastPath = (input: unknown) => unknown;

export const BAIL: unique symbol = Symbol("not on the fast path");

/** The expression as a function, or null where it holds anything outside the subset. */
export function fastPath(node: ExprNode): FastPath | null {
	if (node.predicate !== undefined || node.group !== undefined || node.keepArray) return null;
	switch (node.type) {
		case "string":
		case "number":
		case "value": {
			const { value } = node;
			return () => value;
		}
		case "path":
			return path(node);
		case "binary":
			return binary(node);
		case "unary":
			return node.value === "-" && node.expression ? negation(node.expression) : null;
		case "condition":
			return condition(node);
		case "block":
			return node.expressions?.length === 1 && node.expressions[0] ? fastPath(node.expressions[0]) : null;
		default:
			return null;
	}
}

function path(node: ExprNode): FastPath | null {
	if (node.keepSingletonArray || node.tuple || node.seekingParent !== undefined) return null;
	const names: string[] = [];
	for (const step of node.steps ?? []) {
		const plain = step.type === "name" && !step.stages && !step.predicate && !step.group && !step.tuple && !step.focus && !step.index;
		if (!plain || step.keepArray || step.ancestor || typeof step.value !== "string") return null;
		names.push(step.value);
	}
	const last = names.length - 1;
	return (input) => {
		let value: unknown = input;
		for (let at = 0; at <= last; at++) {
			if (value === null || typeof value !== "object") return undefined;
			if (Array.isArray(value) || isFunction(value)) return BAIL;
			const name = names[at] as string;
			if (!Object.hasOwn(value, name)) return undefined;
			value = (value as Record<string, unknown>)[name];
		}
		return typeof value === "object" && value !== null && isFunction(value) ? BAIL : value;
	};
}

type Operation = (left: unknown, right: unknown) => unknown;

const OPERATIONS: Record<string, Operation> = {
	"=": (left, right) => equality(left, right, true),
	"!=": (left, right) => equality(left, right, false),
	"<": (left, right) => comparison(left, right, (a, b) => a < b),
	"<=": (left, right) => comparison(left, right, (a, b) => a <= b),
	">": (left, right) => comparison(left, right, (a, b) => a > b),
	">=": (left, right) => comparison(left, right, (a, b) => a >= b),
	"+": (left, right) => arithmetic(left, right, (a, b) => a + b),
	"-": (left, right) => arithmetic(left, right, (a, b) => a - b),
	"*": (left, right) => arithmetic(left, right, (a, b) => a * b),
	"/": (left, right) => arithmetic(left, right, (a, b) => a / b),
	"%": (left, right) => arithmetic(left, right, (a, b) => a % b),
	"&": concatenation,
};

function binary(node: ExprNode): FastPath | null {
	const left = operand(node.lhs);
	const right = operand(node.rhs);
	if (left === null || right === null) return null;
	if (node.value === "and" || node.value === "or") return conjunction(left, right, node.value === "or");
	const operation = typeof node.value === "string" ? OPERATIONS[node.value] : undefined;
	if (operation === undefined) return null;
	return (input) => {
		const a = left(input);
		if (a === BAIL) return BAIL;
		const b = right(input);
		return b === BAIL ? BAIL : operation(a, b);
	};
}

function operand(node: ExprNode["lhs"]): FastPath | null {
	return node === undefined || Array.isArray(node) ? null : fastPath(node);
}

/** @param decides the truth value of the left side that settles the answer: true for `or`, false for `and` */
function conjunction(left: FastPath, right: FastPath, decides: boolean): FastPath {
	return (input) => {
		const a = truth(left(input));
		if (a === BAIL || a === decides) return a;
		return truth(right(input));
	};
}

function negation(expression: ExprNode): FastPath | null {
	const inner = fastPath(expression);
	if (inner === null) return null;
	return (input) => {
		const value = inner(input);
		return value === undefined ? undefined : Number.isFinite(value) ? -(value as number) : BAIL;
	};
}

function condition(node: ExprNode): FastPath | null {
	const test = node.condition && (coalesced(node.condition) ?? fastPath(node.condition));
	const then = node.then && fastPath(node.then);
	const otherwise = node.else ? fastPath(node.else) : () => undefined;
	if (!test || !then || !otherwise) return null;
	return (input) => {
		const answer = truth(test(input));
		return answer === BAIL ? BAIL : answer ? then(input) : otherwise(input);
	};
}

/** `a ?? b` reaches the parser's output as `$exists(a) ? a : b`. */
function coalesced(node: ExprNode): FastPath | null {
	const [argument] = node.arguments ?? [];
	if (node.type !== "function" || node.procedure?.type !== "variable" || node.procedure.value !== "exists") return null;
	if (node.predicate || node.group || node.arguments?.length !== 1 || !argument) return null;
	const inner = fastPath(argument);
	if (inner === null) return null;
	return (input) => {
		const value = inner(input);
		return value === BAIL ? BAIL : value !== undefined;
	};
}

/** JSONata's effective boolean; undefined counts as false. */
function truth(value: unknown): boolean | typeof BAIL {
	switch (typeof value) {
		case "boolean":
			return value;
		case "string":
			return value.length > 0;
		case "undefined":
			return false;
		case "number":
			return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? BAIL : value !== 0 && !Number.isNaN(value);
		default:
			return value === null ? false : BAIL;
	}
}

function equality(left: unknown, right: unknown, wanted: boolean): unknown {
	if (left === undefined || right === undefined) return false;
	if ((typeof left === "object" && left !== null) || (typeof right === "object" && right !== null)) return BAIL;
	return (left === right) === wanted;
}

function comparison(left: unknown, right: unknown, compare: (a: string | number, b: string | number) => boolean): unknown {
	if (typeof left === "number" && typeof right === "number") return compare(left, right);
	if (typeof left === "string" && typeof right === "string") return compare(left, right);
	const comparable = isComparableOrMissing(left) && isComparableOrMissing(right);
	return comparable && (left === undefined || right === undefined) ? undefined : BAIL;
}

function isComparableOrMissing(value: unknown): boolean {
	return value === undefined || typeof value === "string" || typeof value === "number";
}

function arithmetic(left: unknown, right: unknown, calculate: (a: number, b: number) => number): unknown {
	if (Number.isFinite(left) && Number.isFinite(right)) return calculate(left as number, right as number);
	const numeric = (left === undefined || Number.isFinite(left)) && (right === undefined || Number.isFinite(right));
	return numeric ? undefined : BAIL;
}

function concatenation(left: unknown, right: unknown): unknown {
	const a = text(left);
	const b = text(right);
	return a === BAIL || b === BAIL ? BAIL : a + b;
}

/** A scalar as JSONata's `$string` writes it; numbers with 15 significant digits. */
function text(value: unknown): string | typeof BAIL {
	switch (typeof value) {
		case "string":
			return value;
		case "undefined":
			return "";
		case "boolean":
			return value ? "true" : "false";
		case "number":
			if (!Number.isFinite(value)) return BAIL;
			return String(Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15)));
		default:
			return value === null ? "null" : BAIL;
	}
}
