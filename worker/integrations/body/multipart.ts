import { base64, readableOrBase64, textOrNull } from "./readable";

/** A file of a form. */
export interface FormFile {
	filename: string;
	contentType: string;
	/** Bytes. */
	size: number;
	/** What `content` is: the text itself, or the bytes in base64 where they are not UTF-8. */
	encoding: "utf-8" | "base64";
	content: string;
}

/** More than the 1,000 that servers take: each costs 4 µs of processor time. */
const PARTS_MAX = 5_000;
/** Bytes of what stands before a part's content: longer ones would be read again and again, and no sender writes them. */
const PART_HEAD_MAX_BYTES = 8 * 1024;
/** RFC 2046 has 70; some write more. */
const BOUNDARY_MAX = 256;

type Fields = [name: string, value: string | FormFile][];

/**
 * The fields of `multipart/form-data` (RFC 7578) in their order: text, or a FormFile where the part names a file.
 * A form of which anything would be left unread is none.
 * @returns what keeps the body from being read, in words, where it cannot be
 */
export function readMultipart(bytes: Uint8Array, contentType: string): { ok: true; fields: Fields } | { ok: false; reason: string } {
	const named = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
	const boundary = named?.[1] ?? named?.[2] ?? "";
	if (boundary === "" || boundary.length > BOUNDARY_MAX) return NO_BOUNDARY;
	// One character a byte, so that offsets in the text are offsets in the bytes.
	const text = new TextDecoder("latin1").decode(bytes);
	const mark = `--${boundary}`;
	let delimiter = delimiterAt(text, mark, 0) ?? nextDelimiter(text, mark, "\n", 0);
	if (delimiter === null) return NO_BOUNDARY;
	// The first delimiter shows how the form ends its lines, as to Go: where it is CRLF, what LF alone ends is content.
	const lineEnd = text.startsWith("\r\n", delimiter.lineEnd) ? "\r\n" : "\n";
	const fields: Fields = [];
	for (let part = 1; !delimiter.closes; part++) {
		if (part > PARTS_MAX) return { ok: false, reason: `it has more than ${PARTS_MAX} parts` };
		const from: number = delimiter.to;
		delimiter = nextDelimiter(text, mark, lineEnd, from - lineEnd.length);
		if (delimiter === null) return { ok: false, reason: `it ends in part ${part}, without its closing boundary` };
		const { at: end, from: next } = delimiter;
		const head = text.slice(from, Math.min(next, from + PART_HEAD_MAX_BYTES));
		if (head === "") continue; // one delimiter right behind another
		const blank = EMPTY_LINE.exec(head);
		if (blank === null && next - from > PART_HEAD_MAX_BYTES)
			return { ok: false, reason: `what stands before the content of part ${part} is longer than 8 KB` };
		if (blank === null) return { ok: false, reason: `part ${part} has no empty line before its content` };
		const contentFrom = from + blank.index + blank[0].length;
		const content = bytes.subarray(contentFrom, Math.max(contentFrom, end));
		fields.push(readPart(utf8(bytes, from, contentFrom), content));
	}
	for (let rest = nextDelimiter(text, mark, "\n", delimiter.lineEnd); rest !== null; rest = nextDelimiter(text, mark, "\n", rest.lineEnd))
		if (!rest.closes) return { ok: false, reason: "it has parts behind its closing boundary" };
	return { ok: true, fields };
}

const NO_BOUNDARY = { ok: false, reason: "its boundary is missing or does not occur" } as const;

const EMPTY_LINE = /^\r?\n|\n\r?\n/;

/** A line that is nothing but the boundary. */
interface Delimiter {
	/** Where the line end before it begins, which belongs to it and not to the content; and where its own line begins. */
	at: number;
	from: number;
	/** Where its line end begins, and what follows that. */
	lineEnd: number;
	to: number;
	closes: boolean;
}

/** The first delimiter that stands behind this line end. */
function nextDelimiter(text: string, mark: string, lineEnd: string, from: number): Delimiter | null {
	const sought = lineEnd + mark;
	for (let at = text.indexOf(sought, from); at !== -1; at = text.indexOf(sought, at + sought.length)) {
		const found = delimiterAt(text, mark, at + lineEnd.length);
		if (found !== null) return { ...found, at };
	}
	return null;
}

/** The delimiter whose line begins here: a line that goes on is content, whatever it begins with (RFC 2046, 5.1.1). */
function delimiterAt(text: string, mark: string, from: number): Delimiter | null {
	if (!text.startsWith(mark, from)) return null;
	let lineEnd = from + mark.length;
	const closes = text.startsWith("--", lineEnd);
	if (closes) lineEnd += 2;
	while (isBlank(text.charCodeAt(lineEnd))) lineEnd++;
	const to = lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : text.startsWith("\n", lineEnd) ? 1 : 0);
	return to > lineEnd || lineEnd === text.length ? { at: from, from, lineEnd, to, closes } : null;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** A part without a name, which RFC 7578 does not allow, is kept under the empty one. */
function readPart(head: string, content: Uint8Array): Fields[number] {
	const lines = head.replace(FOLDED, " ");
	const parameters = parametersIn(headerIn(lines, "content-disposition") ?? "");
	const name = parameters.get("name") ?? extended(parameters.get("name*")) ?? "";
	const filename = parameters.get("filename") ?? extended(parameters.get("filename*"));
	if (filename === undefined) return [name, readableOrBase64(content)];
	const contentType = headerIn(lines, "content-type") ?? "application/octet-stream";
	const text = textOrNull(content);
	const file = { filename, contentType, size: content.length };
	return [name, text === null ? { ...file, encoding: "base64", content: base64(content) } : { ...file, encoding: "utf-8", content: text }];
}

/** A line end within a header, which goes on in the next line. */
const FOLDED = /\r?\n[ \t]/g;

/** The value of the first header of this name, in lower case; null where there is none. By hand: a pattern would go back and forth. */
function headerIn(head: string, name: string): string | null {
	for (const line of head.split("\n")) {
		const colon = line.indexOf(":");
		if (colon === name.length && line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
	}
	return null;
}

/** `name=a` or `name="a"`; a quote that never closes reaches to the end. */
const PARAMETER = /[;\s]([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s;]*))/g;

/** By their names in lower case; of a repeated one the first counts. */
function parametersIn(disposition: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const [, name = "", quoted, bare = ""] of disposition.matchAll(PARAMETER)) {
		const key = name.toLowerCase();
		if (!found.has(key)) found.set(key, quoted?.replace(/\\(["\\])/g, "$1").replaceAll("%22", '"') ?? bare);
	}
	return found;
}

/** As RFC 5987 writes letters beyond ASCII, and older clients do in forms too: `UTF-8''%C3%BC`. */
function extended(value: string | undefined): string | undefined {
	const encoded = value?.replace(/^[^']*'[^']*'/, "");
	try {
		return encoded && decodeURIComponent(encoded);
	} catch {
		return encoded; // of another charset
	}
}

function utf8(bytes: Uint8Array, from: number, to: number): string {
	return new TextDecoder().decode(bytes.subarray(from, to));
}
