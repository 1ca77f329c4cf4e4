import { decodeJson, decodeText, isJson, isJsonLines, mediaType } from "../charset";
import { Findings, MASK } from "./findings";
import { isValidJson, maskJson, maskJsonText } from "./json";
import { below, fieldAt, inside, type Node, namesBody, type Redaction, type Rules, rulesOf } from "./rules";

/** What of an event a redaction looks at. */
export interface Maskable {
	path: string;
	query: string;
	headers: [name: string, value: string][];
	body: ArrayBuffer;
}

/**
 * An event as it is kept: fields and kinds of values masked in its address, headers and body. Where fields of the body
 * are named and the body cannot be read, nothing of it is kept; nor of one that is no text.
 */
export function maskEvent<E extends Maskable>(event: E, redaction: Redaction): { masked: E; findings: Findings } {
	const rules = rulesOf(redaction);
	const findings = new Findings();
	const contentType = event.headers.find(([name]) => name === "content-type")?.[1] ?? "";
	const body = maskBody(event.body, contentType, rules, findings);
	const headers = event.headers.map(([name, value]): [string, string] => {
		const field = rules.headers.get(name.toLowerCase());
		if (field !== undefined) {
			findings.fields.add(field);
			findings.value(value);
			return [name, MASK];
		}
		// What was masked is written anew, in UTF-8.
		if (name === "content-type" && body !== event.body) return [name, value.replace(CHARSET, "; charset=utf-8")];
		return [name, findings.maskText(value, rules.patterns)];
	});
	const query = event.query.startsWith("?") ? `?${maskPairs(event.query.slice(1), rules.query, rules, findings)}` : event.query;
	const path = event.path
		.split("/")
		.map((part) => maskEncoded(part, [], rules, findings))
		.join("/");
	return { masked: { ...event, path, query, headers, body }, findings };
}

const CHARSET = /;\s*charset\s*=[^;]*/i;

function maskBody(body: ArrayBuffer, contentType: string, rules: Rules, findings: Findings): ArrayBuffer {
	if (body.byteLength === 0) return body;
	const type = mediaType(contentType);
	const bytes = new Uint8Array(body);
	let text: string;
	try {
		text = isJson(type) || isJsonLines(type) ? decodeJson(bytes, contentType) : decodeText(bytes, contentType);
	} catch {
		return drop(findings);
	}
	if (text.includes("\0")) return drop(findings);
	const masked = maskReadable(text, type, rules, findings);
	if (masked === null) return drop(findings);
	return masked === text ? body : (new TextEncoder().encode(masked).buffer as ArrayBuffer);
}

function drop(findings: Findings): ArrayBuffer {
	findings.bodyDropped = true;
	return new ArrayBuffer(0);
}

const FORM = "application/x-www-form-urlencoded";

/**
 * Null where fields are named and there is no way to find them. JSON is JSON whatever the sender calls it (curl calls
 * everything a form), and what it is called counts as well.
 */
function maskReadable(text: string, type: string, rules: Rules, findings: Findings): string | null {
	const json = isJson(type) || isJsonLines(type) || /^\s*[[{]/.test(text) ? maskAsJson(text, rules, findings) : null;
	if (type === FORM) {
		const field = rules.body.field;
		if (field !== null) {
			findings.fields.add(field);
			return null;
		}
		return json === null && namesBody(rules) && BROKEN_JSON.test(text) ? null : maskPairs(json ?? text, rules.body, rules, findings);
	}
	if (json !== null) return json;
	if (namesBody(rules)) return null;
	const plain = plainCharacters(text);
	const masked = findings.maskText(plain, rules.patterns);
	return masked === plain ? text : masked;
}

/** As no form begins, and all JSON objects and lists of them do. */
const BROKEN_JSON = /^\s*(?:\[\s*)*\{\s*"/;

/** What has more is not read by an execution either. */
const LINES_MAX = 100_000;

/** One JSON value, or one a line; null where it is neither. */
function maskAsJson(text: string, rules: Rules, findings: Findings): string | null {
	const mask = (plain: string): string => findings.maskText(plain, rules.patterns);
	if (isValidJson(text)) return maskJson(text, [rules.body], findings, mask);
	const lines = text.split("\n", LINES_MAX + 1);
	if (lines.length > LINES_MAX) return null;
	if (!lines.every((line) => line.trim() === "" || isValidJson(line))) return null;
	return lines.map((line) => (line.trim() === "" ? line : maskJson(line, [rules.body], findings, mask))).join("\n");
}

const ESCAPED = /\\u00([2-7][0-9a-f])|&#0{0,9}(\d{2,3});|&#x0{0,9}([2-7][0-9a-f]);|<!\[CDATA\[([^<&\]]{0,200})\]\]>/gi;

/** Text in which no character of a value hides behind an escape. */
export function plainCharacters(text: string): string {
	return text.replaceAll(ESCAPED, (whole, json?: string, decimal?: string, hex?: string, section?: string) => {
		if (section !== undefined) return section;
		const character = String.fromCharCode(decimal === undefined ? Number.parseInt(json ?? hex ?? "", 16) : Number(decimal));
		return /[A-Za-z0-9@+._ -]/.test(character) ? character : whole;
	});
}

/** Pairs of a query or a form. `card[number]` is a member of `card`, as it is to many systems, and so is one of JSON in `card`. */
function maskPairs(text: string, root: Node, rules: Rules, findings: Findings): string {
	const named = root.field !== null || root.children.size > 0;
	const parts: string[] = [];
	let done = 0;
	for (let from = 0, to = 0; from <= text.length; from = to + 1) {
		to = endOf(text, "&", from);
		const equals = Math.min(to, endOf(text, "=", from, to));
		const name = text.slice(from, equals);
		const value = text.slice(equals + 1, to);
		const shownName = maskEncoded(name, NOWHERE, rules, findings);
		const nodes = named && equals < to ? nodesAt(decodeLoosely(name), root) : NOWHERE;
		const shown = equals === to ? value : maskEncoded(value, nodes, rules, findings);
		if (shownName === name && shown === value) continue;
		parts.push(text.slice(done, from), shownName, equals === to ? "" : `=${shown}`);
		done = to;
	}
	return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

const NOWHERE: readonly Node[] = [];

/** Where the mark stands next, or the end of the text; not looked for behind `most`. */
function endOf(text: string, mark: string, from: number, most = text.length): number {
	let at = from;
	while (at < most && text.charAt(at) !== mark) at++;
	return at;
}

/** The places that a name leads to: those of the whole name, else those of the names in it; the first at which a field ends. */
function nodesAt(name: string, root: Node): readonly Node[] {
	const direct = below([root], name);
	if (fieldAt(direct) !== null || !/[[\].]|^\d+$/.test(name)) return direct;
	let nodes: readonly Node[] = [root];
	for (const part of name.split(/[[\].]+/)) {
		if (part === "") continue;
		// A number is a place in a list, which is passed through.
		nodes = /^\d+$/.test(part) ? inside(nodes, part) : below(nodes, part);
		if (nodes.length === 0 || fieldAt(nodes) !== null) break;
	}
	return nodes;
}

/** A percent-encoded text: whole where it is a field's, and the fields in it where it is JSON. */
function maskEncoded(text: string, nodes: readonly Node[], rules: Rules, findings: Findings): string {
	if (text === "" && nodes.length === 0) return text;
	const plain = decodeLoosely(text);
	const field = fieldAt(nodes);
	if (field !== null) {
		findings.fields.add(field);
		findings.value(plain);
		return encodeURIComponent(MASK);
	}
	const masked = findings.maskText(maskJsonText(plain, nodes, findings), rules.patterns);
	return masked === plain ? text : encodeURIComponent(masked.toWellFormed());
}

/** Decodes what can be decoded as UTF-8, and ASCII beside what cannot. */
export function decodeLoosely(text: string): string {
	if (!/[+%]/.test(text)) return text;
	return text.replaceAll("+", " ").replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			// Of another charset: what is ASCII in it is the same in all of them.
			return encoded.replaceAll(/%[2-7][0-9a-f]/gi, decodeURIComponent);
		}
	});
}
