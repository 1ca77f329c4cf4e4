import { ExpressionError } from "./expression-error";
import { type ExprNode, nodesOf } from "./jsonata-ast";
import { signsOf } from "./jsonata-scanner";
import { LinearRegExp } from "./regex";

/** What is refused before an expression runs, or even is parsed. */

const EXPRESSION_MAX_LENGTH = 10_000;
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
