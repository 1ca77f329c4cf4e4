import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { MessagePart, Place } from "../../connectors/scheme";
import { rejected, type SchemeOptions } from "./check";
import { find, formFault, type Reading, whereOf } from "./reading";
import type { Rejected } from "./verdict";

/** Pieces in their order; `secret` stands where each live secret goes. */
export type Piece = string | Uint8Array | typeof SECRET;
export const SECRET = Symbol("secret");

/**
 * What was signed, as the sender put it together.
 * @param timestamp as it was sent
 * @returns a rejection where something that is signed is not there
 */
export function messageOf(
	parts: readonly MessagePart[],
	reading: Reading,
	timestamp: string | null,
	options: SchemeOptions,
): Piece[] | Rejected {
	const pieces: Piece[] = [];
	for (const part of parts) {
		const piece = pieceOf(part, reading, timestamp, options);
		if (piece === null && part === "sortedForm") return rejected({ kind: "part_missing", where: formFault(reading) });
		if (piece === null) return rejected({ kind: "part_missing", where: typeof part === "string" ? part : whereOfPart(part) });
		const last = pieces.at(-1);
		// Each piece is a call into the runtime's cryptography: texts go together.
		if (typeof piece === "string" && typeof last === "string") pieces[pieces.length - 1] = last + piece;
		else pieces.push(piece);
	}
	return pieces;
}

/** In one run of bytes, for signatures that want it whole. */
export function joined(pieces: readonly Piece[]): Uint8Array {
	const bytes = pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece === SECRET ? Buffer.alloc(0) : piece));
	const [only] = bytes;
	return bytes.length === 1 && only ? only : Buffer.concat(bytes);
}

function pieceOf(part: MessagePart, reading: Reading, timestamp: string | null, options: SchemeOptions): Piece | null {
	const { request } = reading; // its URL is put together when it is read
	switch (part) {
		case "body":
			return reading.bytes;
		case "timestamp":
			return timestamp;
		case "method":
			return request.method;
		case "url":
			return request.url;
		case "urlWithoutQuery":
			return request.url.split("?", 1)[0] ?? "";
		case "path":
			return pathAndQuery(request.url).split("?", 1)[0] ?? "";
		case "pathAndQuery":
			return pathAndQuery(request.url);
		case "sortedForm":
			return reading.once(sortedFields);
		case "secret":
			return SECRET;
	}
	if ("text" in part) return part.text;
	if ("option" in part) return optionText(options[part.option]);
	if ("bodyDigest" in part) return createHash(part.bodyDigest).update(reading.bytes).digest(part.encoding);
	const found = find(part, reading);
	if (found.status === "missing" && "header" in part && part.optional) return "";
	return found.status === "found" && found.values.length === 1 ? (found.values[0] ?? null) : null;
}

const whereOfPart = (part: Exclude<MessagePart, string>): string =>
	"text" in part ? "text" : "option" in part ? `option ${part.option}` : "bodyDigest" in part ? "body" : whereOf(part satisfies Place);

const optionText = (value: string | number | undefined): string | null => (value === undefined || value === "" ? null : String(value));

/** From the first `/` after the host. */
export function pathAndQuery(url: string): string {
	const start = url.indexOf("/", url.indexOf("://") + 3);
	return start < 0 ? "/" : url.slice(start);
}

function sortedFields(reading: Reading): Uint8Array | null {
	const sorted = reading.form()?.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	return sorted ? Buffer.from(sorted.map(([name, value]) => name + value).join("")) : null;
}
