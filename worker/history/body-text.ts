import { Buffer } from "node:buffer";

/** A body as JSON can carry it: the very text where the bytes are UTF-8, base64 otherwise. */
export function bodyText(bytes: Uint8Array): { body: string; bodyEncoding: "utf8" | "base64" } {
	try {
		return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), bodyEncoding: "utf8" };
	} catch {
		return { body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"), bodyEncoding: "base64" };
	}
}
