import { createHash, timingSafeEqual } from "node:crypto";

/** In constant time for one length; lengths are no secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** What a token is compared by, so that not even its length shows. */
export function tokenDigest(token: string | Uint8Array): Uint8Array {
	return createHash("sha256").update(token).digest();
}

/** A name for credentials that tells nothing of them: what was fetched with them is for their owner alone. */
export function fingerprint(credentials: string): string {
	return createHash("sha256").update(credentials).digest("hex").slice(0, 16);
}
