import { excessOf } from "../body/json";
import { type Findings, MASK } from "./findings";
import { below, fieldAt, inside, type Node } from "./rules";

/** Masking JSON in the words in which it was sent: what is not masked stays as it is, to the last digit of a number. */

const MASKED = JSON.stringify(MASK);

const NOWHERE: readonly Node[] = [];

interface Level {
	/** Places among the masked fields that this object or list stands at. */
	nodes: readonly Node[];
	/** Of a list the element at hand; null for an object. */
	index: number | null;
	/** Of a list, whether a masked field names one of its elements. */
	indexed: boolean;
	/** Whether the next string is a name. */
	name: boolean;
}

/**
 * @param text valid JSON
 * @param roots where the masked fields begin
 * @param mask is asked about every name, text and number that no field masks
 * @returns the same with both masked, of doubled names each
 */
export function maskJson(text: string, roots: readonly Node[], findings: Findings, mask: (plain: string) => string): string {
	const parts: string[] = [];
	const levels: Level[] = [];
	let nodes = roots.every(({ field, children }) => field === null && children.size === 0) ? NOWHERE : roots;
	let done = 0;
	let at = 0;
	const replace = (from: number, to: number, by: string): void => {
		parts.push(text.slice(done, from), by);
		done = to;
	};
	while (at < text.length) {
		const level = levels.at(-1);
		const character = text.charAt(at);
		switch (character) {
			case " ":
			case "\t":
			case "\n":
			case "\r":
			case ":":
				at++;
				continue;
			case ",":
				at++;
				if (level?.index === null) level.name = true;
				else if (level) nodes = level.indexed ? inList(level.nodes, ++level.index) : level.nodes;
				continue;
			case "}":
			case "]":
				at++;
				levels.pop();
				continue;
		}
		if (level?.name) {
			const end = stringEnd(text, at);
			const name = stringOf(text, at, end);
			const masked = mask(name);
			if (masked !== name) replace(at, end, JSON.stringify(masked));
			nodes = level.nodes.length === 0 ? NOWHERE : below(level.nodes, name);
			level.name = false;
			at = end;
			continue;
		}
		const field = nodes.length === 0 ? null : fieldAt(nodes);
		if (field !== null) {
			const end = valueEnd(text, at);
			const value: unknown = JSON.parse(text.slice(at, end));
			if (value !== null) {
				findings.fields.add(field);
				findings.valuesIn(value);
				replace(at, end, MASKED);
			}
			at = end;
		} else if (character === "{" || character === "[") {
			const indexed = character === "[" && nodes.some(namesElements);
			levels.push({ nodes, index: character === "[" ? 0 : null, indexed, name: character === "{" });
			if (indexed) nodes = inList(nodes, 0);
			at++;
		} else {
			const end = character === '"' ? stringEnd(text, at) : scalarEnd(text, at);
			const plain = character === '"' ? stringOf(text, at, end) : plainOf(text.slice(at, end));
			const within = plain !== null && character === '"' ? maskJsonText(plain, nodes, findings) : plain;
			const masked = within === null ? null : mask(within);
			if (masked !== null && masked !== plain) replace(at, end, JSON.stringify(masked));
			at = end;
		}
	}
	return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

/** A text with the fields below these places masked, where it is JSON itself, as a payload in a form or in other JSON is. */
export function maskJsonText(text: string, nodes: readonly Node[], findings: Findings): string {
	if (nodes.length === 0 || !/^\s*[[{]/.test(text) || !isValidJson(text)) return text;
	return maskJson(text, nodes, findings, (plain) => plain);
}

/** Whether it is JSON, and no more of it than an execution would read: whoever sent it may be anybody. */
export function isValidJson(text: string): boolean {
	if (excessOf(text) !== null) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The string that is written from `at` to `end`. */
function stringOf(text: string, at: number, end: number): string {
	const inside = text.slice(at + 1, end - 1);
	return inside.includes("\\") ? (JSON.parse(text.slice(at, end)) as string) : inside;
}

/** A number as text: 4.111111111111111e15 is one with its digits. Null for a word, which has no digits or letters of its own. */
function plainOf(written: string): string | null {
	const first = written.charCodeAt(0);
	if (first > 0x39) return null;
	if (!/[.eE]/.test(written)) return written;
	const value = Number(written);
	return Number.isInteger(value) ? String(value) : written;
}

const elements = new WeakMap<Node, boolean>();

/** Whether a masked field names one element of a list at this place. */
function namesElements(node: Node): boolean {
	let named = elements.get(node);
	if (named === undefined) {
		named = [...node.children.keys()].some((name) => /^\d+$/.test(name));
		elements.set(node, named);
	}
	return named;
}

/** A list is passed through; a number in a path names one element. */
function inList(nodes: readonly Node[], index: number): readonly Node[] {
	return inside(nodes, String(index));
}

/** Behind the string that begins at `at`. */
function stringEnd(text: string, at: number): number {
	for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
		let escapes = 0;
		while (text.charAt(end - 1 - escapes) === "\\") escapes++;
		if (escapes % 2 === 0) return end + 1;
	}
	return text.length;
}

function scalarEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && !" \t\n\r,]}".includes(text.charAt(end))) end++;
	return end;
}

/** Behind the value that begins at `at`, whatever it holds. */
function valueEnd(text: string, at: number): number {
	let depth = 0;
	for (let end = at; end < text.length; ) {
		const character = text.charAt(end);
		if (character === '"') end = stringEnd(text, end);
		else if (character === "{" || character === "[") {
			depth++;
			end++;
		} else if (character === "}" || character === "]") {
			depth--;
			end++;
		} else if (depth === 0) return scalarEnd(text, end);
		else end++;
		if (depth === 0) return end;
	}
	return text.length;
}
