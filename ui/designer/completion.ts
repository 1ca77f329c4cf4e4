import { spansInStrings, spansOf, type Token, tokensOf } from "./tokens";

/** What an expression can go on with at the cursor, from the sample's real values. Pure; CodeMirror only shows it. */

export interface Suggestion {
	/** Inserted text. */
	label: string;
	/** The value at that path in the sample, shortened; or what a function does. */
	detail: string;
	kind: "field" | "function" | "array" | "object";
}

export interface Completion {
	/** Where the text that is replaced begins. */
	from: number;
	suggestions: Suggestion[];
}

const FUNCTIONS: Record<string, string> = {
	$string: "as text",
	$number: "as number",
	$boolean: "as true or false",
	$count: "how many items",
	$sum: "sum of numbers",
	$max: "largest number",
	$min: "smallest number",
	$average: "mean of numbers",
	$round: "rounded number",
	$floor: "rounded down",
	$ceil: "rounded up",
	$abs: "without its sign",
	$exists: "is the value there?",
	$not: "the opposite",
	$uppercase: "in capitals",
	$lowercase: "in small letters",
	$trim: "without outer spaces",
	$substring: "part of a text",
	$substringBefore: "text before a mark",
	$substringAfter: "text after a mark",
	$contains: "does the text contain it?",
	$split: "text to list",
	$join: "list to text",
	$replace: "text with replacements",
	$match: "parts that match a pattern",
	$length: "characters of a text",
	$pad: "text filled up to a width",
	$map: "each item changed",
	$filter: "items for which it holds",
	$reduce: "all items to one value",
	$sort: "items in order",
	$distinct: "items without doubles",
	$reverse: "items backwards",
	$append: "two lists as one",
	$zip: "lists side by side",
	$keys: "names of an object's fields",
	$lookup: "field by a computed name",
	$merge: "objects as one",
	$each: "each field of an object",
	$sift: "fields for which it holds",
	$spread: "object to list of fields",
	$type: "kind of a value",
	$fromMillis: "date from milliseconds",
	$toMillis: "milliseconds from a date",
	$formatNumber: "number as formatted text",
	$parseJson: "value from a text of JSON",
	$base64encode: "text as base64",
	$base64decode: "base64 as text",
	$encodeUrlComponent: "text safe in a URL",
};

/**
 * @param scope names at the root: event, steps, vars
 * @param form expression: the text is JSONata as it stands; otherwise only what stands in `{{ }}` is, in json within strings
 * @param explicit asked for by key: also where nothing was typed yet
 */
export function completeAt(
	text: string,
	at: number,
	scope: Record<string, unknown>,
	form: "template" | "expression" | "json",
	explicit: boolean,
): Completion | null {
	const range = expressionRange(text, at, form);
	if (range === null) return null;
	const { tokens } = tokensOf(text, range.from, at);
	const last = tokens.at(-1);
	if (last && last.to > at - 1 && (last.kind === "string" || last.kind === "comment" || last.kind === "regex" || last.kind === "number"))
		return null;
	if (last?.kind === "variable" && last.to === at) return { from: last.from, suggestions: functions() };

	const typed = last !== undefined && last.kind === "name" && last.to === at ? last : undefined;
	const before = typed ? tokens.slice(0, -1) : tokens;
	const path = pathBefore(text, before);
	if (path === null) return typed || explicit ? { from: typed?.from ?? at, suggestions: [...fieldsOf(scope), ...functions()] } : null;
	const value = lookUp(scope, path);
	const suggestions = fieldsOf(value);
	return suggestions.length === 0 ? null : { from: typed?.from ?? at, suggestions };
}

/** The expression around the cursor, or null where the cursor stands in plain text. */
function expressionRange(text: string, at: number, form: "template" | "expression" | "json"): { from: number } | null {
	const spans = form === "json" ? spansInStrings(text) : spansOf(text);
	const span = spans.find((one) => one.innerFrom <= at && at <= one.innerTo);
	if (span) return { from: span.innerFrom };
	return form === "expression" && !text.trimStart().startsWith("{{") ? { from: 0 } : null;
}

/** Names before a trailing `.`: `event.body.` → ["event","body"]; null where there is none. */
function pathBefore(text: string, tokens: Token[]): string[] | null {
	const path: string[] = [];
	let i = tokens.length - 1;
	const is = (at: number, sign: string): boolean => {
		const token = tokens[at];
		return token !== undefined && text.slice(token.from, token.to) === sign;
	};
	if (!is(i, ".")) return null;
	while (is(i, ".")) {
		i -= 1;
		while (is(i, "]")) {
			while (i >= 0 && !is(i, "[")) i -= 1;
			i -= 1;
		}
		const token = tokens[i];
		if (token === undefined || (token.kind !== "name" && !is(i, "$$"))) return null;
		if (token.kind === "name") path.unshift(text.slice(token.from, token.to).replaceAll("`", ""));
		i -= 1;
	}
	return path;
}

/** As JSONata does, a path through a list goes on into its items. */
export function lookUp(scope: unknown, path: readonly string[]): unknown {
	let value = scope;
	for (const name of path) {
		while (Array.isArray(value)) value = value[0];
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	return value;
}

function fieldsOf(value: unknown): Suggestion[] {
	let object = value;
	while (Array.isArray(object)) object = object[0];
	if (typeof object !== "object" || object === null) return [];
	return Object.entries(object).map(([name, field]) => ({ label: quoteName(name), detail: shorten(field), kind: kindOf(field) }));
}

function functions(): Suggestion[] {
	return Object.entries(FUNCTIONS).map(([name, detail]) => ({ label: name, detail, kind: "function" as const }));
}

function kindOf(value: unknown): Suggestion["kind"] {
	if (Array.isArray(value)) return "array";
	return typeof value === "object" && value !== null ? "object" : "field";
}

/** A field name as JSONata takes it in a path: in backticks unless it is a plain name. */
export function quoteName(name: string): string {
	const reserved = name === "and" || name === "or" || name === "in" || name === "true" || name === "false" || name === "null";
	return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved ? name : `\`${name.replaceAll("`", "")}\``;
}

/** `["event","body","lines",0,"sku"]` → `event.body.lines[0].sku` */
export function pathText(path: readonly (string | number)[]): string {
	return path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${quoteName(part)}`)).join("");
}

/** A value on one short line. */
export function shorten(value: unknown, limit = 40): string {
	if (value === undefined) return "";
	if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "item" : "items"}`;
	const text = typeof value === "object" && value !== null ? `{ ${Object.keys(value).join(", ")} }` : (JSON.stringify(value) ?? "");
	return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}
