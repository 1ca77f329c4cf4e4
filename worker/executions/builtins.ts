import { type Allowance, CHARACTERS_PER_STEP, ITEM_BYTES, ITEMS_PER_STEP, MEMBER_BYTES, make, sizeOf, spend } from "./allowance";
import { ExpressionError } from "./expression-error";
import { OWN_BUILTINS } from "./own-builtins";

/** JSONata's functions with a price: for what they read, for what they are about to make, and for what they answer. */

interface Definition {
	implementation: Builtin;
	signature?: unknown;
}

/** What the interpreter calls a function with. */
export interface Focus {
	environment: { base: Allowance };
	createSequence(): unknown[];
}

/** The interpreter has checked the arguments against the function's signature before it calls. */
export type Builtin = (this: Focus, ...values: never[]) => unknown;

type Charge = (allowance: Allowance, values: unknown[]) => void;

/** A picture's characters, what may stand between its brackets, and how often a replacement may name a group. */
const PICTURE_MAX = 256;
const DATE_TEXT_MAX = 64;
const DOLLARS_MAX = 50;
/** A text cut out of another. */
const SLICE_BYTES = 32;

const pictured: Charge = (allowance, [, picture]) => {
	if (typeof picture !== "string") return spend(allowance, 16);
	judgePicture(picture);
	spend(allowance, 16 + picture.length * 2);
};

/** The runtime's own expressions read dates by a picture, and may go back and forth in the text. */
const readByPicture: Charge = (allowance, [text, picture]) => {
	if (typeof picture !== "string") return;
	pictured(allowance, [text, picture]);
	const tooMany = (picture.match(/\[[^\]]*[a-zA-Z][^\]]*[NnWw]/g)?.length ?? 0) > 3 || (picture.match(/\[/g)?.length ?? 0) > 12;
	const ambiguous = /\][^[\]]*\d[^[\]]*\[/.test(picture);
	if (tooMany || ambiguous || (typeof text === "string" && text.length > DATE_TEXT_MAX))
		throw new ExpressionError("expression_too_costly", "The picture leaves too many ways to read the text.", null);
};

const encoded: Charge = (allowance, [text]) => make(allowance, typeof text === "string" ? escapedLength(text) : 0);

/** They take the text apart into characters, a pair of surrogates being one. */
const pointsRead: Charge = (allowance, [text]) => spend(allowance, typeof text === "string" ? text.length / 64 : 0);

const PRICES: Readonly<Record<string, Charge>> = {
	string: (allowance, [value, pretty]) => {
		if (typeof value !== "object" || value === null) return;
		const size = sizeOf(allowance, value);
		spend(allowance, size / ITEMS_PER_STEP);
		make(allowance, pretty === true ? size + indentation(value, 1) : size);
	},
	clone: (allowance, [value]) => {
		const size = sizeOf(allowance, value);
		spend(allowance, size / 16);
		make(allowance, size * 2);
	},
	keys: (allowance, [value]) => spend(allowance, sizeOf(allowance, value) / ITEMS_PER_STEP),
	boolean: (allowance, [value]) => spend(allowance, sizeOf(allowance, value) / ITEMS_PER_STEP),
	not: (allowance, [value]) => spend(allowance, sizeOf(allowance, value) / ITEMS_PER_STEP),
	length: pointsRead,
	substring: pointsRead,
	pad: pointsRead,
	split: (allowance, [text, separator, limit]) => {
		if (typeof text !== "string" || typeof separator !== "string") return;
		const parts = Math.min(separator === "" ? text.length : occurrences(text, separator) + 1, typeof limit === "number" ? limit : Infinity);
		spend(allowance, parts / 32);
		make(allowance, parts * (separator === "" ? ITEM_BYTES : ITEM_BYTES + SLICE_BYTES));
	},
	replace: (allowance, [text, pattern, replacement]) => {
		if (typeof replacement === "string" && replacement.split("$", DOLLARS_MAX + 2).length > DOLLARS_MAX + 1)
			throw new ExpressionError("expression_too_costly", `A replacement may name ${DOLLARS_MAX} groups.`, null);
		if (typeof text !== "string" || typeof pattern !== "string" || pattern === "") return;
		const count = occurrences(text, pattern);
		spend(allowance, count / 16);
		make(allowance, text.length + count * (2 * SLICE_BYTES + (typeof replacement === "string" ? replacement.length : 0)));
	},
	uppercase: (allowance, [text]) => make(allowance, casedLength(text)),
	lowercase: (allowance, [text]) => make(allowance, casedLength(text)),
	base64encode: (allowance, [text]) => make(allowance, typeof text === "string" ? text.length * 1.4 : 0),
	encodeUrl: encoded,
	encodeUrlComponent: encoded,
	formatNumber: pictured,
	formatInteger: pictured,
	fromMillis: pictured,
	now: (allowance, [picture]) => pictured(allowance, [null, picture]),
	toMillis: readByPicture,
	parseInteger: readByPicture,
};

/** They hand on a value that exists already. */
const MAKES_NOTHING: ReadonlySet<string> = new Set(["lookup", "reduce", "single", "type", "join", "pad", "spread", "merge", "distinct"]);
/** They do not look into the array that they are given. */
const READS_NOTHING: ReadonlySet<string> = new Set(["count", "exists", "type", "lookup"]);

export const BUILTIN_NAMES: ReadonlySet<string> = new Set(
	(
		"sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace " +
		"split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter " +
		"single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode " +
		"encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl eval toMillis fromMillis clone now millis parseJson"
	).split(" "),
);

/** @param definition the interpreter's own function */
export function builtinFor(name: string, definition: unknown): unknown {
	const { implementation: original, signature } = definition as Definition;
	const run = OWN_BUILTINS[name] ?? original;
	const price = PRICES[name];
	const implementation: Builtin = function (...values) {
		const allowance = this.environment.base;
		spend(allowance, 1);
		if (!READS_NOTHING.has(name)) for (const value of values) read(allowance, value);
		price?.(allowance, values);
		const result = run.apply(this, values);
		if (MAKES_NOTHING.has(name)) return result;
		return result instanceof Promise ? result.then((value) => made(allowance, values, value)) : made(allowance, values, result);
	};
	// The interpreter learns a function's parameters from its length and from its text.
	Object.defineProperty(implementation, "length", { value: original.length });
	implementation.toString = () => original.toString();
	return { _jsonata_function: true, implementation, signature };
}

function read(allowance: Allowance, value: unknown): void {
	if (typeof value === "string") spend(allowance, value.length / CHARACTERS_PER_STEP);
	else if (Array.isArray(value)) spend(allowance, value.length / ITEMS_PER_STEP);
}

function made(allowance: Allowance, values: unknown[], result: unknown): unknown {
	if (values.includes(result)) return result;
	if (typeof result === "string") make(allowance, result.length);
	else if (Array.isArray(result)) make(allowance, result.length * ITEM_BYTES);
	else if (typeof result === "object" && result !== null) make(allowance, Object.keys(result).length * MEMBER_BYTES);
	return result;
}

function judgePicture(picture: string): void {
	if (picture.length <= PICTURE_MAX && !/,[^\]]*\d{3}/.test(picture.includes("[") ? picture : "")) return;
	const message = `A picture may have ${PICTURE_MAX} characters, and widths up to 99.`;
	throw new ExpressionError("expression_too_costly", message, null);
}

function occurrences(text: string, part: string): number {
	let count = 0;
	for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count++;
	return count;
}

/** The length of the text percent-encoded, at most. */
function escapedLength(text: string): number {
	let length = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		length += code > 0x7ff ? 9 : code > 0x7f ? 6 : /[A-Za-z0-9]/.test(text[at] ?? "") ? 1 : 3;
	}
	return length;
}

/** Letters outside ASCII may become up to three. */
function casedLength(text: unknown): number {
	if (typeof text !== "string") return 0;
	return /[^\p{ASCII}]/u.test(text) ? text.length * 3 : text.length;
}

/** Spaces and line ends that writing a value prettily adds. */
function indentation(value: unknown, level: number): number {
	if (typeof value !== "object" || value === null) return 0;
	let spaces = 2 * level;
	for (const member of Object.values(value)) spaces += 2 * level + 2 + indentation(member, level + 1);
	return spaces;
}
