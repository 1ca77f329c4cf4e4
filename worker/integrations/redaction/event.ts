import { decodeJson, decodeText, isJson, isJsonLines, mediaType } from "../charset";
import { Findings, MASK } from "./findings";
import { maskJson } from "./json";
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
		.map((part) => maskEncoded(part, null, rules, findings))
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

/** Null where fields are named and there is no way to find them. */
function maskReadable(text: string, type: string, rules: Rules, findings: Findings): string | null {
	if (type === "application/x-www-form-urlencoded") {
		const field = rules.body.field;
		if (field === null) return maskPairs(text, rules.body, rules, findings);
		findings.fields.add(field);
		return null;
	}
	// Field by field also where the sender calls it text.
	if (isJson(type) || isJsonLines(type) || /^\s*[[{]/.test(text)) {
		const mask = (plain: string): string => findings.maskText(plain, rules.patterns);
		if (isValidJson(text)) return maskJson(text, rules.body, findings, mask);
		const lines = text.split("\n");
		if (lines.every((line) => line.trim() === "" || isValidJson(line)))
			return lines.map((line) => (line.trim() === "" ? line : maskJson(line, rules.body, findings, mask))).join("\n");
	}
	if (namesBody(rules)) return null;
	const plain = plainCharacters(text);
	const masked = findings.maskText(plain, rules.patterns);
	return masked === plain ? text : masked;
}

export function isValidJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

const ESCAPED = /\\u00([2-7][0-9a-f])|&#(\d{2,3});|&#x([2-7][0-9a-f]);/gi;

/** Text in which no character of a value hides behind an escape. */
export function plainCharacters(text: string): string {
	return text.replaceAll(ESCAPED, (whole, json?: string, decimal?: string, hex?: string) => {
		const character = String.fromCharCode(decimal === undefined ? Number.parseInt(json ?? hex ?? "", 16) : Number(decimal));
		return /[A-Za-z0-9@+._ -]/.test(character) ? character : whole;
	});
}

/** Pairs of a query or a form. `card[number]` is a member of `card`, as it is to many systems. */
function maskPairs(text: string, root: Node, rules: Rules, findings: Findings): string {
	return text
		.split("&")
		.map((pair) => {
			const equals = pair.indexOf("=");
			const name = equals === -1 ? pair : pair.slice(0, equals);
			const shown = maskEncoded(name, null, rules, findings);
			if (equals === -1) return shown;
			return `${shown}=${maskEncoded(pair.slice(equals + 1), fieldNamed(decodeLoosely(name), root), rules, findings)}`;
		})
		.join("&");
}

function fieldNamed(name: string, root: Node): string | null {
	const direct = fieldAt(below([root], name));
	if (direct !== null) return direct;
	let nodes: readonly Node[] = [root];
	for (const part of name.split(/[[\].]+/)) {
		if (part === "") continue;
		// A number is a place in a list, which is passed through.
		nodes = /^\d+$/.test(part) ? inside(nodes, part) : below(nodes, part);
		const field = fieldAt(nodes);
		if (field !== null) return field;
	}
	return null;
}

/** A percent-encoded text, whole where it is a field's. */
function maskEncoded(text: string, field: string | null, rules: Rules, findings: Findings): string {
	const plain = decodeLoosely(text);
	if (field !== null) {
		findings.fields.add(field);
		findings.value(plain);
		return encodeURIComponent(MASK);
	}
	const masked = findings.maskText(plain, rules.patterns);
	return masked === plain ? text : encodeURIComponent(masked.toWellFormed());
}

/** Decodes what can be decoded; what is not encoded well stays. */
function decodeLoosely(text: string): string {
	return text.replaceAll("+", " ").replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return encoded;
		}
	});
}
