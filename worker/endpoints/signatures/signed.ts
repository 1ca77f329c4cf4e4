import { createHash, createHmac } from "node:crypto";
import type { HashScheme, HmacScheme, PublicKeyScheme } from "../../connectors/scheme";
import type { Answered } from "./answered";
import { type Check, type LiveSecret, rejected, type SchemeOptions, verified, withinWindow } from "./check";
import { equalBytes } from "./equal";
import { isSignedBy, keyBytes, publicKey } from "./keys";
import { joined, messageOf, type Piece, SECRET } from "./message";
import { candidatesOf, PUBLIC_KEY_CANDIDATES_MAX } from "./signature-field";
import { signedAtOf } from "./timestamp";

/** Which secret made one of the signatures over these pieces; null where none did. */
export type Matcher = (pieces: readonly Piece[], signatures: readonly Uint8Array[]) => number | null;

type SignedScheme = HmacScheme | HashScheme | PublicKeyScheme;

/** @returns null where not one secret has the scheme's form */
export function signedCheck(
	scheme: SignedScheme,
	secrets: readonly LiveSecret[],
	options: SchemeOptions,
	answered: Answered | null = null,
): Check | null {
	const matcher = matcherOf(scheme, secrets);
	if (matcher === null) return null;
	const most = scheme.kind === "hmac" || scheme.kind === "hash" ? undefined : PUBLIC_KEY_CANDIDATES_MAX;
	return (reading, now) => {
		const candidates = candidatesOf(scheme.signature, reading, most);
		if (candidates.status === "rejected") return candidates;
		const { signatures, pairs, where } = candidates;
		const signedAt = scheme.timestamp ? signedAtOf(scheme.timestamp, pairs, reading) : null;
		if (signedAt?.status === "rejected") return signedAt;
		const pieces = messageOf(scheme.message, reading, signedAt?.text ?? null, options);
		if ("status" in pieces) return pieces;
		const by = matcher(pieces, signatures);
		if (by === null) return rejected({ kind: "no_match", where, candidates: signatures.length, secrets: secrets.length });
		if (answered?.(joined(pieces))) return rejected({ kind: "malformed", where: "body", length: reading.bytes.byteLength });
		return signedAt && scheme.timestamp ? withinWindow(by, signedAt, now, scheme.timestamp.toleranceSeconds) : verified(by);
	};
}

export function matcherOf(scheme: SignedScheme, secrets: readonly LiveSecret[]): Matcher | null {
	switch (scheme.kind) {
		case "hmac": {
			const keys = usable(secrets, ({ text }) => keyBytes(text, scheme.key));
			return keys && comparing(keys, (key, pieces) => digestOf(createHmac(scheme.digest, key), pieces, key));
		}
		case "hash": {
			const keys = usable(secrets, ({ text }) => keyBytes(text, undefined));
			return keys && comparing(keys, (key, pieces) => digestOf(createHash(scheme.digest), pieces, key));
		}
		default: {
			const keys = usable(secrets, ({ text }) => publicKey(text, scheme));
			const digest = scheme.kind === "ed25519" ? null : (scheme.digest ?? "sha256");
			return (
				keys &&
				((pieces, signatures) => {
					const message = joined(pieces);
					const matching = keys.find(({ key }) => signatures.some((signature) => isSignedBy(key, digest, message, signature)));
					return matching?.index ?? null;
				})
			);
		}
	}
}

/** Keys of those secrets that have the right form; null where there is none. */
export function usable<Key>(
	secrets: readonly LiveSecret[],
	keyOf: (secret: LiveSecret) => Key | null,
): { key: Key; index: number }[] | null {
	const keys: { key: Key; index: number }[] = [];
	for (const secret of secrets) {
		const key = secret.text.trim() === "" ? null : keyOf(secret);
		if (key !== null) keys.push({ key, index: secret.index });
	}
	return keys.length === 0 ? null : keys;
}

/** Compares every signature with what each key makes. */
function comparing(
	keys: readonly { key: Uint8Array; index: number }[],
	digest: (key: Uint8Array, pieces: readonly Piece[]) => Uint8Array,
): Matcher {
	return (pieces, signatures) => {
		for (const { key, index } of keys) {
			const expected = digest(key, pieces);
			if (signatures.some((signature) => equalBytes(signature, expected))) return index;
		}
		return null;
	};
}

interface Digesting {
	update(piece: string | Uint8Array): unknown;
	digest(): Uint8Array;
}

function digestOf(digesting: Digesting, pieces: readonly Piece[], secret: Uint8Array): Uint8Array {
	for (const piece of pieces) digesting.update(piece === SECRET ? secret : piece);
	return digesting.digest();
}
