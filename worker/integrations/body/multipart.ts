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

const PARTS_MAX = 1_000;
/** Bytes of what stands before a part's content: longer ones would be read again and again, and no sender writes them. */
const PART_HEAD_MAX_BYTES = 8 * 1024;
/** RFC 2046 has 70; some write more. */
const BOUNDARY_MAX = 256;

type Fields = [name: string, value: string | FormFile][];

/**
 * The fields of `multipart/form-data` (RFC 7578) in their order: text, or a FormFile where the part names a file.
 * @returns what keeps the body from being read, in words, where it cannot be
 */
export function readMultipart(bytes: Uint8Array, contentType: string): { ok: true; fields: Fields } | { ok: false; reason: string } {
	const named = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
	const boundary = named?.[1] ?? named?.[2] ?? "";
	if (boundary === "" || boundary.length > BOUNDARY_MAX) return NO_BOUNDARY;
	// One character a byte, so that offsets in the text are offsets in the bytes.
	const text = new TextDecoder("latin1").decode(bytes);
	const delimiter = `--${boundary}`;
	let at = text.startsWith(delimiter) ? 0 : text.indexOf(`\r\n${delimiter}`) + 2;
	if (at === 1) return NO_BOUNDARY;
	const fields: Fields = [];
	for (let parts = 0; parts < PARTS_MAX && !text.startsWith("--", at + delimiter.length); parts++) {
		const from = text.indexOf("\r\n", at + delimiter.length) + 2;
		const bodyFrom = text.startsWith("\r\n", from) ? from + 2 : text.indexOf("\r\n\r\n", from) + 4;
		const end = text.indexOf(`\r\n${delimiter}`, bodyFrom - 2);
		if (from === 1 || bodyFrom === 3 || end === -1) break;
		if (bodyFrom - from > PART_HEAD_MAX_BYTES)
			return { ok: false, reason: `what stands before the content of part ${parts + 1} is longer than 8 KB` };
		const field = readPart(utf8(bytes, from, bodyFrom), bytes.subarray(bodyFrom, Math.max(bodyFrom, end)));
		if (field !== null) fields.push(field);
		at = end + 2;
	}
	return { ok: true, fields };
}

const NO_BOUNDARY = { ok: false, reason: "its boundary is missing or does not occur" } as const;

function readPart(head: string, content: Uint8Array): Fields[number] | null {
	const disposition = headerIn(head, "content-disposition") ?? "";
	const name = parameter(disposition, "name");
	if (name === null) return null;
	const filename = parameter(disposition, "filename");
	if (filename === null) return [name, readableOrBase64(content)];
	const contentType = headerIn(head, "content-type") ?? "application/octet-stream";
	const text = textOrNull(content);
	const file = { filename, contentType, size: content.length };
	return [name, text === null ? { ...file, encoding: "base64", content: base64(content) } : { ...file, encoding: "utf-8", content: text }];
}

/** The value of the first header of this name, in lower case; null where there is none. By hand: a pattern would go back and forth. */
function headerIn(head: string, name: string): string | null {
	for (const line of head.split("\n")) {
		const colon = line.indexOf(":");
		if (colon === name.length && line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
	}
	return null;
}

function parameter(disposition: string, name: string): string | null {
	const match =
		new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition) ??
		new RegExp(`[;\\s]${name}=([^\\s;"]+)`, "i").exec(disposition);
	return match?.[1]?.replace(/\\(["\\])/g, "$1").replace(/%22/g, '"') ?? null;
}

function utf8(bytes: Uint8Array, from: number, to: number): string {
	return new TextDecoder().decode(bytes.subarray(from, to));
}
