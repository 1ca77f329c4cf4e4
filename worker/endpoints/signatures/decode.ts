import { Buffer } from "node:buffer";
import type { Encoding } from "../../connectors/scheme";

const HEX = /^(?:[0-9a-f]{2})+$|^(?:[0-9A-F]{2})+$/;
/** Longer than any signature or token that a sender was seen to use. */
const ENCODED_MAX = 16_384;

/** The bytes of a text that is written exactly as its encoding prescribes; null for any other, so that one value has one spelling. */
export function decode(text: string, encoding: Encoding): Uint8Array | null {
	if (text === "" || text.length > ENCODED_MAX) return null;
	if (encoding === "hex") return HEX.test(text) ? Buffer.from(text, "hex") : null;
	const bytes = Buffer.from(text, encoding);
	return bytes.toString(encoding) === text ? bytes : null;
}
