import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describeError } from "../errors";
import type { ErrorRecord } from "../events/protocol";
import { findJsonMistake } from "./json-mistake";
import { readMultipart } from "./multipart";
import { gather } from "./pairs";
import { put } from "./plain";
import { decodeUtf8, readableOrBase64 } from "./readable";

/**
 * Bytes into a value, by their declared content type and nothing else: what a sender calls text is never read as JSON.
 * A body of a type that we do not read is text where it is UTF-8, else base64.
 */
export type ParsedBody = { ok: true; value: unknown } | { ok: false; error: ErrorRecord };

const DEPTH_MAX = 64;
const KEYS_MAX = 500_000;

export function parseBody(bytes: Uint8Array, contentType: string): ParsedBody {
	if (bytes.length === 0) return { ok: true, value: null };
	const type = mediaType(contentType);
	if (type === "application/json" || type.endsWith("+json")) return json(bytes);
	if (type === "application/x-www-form-urlencoded") return text(bytes, contentType, (form) => gather(new URLSearchParams(form)));
	if (type === "multipart/form-data") return multipart(bytes, contentType);
	if (type === "application/xml" || type === "text/xml" || type.endsWith("+xml")) return xml(bytes, contentType);
	if (type.startsWith("text/")) return text(bytes, contentType, (whole) => whole);
	return { ok: true, value: readableOrBase64(bytes) };
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function mediaType(contentType: string): string {
	return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

function json(bytes: Uint8Array): ParsedBody {
	let source: string;
	try {
		source = decodeUtf8(bytes);
	} catch {
		return invalid("JSON", "it is not UTF-8 text");
	}
	const excess = excessOf(source);
	if (excess !== null) return invalid("JSON", excess);
	try {
		return { ok: true, value: JSON.parse(source) };
	} catch (error) {
		return invalid("JSON", findJsonMistake(source) ?? describeError(error, 200));
	}
}

/** What makes the JSON too much to parse: depth or number of members, counted before anything is built. */
function excessOf(source: string): string | null {
	let depth = 0;
	let keys = 0;
	for (let at = 0; at < source.length; at++) {
		switch (source.charCodeAt(at)) {
			case 0x22: // a string: on to its closing quote
				for (at++; at < source.length && source.charCodeAt(at) !== 0x22; at++) if (source.charCodeAt(at) === 0x5c) at++;
				break;
			case 0x7b:
			case 0x5b:
				if (++depth > DEPTH_MAX) return `it nests deeper than ${DEPTH_MAX} levels`;
				break;
			case 0x7d:
			case 0x5d:
				depth--;
				break;
			case 0x3a:
				if (++keys > KEYS_MAX) return `it has more than ${KEYS_MAX} members`;
		}
	}
	return null;
}

function text(bytes: Uint8Array, contentType: string, read: (text: string) => unknown): ParsedBody {
	const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? "utf-8";
	try {
		return { ok: true, value: read(new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes)) };
	} catch {
		return { ok: true, value: readableOrBase64(bytes) };
	}
}

function multipart(bytes: Uint8Array, contentType: string): ParsedBody {
	const fields = readMultipart(bytes, contentType);
	return fields === null
		? invalid("multipart/form-data", "its boundary is missing or does not occur")
		: { ok: true, value: gather(fields) };
}

/** Text stays text (`007` is no number); attributes are members that begin with `@`. */
const xmlParser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: "@",
	parseTagValue: false,
	maxNestedTags: DEPTH_MAX,
	ignoreDeclaration: true,
	// The parser fails for these names and renames others; both are plain members here, as in JSON.
	transformTagName: (name) => (RESERVED_NAME.test(name) ? `%${name}` : name),
	onDangerousProperty: (name) => name,
});

/** Names that the parser refuses; a name cannot begin with `%` in XML, so that marking them makes no others. */
const RESERVED_NAME = /^(__proto__|constructor|prototype)$/;
const HAS_RESERVED_NAME = /<(__proto__|constructor|prototype)[\s/>]/;

function unmarked(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(unmarked);
	const result: Record<string, unknown> = {};
	for (const [name, member] of Object.entries(value)) put(result, name.startsWith("%") ? name.slice(1) : name, unmarked(member));
	return result;
}

function xml(bytes: Uint8Array, contentType: string): ParsedBody {
	const decoded = text(bytes, contentType, (whole) => whole);
	const source = decoded.ok ? String(decoded.value) : "";
	if (/<!(DOCTYPE|ENTITY)/i.test(source)) return invalid("XML", "a document type with entities of its own is not read");
	const verdict = XMLValidator.validate(source);
	if (verdict !== true)
		return invalid("XML", `${describeError(verdict.err.msg, 200)} at line ${verdict.err.line}, column ${verdict.err.col}`);
	try {
		const value: unknown = xmlParser.parse(source);
		return { ok: true, value: HAS_RESERVED_NAME.test(source) ? unmarked(value) : value };
	} catch (error) {
		return invalid("XML", describeError(error, 200));
	}
}

function invalid(format: string, reason: string): ParsedBody {
	return { ok: false, error: { code: "body_invalid", message: `The body is not valid ${format}: ${reason}.`, field: "event.body" } };
}
