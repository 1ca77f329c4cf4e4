import { Buffer } from "node:buffer";
import type { Headers } from "./protocol/delivery";

/**
 * What rows take on disk: the bytes of all that a sender has a say in, and a constant for the rest. Counted in memory while
 * a row is written, and found in the row when it goes; both come to the same.
 */

/** A row's numbers, those of its first execution, and their places in the trees. */
const ROW_BYTES = 256;

/** An address and headers as they are kept. */
export interface Head {
	path: string;
	query: string;
	headers: Headers;
}

/** SQL for the bytes of an event, without a head that it shares. Lengths stand in a row's beginning: no text is read for them. */
export const eventBytes = (of = "events"): string =>
	`(${of}.size + octet_length(${of}.path) + octet_length(${of}.query) + octet_length(${of}.headers) + coalesce(octet_length(${of}.lane), 0) + ${ROW_BYTES})`;

/** SQL for the bytes of a head that several events share. */
export const HEAD_BYTES = `(octet_length(path) + octet_length(query) + octet_length(headers) + ${ROW_BYTES})`;

/** SQL for the bytes of a delivery that made no event. */
export const DELIVERY_BYTES = `(octet_length(path) + octet_length(query) + octet_length(headers) + coalesce(octet_length(body), 0) + coalesce(octet_length(detail), 0) + ${ROW_BYTES})`;

/** The bytes of a row with these texts, and `size` bytes of a body. */
export function bytesOf(size: number, ...texts: (string | null)[]): number {
	let bytes = size + ROW_BYTES;
	for (const text of texts) if (text) bytes += Buffer.byteLength(text);
	return bytes;
}
