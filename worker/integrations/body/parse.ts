import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describeError } from "../../errors";
import { declaresCharset, decodeJson, decodeText, isJson, isJsonLines, mediaType } from "../charset";
import { isObject } from "../merge";
import { formFields } from "./form";
import { excessOf, jsonText, NESTING_MAX } from "./json";
import { findJsonMistake } from "./json-mistake";
import { readMultipart } from "./multipart";
import { gather, put } from "./pairs";
import { invalid, type ParsedBody } from "./parsed";
import { fromBase64, readableOrBase64 } from "./readable";
import { endOf, mistakeIn, xmlMistake } from "./xml-mistake";

const LINES_MAX = 100_000;

/**
 * Bytes into a value, by their declared content type and nothing else: what a sender calls text is never read as JSON.
 * A body of a type that we do not read is text where it is UTF-8, else base64. Never throws.
 */
export function parseBody(bytes: Uint8Array, contentType: string): ParsedBody {
	if (bytes.length === 0) return { ok: true, value: null };
	try {
		return parseAs(bytes, contentType);
	} catch (error) {
		return invalid(mediaType(contentType), describeError(error, 200));
	}
}

function parseAs(bytes: Uint8Array, contentType: string): ParsedBody {
	const type = mediaType(contentType);
	if (isJson(type)) return json(bytes, contentType);
	if (isJsonLines(type)) return jsonLines(bytes, contentType);
	if (type === "application/jwt" || type.endsWith("+jwt")) return jwt(bytes);
	if (type === "application/x-www-form-urlencoded") return form(bytes, contentType);
	if (type === "multipart/form-data") return multipart(bytes, contentType);
	if (type === "application/xml" || type === "text/xml" || type.endsWith("+xml")) return xml(bytes, contentType);
	if (type.startsWith("text/")) return text(bytes, contentType, (whole) => whole);
	return { ok: true, value: readableOrBase64(bytes) };
}

function json(bytes: Uint8Array, contentType: string): ParsedBody {
	let source: string;
	try {
		source = decodeJson(bytes, contentType);
	} catch {
		return invalid("JSON", "it is not UTF-8 text");
	}
	return jsonText(source);
}

/** One value a line, as an array; empty lines are passed over. */
function jsonLines(bytes: Uint8Array, contentType: string): ParsedBody {
	let source: string;
	try {
		source = decodeJson(bytes, contentType);
	} catch {
		return invalid("NDJSON", "it is not UTF-8 text");
	}
	const values: unknown[] = [];
	for (const [index, line] of source.split("\n").entries()) {
		if (line.trim() === "") continue;
		const excess = values.length === LINES_MAX ? `it has more than ${LINES_MAX} lines` : excessOf(line);
		if (excess !== null) return invalid("NDJSON", excess);
		try {
			values.push(JSON.parse(line));
		} catch (error) {
			const mistake = (findJsonMistake(line) ?? describeError(error, 200)).replace(/ at line 1,/, " at");
			return invalid("NDJSON", `in line ${index + 1}, ${mistake}`);
		}
	}
	return { ok: true, value: values };
}

/** The header and the claims of a signed token. Nobody has verified it here: that is the sender's scheme's to do. */
function jwt(bytes: Uint8Array): ParsedBody {
	const [head, claims] = /^([\w-]+)\.([\w-]+)\.[\w-]*$/.exec(readableOrBase64(bytes).trim())?.slice(1).map(jwtPart) ?? [];
	if (!head || !claims) return invalid("JWT", "it is not a header and claims in JSON with a signature behind them");
	return { ok: true, value: { header: head, claims } };
}

function jwtPart(part: string): object | null {
	try {
		const decoded = json(fromBase64(part), "");
		return decoded.ok && isObject(decoded.value) ? decoded.value : null;
	} catch {
		return null;
	}
}

function text(bytes: Uint8Array, contentType: string, read: (text: string) => unknown): ParsedBody {
	try {
		return { ok: true, value: read(decodeText(bytes, contentType)) };
	} catch {
		return { ok: true, value: readableOrBase64(bytes) };
	}
}

function form(bytes: Uint8Array, contentType: string): ParsedBody {
	try {
		return { ok: true, value: gather(formFields(bytes, contentType)) };
	} catch {
		return { ok: true, value: readableOrBase64(bytes) };
	}
}

function multipart(bytes: Uint8Array, contentType: string): ParsedBody {
	const read = readMultipart(bytes, contentType);
	return read.ok ? { ok: true, value: gather(read.fields) } : invalid("multipart/form-data", read.reason);
}

/** Text stays text (`007` is no number); attributes are members that begin with `@`. */
const xmlParser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: "@",
	parseTagValue: false,
	// Its name for `&#252;` and `&#xFC;` too, which are XML's own.
	htmlEntities: true,
	maxNestedTags: NESTING_MAX,
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
	const decoded = text(bytes, declaresCharset(contentType) ? contentType : `${contentType};${declaredInXml(bytes)}`, (whole) => whole);
	const source = decoded.ok ? String(decoded.value) : "";
	if (/<!(DOCTYPE|ENTITY)/i.test(source)) return invalid("XML", "a document type with entities of its own is not read");
	const verdict = XMLValidator.validate(source);
	if (verdict !== true) return invalid("XML", xmlMistake(source, verdict.err));
	// The validator lets it pass behind an element without an end tag, and the parser leaves it out.
	if (!source.trimEnd().endsWith(">")) return invalid("XML", `text stands behind the outermost element${endOf(source)}`);
	try {
		const value: unknown = xmlParser.parse(source);
		return { ok: true, value: HAS_RESERVED_NAME.test(source) ? unmarked(value) : value };
	} catch (error) {
		return invalid("XML", mistakeIn(describeError(error, 200)));
	}
}

/** The charset that the text declares itself, as a content type would: `charset=iso-8859-1`; empty where it does not. */
function declaredInXml(bytes: Uint8Array): string {
	const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
	const encoding = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
	// What reads as one byte a letter is not UTF-16, whatever was declared before the text was encoded anew.
	return encoding === undefined || /^utf-?16/i.test(encoding) ? "" : `charset=${encoding}`;
}
