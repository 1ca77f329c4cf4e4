import type jsonata from "jsonata";
import {
	type Allowance,
	CHARACTERS_PER_STEP,
	ITEM_BYTES,
	ITEMS_PER_STEP,
	MEMBER_BYTES,
	make,
	OBJECT_BYTES,
	sizeOf,
	spend,
} from "./allowance";
import { BUILTIN_NAMES, builtinFor } from "./builtins";
import { ExpressionError } from "./expression-error";
import { type ExprNode, isFunction, nodesOf } from "./jsonata-ast";
import { tooLarge, VALUE_MAX_BYTES } from "./plain";
import { LinearRegExp } from "./regex";

/**
 * What keeps somebody's expression from taking the house down. The clock stands still while a Worker computes, so
 * everything is counted: nodes, the work that operators and functions do, what they make, depth, lengths of arrays.
 * Counters stop mistakes and plain attacks; the platform's own CPU limit stands behind them.
 */

/** Evaluations that wait for others: nested ones, and the values of a grouping, which wait side by side. */
const WAITING_MAX = 20_000;
const ARRAY_MAX = 500_000;
/** A call makes a frame and a handful of promises, a comparison of the sort operator copies what it compares. */
const STEPS_PER_CALL = 4;
/** The names that a path's item is bound to. */
const BINDING_BYTES = 64;

export const OPTIONS: jsonata.JsonataOptions = Object.freeze({ stack: WAITING_MAX, sequence: ARRAY_MAX });

const MAKES_SEQUENCES: ReadonlySet<string> = new Set(["path", "binary", "wildcard", "descendant"]);

/** Why a node's value is looked at before it is used. */
type Use = "read whole" | "joined" | "changed" | "called";

/** What the hooks know of an expression's nodes before any evaluation. */
interface Plan {
	uses: Map<ExprNode, Use>;
	/** What entering a node costs beyond one step. */
	extra: Map<ExprNode, number>;
	/** Items of an array constructor, with how often it copies what they add. */
	copies: Map<ExprNode, number>;
	/** The keys of groupings, by the node that groups. */
	keys: Map<ExprNode, ExprNode[]>;
	isKey: Set<ExprNode>;
	/** Steps of paths with `@` or `#`, which make a set of bindings for each item that a step answers. */
	bound: Set<ExprNode>;
	/** Functions that the expression names, or that an operator of its calls. */
	builtins: string[];
	hasRegex: boolean;
}

interface Base extends Allowance {
	RegexEngine: unknown;
	guardrails: () => void;
	depth: number;
	lookup(name: string): unknown;
	bind(name: string, value: unknown): void;
	/** Items that each key of a grouping under way has. */
	members?: Map<ExprNode, Map<string, number>>;
}

/** Puts the counters into an expression's interpreter. They are kept per evaluation, so evaluations may overlap. */
export function guard(interpreter: jsonata.Expression, ast: ExprNode): void {
	const plan = planOf(ast);
	const entry = (node: ExprNode, input: unknown, { base }: { base: Base }): void => {
		if (base.spent === undefined) begin(base, plan);
		spend(base, 1 + (plan.extra.get(node) ?? 0));
		if (node.type === "name" && Array.isArray(input)) spend(base, input.length / ITEMS_PER_STEP);
		if ((node.type === "wildcard" || node.type === "descendant") && typeof input === "object") {
			spend(base, sizeOf(base, input) / ITEMS_PER_STEP);
			if (node.type === "wildcard" && input !== null) spend(base, listsIn(input) ** 2 / 512);
		}
		for (const key of plan.keys.get(node) ?? []) base.members?.delete(key);
	};
	const exit = (node: ExprNode, _input: unknown, { base }: { base: Base }, answer: unknown): void => {
		const result = single(answer);
		const use = plan.uses.get(node);
		if (typeof result === "string") {
			if (result.length > VALUE_MAX_BYTES) throw tooLarge();
			if (use === "read whole" || use === "joined") spend(base, result.length / CHARACTERS_PER_STEP);
			if (node.type === "binary") make(base, result.length);
			if (plan.isKey.has(node)) spend(base, countMember(base, node, result) / 512);
			return;
		}
		if (typeof answer !== "object" || answer === null) return;
		if (Array.isArray(answer)) {
			if (plan.bound.has(node)) {
				spend(base, answer.length / 4);
				make(base, answer.length * BINDING_BYTES);
			}
			spend(base, ((plan.copies.get(node) ?? 0) * answer.length) / 512);
			const isNew = node.type === "unary" || (MAKES_SEQUENCES.has(node.type) && (answer as { sequence?: unknown }).sequence === true);
			if (isNew || node.predicate) {
				spend(base, answer.length / ITEMS_PER_STEP);
				make(base, answer.length * ITEM_BYTES);
			}
		}
		if (typeof result !== "object" || result === null) return;
		if (use === "changed" && hasFunction(result))
			throw new ExpressionError("expression_refused", "A function cannot be changed.", node.position ?? null);
		if (use === "called" && !isFunction(result))
			throw new ExpressionError("expression_failed", "Attempted to call a value that is not a function.", node.position ?? null);
		if ((node.type === "unary" || node.group !== undefined) && !Array.isArray(result))
			make(base, OBJECT_BYTES + Object.keys(result).length * MEMBER_BYTES);
		if (node.type === "unary" || node.type === "function" || node.type === "apply" || node.group !== undefined) sizeOf(base, result);
		if (use === "read whole" || use === "joined") {
			const size = sizeOf(base, result);
			spend(base, size / ITEMS_PER_STEP);
			if (use === "joined") make(base, size); // it is written out as JSON
		}
	};
	const assign = interpreter.assign as (name: string | symbol, value: unknown) => void;
	assign(Symbol.for("jsonata.__evaluate_entry"), entry);
	assign(Symbol.for("jsonata.__evaluate_exit"), exit);
}

/** Prepares the root frame of a new evaluation: counted functions in the place of those that the expression names. */
function begin(base: Base, plan: Plan): void {
	base.spent = 0;
	if (plan.hasRegex) {
		base.RegexEngine = class extends LinearRegExp {
			constructor(pattern: RegExp) {
				super(pattern, { spend: (steps) => spend(base, steps), make: (bytes) => make(base, bytes) });
			}
		};
	}
	base.guardrails = () => {
		if (base.depth <= WAITING_MAX) return;
		const message = `More than ${WAITING_MAX} parts of the expression wait for one another: a function calls itself without end, or a grouping has too many keys.`;
		throw new ExpressionError("expression_too_costly", message, null);
	};
	for (const name of plan.builtins) base.bind(name, builtinFor(name, base.lookup(name)));
}

function planOf(ast: ExprNode): Plan {
	const plan: Plan = {
		uses: new Map(),
		extra: new Map(),
		copies: new Map(),
		keys: new Map(),
		isKey: new Set(),
		bound: new Set(),
		builtins: [],
		hasRegex: false,
	};
	const named = new Set<string>();
	for (const node of nodesOf(ast)) {
		if (node.type === "variable" && typeof node.value === "string" && BUILTIN_NAMES.has(node.value)) named.add(node.value);
		if (node.type === "binary" && !Array.isArray(node.lhs)) {
			for (const side of [node.lhs, node.rhs]) if (side) plan.uses.set(side, node.value === "&" ? "joined" : "read whole");
		}
		for (const filter of [...(node.predicate ?? []), ...(node.stages ?? [])]) if (filter.expr) plan.uses.set(filter.expr, "read whole");
		if (node.condition) plan.uses.set(node.condition, "read whole");
		if (node.type === "function" && node.procedure) plan.uses.set(node.procedure, "called");
		if (node.type === "lambda" && node.body) plan.extra.set(node.body, STEPS_PER_CALL);
		for (const term of node.terms ?? []) plan.extra.set(term.expression, STEPS_PER_CALL);
		if (node.steps?.some((step) => step.tuple)) for (const step of node.steps) plan.bound.add(step);
		if (node.type === "regex") plan.hasRegex = true;
		if (node.type === "transform") named.add("clone");
		if (node.type === "transform" && node.pattern) plan.uses.set(node.pattern, "changed");
		if (node.type === "unary" && node.value === "[") {
			const items = node.expressions ?? [];
			for (const [at, item] of items.entries()) plan.copies.set(item, items.length - at);
		}
		const pairs = node.group?.lhs ?? (node.type === "unary" && Array.isArray(node.lhs) ? node.lhs : []);
		if (pairs.length > 0) {
			plan.keys.set(
				node,
				pairs.map(([key]) => key),
			);
			for (const [key] of pairs) plan.isKey.add(key);
		}
	}
	plan.builtins = [...named];
	return plan;
}

/** How many items have had this key before: adding one to them copies them all. */
function countMember(base: Base, node: ExprNode, key: string): number {
	base.members ??= new Map();
	let members = base.members.get(node);
	if (members === undefined) {
		members = new Map();
		base.members.set(node, members);
	}
	const count = members.get(key) ?? 0;
	members.set(key, count + 1);
	return count;
}

function listsIn(input: object): number {
	let lists = 0;
	for (const value of Object.values(input)) if (Array.isArray(value)) lists++;
	return lists;
}

/** At this point a sequence of one has not been turned into its item yet. */
function single(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 && (value as { sequence?: unknown }).sequence === true ? value[0] : value;
}

function hasFunction(value: unknown): boolean {
	return Array.isArray(value) ? value.some(isFunction) : isFunction(value);
}
