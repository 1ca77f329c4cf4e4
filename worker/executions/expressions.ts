import jsonata from "jsonata";
import { ExpressionError } from "./expression-error";
import { BAIL, type FastPath, fastPath } from "./fast-path";
import { guard, OPTIONS } from "./guard";
import { type ExprNode, nodesOf } from "./jsonata-ast";
import { ADDED_FUNCTIONS, OWN_BUILTINS } from "./own-builtins";
import { plain } from "./plain";
import { refuse, refuseText } from "./refusals";

/**
 * JSONata, parsed once. Pure and free of any platform: the Executor evaluates with it, and so does the editor's preview
 * in the browser.
 */

export { ExpressionError } from "./expression-error";

export interface Expression {
	readonly source: string;
	readonly ast: ExprNode;
	/**
	 * The value over `scope`: at once for everyday expressions, as a promise where the interpreter is needed. Plain JSON
	 * values only; parts of `scope` are shared, not copied. Throws or rejects with ExpressionError.
	 */
	evaluate(scope: object): unknown;
}

/** Characters of expressions kept parsed; a tree takes some hundred times as many bytes. */
const CACHE_MAX_CHARACTERS = 200_000;
const cache = new Map<string, Expression>();
let cachedCharacters = 0;

/** Parses an expression, or answers the one parsed before. Throws ExpressionError with the position of the mistake. */
export function compileExpression(source: string): Expression {
	const known = cache.get(source);
	if (known !== undefined) {
		cache.delete(source);
		cache.set(source, known);
		return known;
	}
	const expression = parse(source);
	cache.set(source, expression);
	cachedCharacters += source.length;
	for (const oldest of cache.keys()) {
		if (cachedCharacters <= CACHE_MAX_CHARACTERS) break;
		cache.delete(oldest);
		cachedCharacters -= oldest.length;
	}
	return expression;
}

function parse(source: string): Expression {
	refuseText(source);
	if (source.trim() === "") throw new ExpressionError("expression_invalid", "The expression is empty.", 0);
	let interpreter: jsonata.Expression;
	try {
		interpreter = jsonata(source, OPTIONS);
	} catch (error) {
		throw asExpressionError(error, "expression_invalid");
	}
	const ast = interpreter.ast() as ExprNode;
	refuse(ast);
	addFunctions(interpreter);
	guard(interpreter, ast);
	const quick = fastPath(ast);
	// `|…|…|` is the one construct that changes its input: it gets a copy.
	const changes = [...nodesOf(ast)].some((node) => node.type === "transform");
	const interpret = (scope: object) => interpreted(interpreter, changes ? plain(scope) : scope);
	return { source, ast, evaluate: quick === null ? interpret : (scope) => quickly(quick, interpret, scope) };
}

function addFunctions(interpreter: jsonata.Expression): void {
	for (const [name, signature] of Object.entries(ADDED_FUNCTIONS)) {
		const implementation = OWN_BUILTINS[name];
		if (implementation) interpreter.registerFunction(name, implementation as (...values: unknown[]) => unknown, signature);
	}
}

function quickly(quick: FastPath, interpret: (scope: object) => Promise<unknown>, scope: object): unknown {
	let value: unknown;
	try {
		value = quick(scope);
	} catch {
		return interpret(scope);
	}
	// Numbers that JSON has no word for are the interpreter's to refuse.
	return value === BAIL || (typeof value === "number" && !Number.isFinite(value)) ? interpret(scope) : value;
}

async function interpreted(interpreter: jsonata.Expression, scope: unknown): Promise<unknown> {
	try {
		return plain(await interpreter.evaluate(scope));
	} catch (error) {
		throw asExpressionError(error, "expression_failed");
	}
}

/** JSONata throws plain objects with a code, a message and a position. */
function asExpressionError(error: unknown, code: string): ExpressionError {
	if (error instanceof ExpressionError) return error;
	if (typeof error !== "object" || error === null) return new ExpressionError(code, String(error), null);
	const { message, position } = error as { message?: unknown; position?: unknown };
	const text = typeof message === "string" && message !== "" ? message : "The expression failed.";
	return new ExpressionError(code, text.replace(/\s+/g, " ").slice(0, 500), typeof position === "number" ? position : null);
}

/** What JSONata counts as true: a filter's condition is judged by it. */
export function isTrue(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(isTrue);
	if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
	return Boolean(value);
}
