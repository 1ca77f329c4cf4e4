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

/**
 * The fields of `multipart/form-data` (RFC 7578) in their order: text, or a FormFile where the part names a file. Null
 * where the boundary is missing.
 */
export function readMultipart(bytes: Uint8Array, contentType: string): [name: string, value: string | FormFile][] | null {
	const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
	const name = boundary?.[1] ?? boundary?.[2];
	if (name === undefined) return null;
	// One character a byte, so that offsets in the text are offsets in the bytes.
	const text = new TextDecoder("latin1").decode(bytes);
	const delimiter = `--${name}`;
	let at = text.startsWith(delimiter) ? 0 : text.indexOf(`\r\n${delimiter}`) + 2;
	if (at === 1) return null;
	const fields: [string, string | FormFile][] = [];
	while (fields.length < PARTS_MAX && !text.startsWith("--", at + delimiter.length)) {
		const from = text.indexOf("\r\n", at + delimiter.length) + 2;
		const bodyFrom = text.startsWith("\r\n", from) ? from + 2 : text.indexOf("\r\n\r\n", from) + 4;
		const end = text.indexOf(`\r\n${delimiter}`, bodyFrom - 2);
		if (from === 1 || bodyFrom === 3 || end === -1) break;
		const field = readPart(utf8(bytes, from, bodyFrom), bytes.subarray(bodyFrom, Math.max(bodyFrom, end)));
		if (field !== null) fields.push(field);
		at = end + 2;
	}
	return fields;
}

function readPart(head: string, content: Uint8Array): [string, string | FormFile] | null {
	const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
	const name = parameter(disposition, "name");
	if (name === null) return null;
	const filename = parameter(disposition, "filename");
	if (filename === null) return [name, readableOrBase64(content)];
	const contentType = /^content-type:\s*(.*?)\s*$/im.exec(head)?.[1] ?? "application/octet-stream";
	const text = textOrNull(content);
	const file = { filename, contentType, size: content.length };
	return [name, text === null ? { ...file, encoding: "base64", content: base64(content) } : { ...file, encoding: "utf-8", content: text }];
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
