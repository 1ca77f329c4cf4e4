import { createHash, timingSafeEqual } from "node:crypto";

/** In constant time for one length; lengths are no secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** What a token is compared by, so that not even its length shows. */
export function tokenDigest(token: string | Uint8Array): Uint8Array {
	return createHash("sha256").update(token).digest();
}
