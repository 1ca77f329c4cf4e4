/** Bytes of a body into text, for expressions, ordering keys and batches alike. */

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The media type that a content type declares, without parameters and in lower case; of a doubled header the first. */
export function mediaType(contentType: string): string {
	return (/^[^;,]*/.exec(contentType)?.[0] ?? "").trim().toLowerCase();
}

/** Whether a body of this media type is JSON. */
export const isJson = (type: string): boolean => type === "application/json" || type.endsWith("+json");

/** Whether a body of this media type is one JSON value a line. */
export const isJsonLines = (type: string): boolean => JSON_LINES.test(type);
const JSON_LINES = /^application\/(?:(?:x-)?ndjson|(?:x-)?jsonl|(?:x-)?jsonlines|x-json-stream)$/;

/**
 * The text of a body: by its byte order mark, else by the charset of its type, else as UTF-8.
 * @throws where the bytes are not of that charset, or it is one that nobody knows
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
	return readText(bytes, contentType, (charset) => decoder(charset).decode(bytes));
}

/**
 * The text of JSON, which is UTF-8 whatever its type says (RFC 8259). UTF-16 shows in its first bytes; a declared charset
 * counts for bytes alone that are not UTF-8.
 * @throws where the bytes are of no charset that it could be
 */
export function decodeJson(bytes: Uint8Array, contentType: string): string {
	return readJson(bytes, contentType, (charset) => decoder(charset).decode(bytes));
}

/**
 * The text of a body's beginning, as the whole would be read: JSON by its own rule, all else as its type says.
 * @param bytes cut anywhere, also within a character
 * @throws where `decodeText` or `decodeJson` would
 */
export function decodeStart(bytes: Uint8Array, contentType: string): string {
	const type = mediaType(contentType);
	// A decoder of its own, which keeps the bytes of a character that was cut.
	const read: Read = (charset) => new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true });
	return isJson(type) || isJsonLines(type) ? readJson(bytes, contentType, read) : readText(bytes, contentType, read);
}

type Read = (charset: string) => string;

const readText = (bytes: Uint8Array, contentType: string, read: Read): string => read(markOf(bytes) ?? charsetOf(contentType));

function readJson(bytes: Uint8Array, contentType: string, read: Read): string {
	const seen = markOf(bytes) ?? (bytes[0] === 0 ? "utf-16be" : bytes[1] === 0 ? "utf-16le" : null);
	if (seen !== null) return read(seen);
	try {
		return read("utf-8");
	} catch (error) {
		const charset = charsetOf(contentType);
		if (decoder(charset).encoding === "utf-8") throw error;
		return read(charset);
	}
}

/** The declared charset, `utf-8` unless there is one. */
export function charsetOf(contentType: string): string {
	return CHARSET.exec(contentType)?.[1] ?? "utf-8";
}
const CHARSET = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i;

/** Whether a content type says which charset. */
export const declaresCharset = (contentType: string): boolean => CHARSET.test(contentType);

function markOf(bytes: Uint8Array): string | null {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return "utf-16le";
	if (first === 0xfe && second === 0xff) return "utf-16be";
	return first === 0xef && second === 0xbb && bytes[2] === 0xbf ? "utf-8" : null;
}

function decoder(charset: string): TextDecoder {
	return /^utf-?8$/i.test(charset) ? UTF_8 : new TextDecoder(charset, { fatal: true, ignoreBOM: false });
}
