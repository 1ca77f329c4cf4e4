/**
 * JSONata split into tokens, as far as the designer needs it: to colour an expression, to complete the path at the
 * cursor, and to rename a step in it. It never fails: what it does not know is an operator.
 */

export type TokenKind = "string" | "number" | "name" | "variable" | "keyword" | "comment" | "regex" | "operator";

export interface Token {
	kind: TokenKind;
	from: number;
	to: number;
}

const KEYWORDS = new Set(["and", "or", "in", "true", "false", "null", "function"]);
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const VARIABLE = /\$[\p{L}\p{N}_$]*/uy;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
const OPERATOR = /\.\.|:=|!=|<=|>=|~>|\*\*|./suy;

/** Tokens of `text` from `from` on; ends at `to`, or at a brace that closes more than were opened. */
export function tokensOf(text: string, from = 0, to = text.length): { tokens: Token[]; end: number } {
	const tokens: Token[] = [];
	let at = from;
	let depth = 0;
	while (at < to) {
		const character = text.charAt(at);
		if (/\s/.test(character)) {
			at += 1;
			continue;
		}
		if (depth === 0 && character === "}") break;
		const token = tokenAt(text, at, tokens.at(-1), text);
		if (token.kind === "operator") depth += character === "{" ? 1 : character === "}" ? -1 : 0;
		tokens.push({ ...token, to: Math.min(token.to, to) });
		at = token.to;
	}
	return { tokens, end: Math.min(at, to) };
}

function tokenAt(text: string, at: number, previous: Token | undefined, whole: string): Token {
	const character = text.charAt(at);
	if (character === '"' || character === "'") return { kind: "string", from: at, to: closing(text, at, character, true) };
	if (character === "`") return { kind: "name", from: at, to: closing(text, at, "`", false) };
	if (text.startsWith("/*", at)) {
		const end = text.indexOf("*/", at + 2);
		return { kind: "comment", from: at, to: end < 0 ? text.length : end + 2 };
	}
	if (character === "/" && startsOperand(previous, whole)) return { kind: "regex", from: at, to: regexEnd(text, at) };
	const number = match(NUMBER, text, at);
	if (number) return { kind: "number", from: at, to: at + number.length };
	const variable = match(VARIABLE, text, at);
	if (variable) return { kind: "variable", from: at, to: at + variable.length };
	const name = match(NAME, text, at);
	if (name) return { kind: KEYWORDS.has(name) ? "keyword" : "name", from: at, to: at + name.length };
	return { kind: "operator", from: at, to: at + (match(OPERATOR, text, at)?.length ?? 1) };
}

/** After an operator other than a closing bracket a value begins, so `/` is a regular expression there. */
function startsOperand(previous: Token | undefined, text: string): boolean {
	if (previous === undefined) return true;
	if (previous.kind !== "operator") return false;
	return !")]}".includes(text.slice(previous.from, previous.to));
}

function closing(text: string, at: number, quote: string, escapes: boolean): number {
	for (let i = at + 1; i < text.length; i++) {
		if (escapes && text.charAt(i) === "\\") i += 1;
		else if (text.charAt(i) === quote) return i + 1;
	}
	return text.length;
}

/** JSONata looks for the closing slash outside brackets of every kind. */
function regexEnd(text: string, at: number): number {
	let depth = 0;
	for (let i = at + 1; i < text.length; i++) {
		const character = text.charAt(i);
		if (character === "\\") i += 1;
		else if ("([{".includes(character)) depth += 1;
		else if (")]}".includes(character)) depth -= 1;
		else if (character === "/" && depth === 0) return i + 1;
	}
	return text.length;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
}

export interface Span {
	/** Where `{{` stands. */
	from: number;
	/** Behind `}}`, or the end of the text where it is missing. */
	to: number;
	/** The expression between them. */
	innerFrom: number;
	innerTo: number;
	closed: boolean;
}

/** Every `{{ … }}` of a template text. `\{{` is literal text. */
export function spansOf(text: string): Span[] {
	const spans: Span[] = [];
	let at = text.indexOf("{{");
	while (at >= 0) {
		if (text.charAt(at - 1) === "\\") {
			at = text.indexOf("{{", at + 2);
			continue;
		}
		const { end } = tokensOf(text, at + 2);
		const closed = text.startsWith("}}", end);
		const to = closed ? end + 2 : text.length;
		spans.push({ from: at, to, innerFrom: at + 2, innerTo: closed ? end : text.length, closed });
		at = text.indexOf("{{", to);
	}
	return spans;
}

const JSON_STRING = /"(?:[^"\\\n]|\\.)*"/g;

/** Every `{{ … }}` of the strings in a JSON text, with its places in that text. One that is open ends with its string. */
export function spansInStrings(json: string): Span[] {
	return [...json.matchAll(JSON_STRING)].flatMap(({ 0: string, index }) =>
		spansOf(string.slice(1, -1)).map((span) => ({
			...span,
			from: span.from + index + 1,
			to: span.to + index + 1,
			innerFrom: span.innerFrom + index + 1,
			innerTo: span.innerTo + index + 1,
		})),
	);
}
