import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { decodeBytes, encodeBytes, ID_BYTES } from "../ids";

/**
 * The secret in an endpoint's URL: 32 bytes in 64 hex digits, which platform logs blank out (they redact spans of 32
 * hex digits and more). It verifies by itself, so a forged URL wakes no object and reads no database.
 *
 *   key id 1 | region 1 | integration id 10 | generation 4, big-endian | HMAC-SHA-256 of those 16 bytes, first 16
 */

/** Where an integration's objects live: Cloudflare's location hints. The position in the list is in every URL: append only. */
export const REGIONS = ["auto", "wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"] as const;
export type Region = (typeof REGIONS)[number];

export interface EndpointAddress {
	integrationId: string;
	region: Region;
	/** Raised by each rotation of the URL. */
	generation: number;
}

const HEAD_BYTES = 16;
const MAC_BYTES = 16;
const KEY_PATTERN = /^[0-9a-f]{64}$/;

/**
 * @param keysText signing keys by id, newest first: `2:<64 hex>,1:<64 hex>`
 * @returns 64 hex digits, signed with the newest key
 */
export function makeEndpointKey(keysText: string, address: EndpointAddress): string {
	const [newest] = signingKeys(keysText);
	if (newest === undefined) throw new Error("ENDPOINT_KEYS holds no key");
	const head = Buffer.alloc(HEAD_BYTES);
	head[0] = newest[0];
	head[1] = REGIONS.indexOf(address.region);
	head.set(decodeBytes(address.integrationId.slice(4)), 2);
	head.writeUInt32BE(address.generation, 2 + ID_BYTES);
	return head.toString("hex") + mac(newest[1], head).toString("hex");
}

/** The address in a key that this deployment signed, or null. Any signing key still listed verifies. */
export function readEndpointKey(keysText: string, hex: string): EndpointAddress | null {
	if (!KEY_PATTERN.test(hex)) return null;
	const bytes = Buffer.from(hex, "hex");
	const head = bytes.subarray(0, HEAD_BYTES);
	const secret = signingKeys(keysText).get(bytes[0] ?? -1);
	const region = REGIONS[bytes[1] ?? -1];
	if (secret === undefined || region === undefined) return null;
	if (!timingSafeEqual(mac(secret, head), bytes.subarray(HEAD_BYTES))) return null;
	return {
		integrationId: `int_${encodeBytes(head.subarray(2, 2 + ID_BYTES))}`,
		region,
		generation: head.readUInt32BE(2 + ID_BYTES),
	};
}

function mac(secret: Buffer, head: Uint8Array): Buffer {
	return createHmac("sha256", secret).update(head).digest().subarray(0, MAC_BYTES);
}

let parsed: { text: string; keys: Map<number, Buffer> } | null = null;

function signingKeys(text: string): Map<number, Buffer> {
	if (parsed?.text === text) return parsed.keys;
	const keys = new Map<number, Buffer>();
	for (const entry of text.split(",")) {
		const match = /^\s*(\d{1,3}):([0-9a-f]{64})\s*$/.exec(entry);
		if (!match?.[1] || !match[2]) throw new Error("ENDPOINT_KEYS must read `<id>:<64 hex>`, several joined by commas");
		keys.set(Number(match[1]), Buffer.from(match[2], "hex"));
	}
	parsed = { text, keys };
	return keys;
}
