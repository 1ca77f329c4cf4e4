import { Buffer } from "node:buffer";
import { createHmac, type KeyObject } from "node:crypto";
import type { JwtAlgorithm } from "../../connectors/scheme";
import { decode } from "./decode";
import { equalBytes } from "./equal";
import { isSignedBy, pemKey } from "./keys";
import { memberOf, textOf } from "./reading";

/** A token taken apart and not believed yet. */
export interface Jwt {
	algorithm: string;
	keyId: string | null;
	claims: unknown;
	/** What is signed. */
	text: string;
	signature: Uint8Array;
}

/** A key and the only algorithms that it is good for, so that a token cannot have a public key taken for a shared one. */
export interface JwtKey {
	algorithms: readonly JwtAlgorithm[];
	key: KeyObject | Uint8Array;
}

const HMAC_DIGESTS: Readonly<Partial<Record<JwtAlgorithm, string>>> = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };
const TOKEN_MAX = 16_384;

/** @returns null where it is no compact JWS, or wants an extension that nobody here knows */
export function parseJwt(token: string): Jwt | null {
	if (token.length > TOKEN_MAX) return null;
	const [head, body, tail, ...more] = token.split(".");
	if (head === undefined || body === undefined || tail === undefined || more.length > 0) return null;
	const header = jsonPart(head);
	const claims = jsonPart(body);
	const signature = decode(tail, "base64url");
	const algorithm = memberOf(header, "alg");
	const keyId = memberOf(header, "kid");
	if (claims === undefined || signature === null || typeof algorithm !== "string" || memberOf(header, "crit") !== undefined) return null;
	return { algorithm, keyId: typeof keyId === "string" ? keyId : null, claims, text: `${head}.${body}`, signature };
}

/** The key of a secret: a shared text for HS…, a public key as PEM for all others. null where none of `allowed` goes with it. */
export function jwtKey(secret: string, allowed: readonly JwtAlgorithm[]): JwtKey | null {
	if (secret.trimStart().startsWith("-----BEGIN")) {
		const key = pemKey(secret.trim());
		return key && publicJwtKey(key, allowed);
	}
	return keyFor(
		allowed.filter((algorithm) => algorithm in HMAC_DIGESTS),
		Buffer.from(secret),
	);
}

export function publicJwtKey(key: KeyObject, allowed: readonly JwtAlgorithm[]): JwtKey | null {
	const own: JwtAlgorithm | null =
		key.asymmetricKeyType === "rsa"
			? "RS256"
			: key.asymmetricKeyType === "ed25519"
				? "EdDSA"
				: key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1"
					? "ES256"
					: null;
	return keyFor(
		allowed.filter((algorithm) => algorithm === own),
		key,
	);
}

const keyFor = (algorithms: readonly JwtAlgorithm[], key: JwtKey["key"]): JwtKey | null =>
	algorithms.length === 0 ? null : { algorithms, key };

/** Whether the token was signed with this key, by an algorithm that the key is for. */
export function signedWith({ algorithms, key }: JwtKey, { algorithm, text, signature }: Jwt): boolean {
	const own = algorithms.find((each) => each === algorithm);
	if (own === undefined) return false;
	if (key instanceof Uint8Array)
		return equalBytes(
			createHmac(HMAC_DIGESTS[own] ?? "", key)
				.update(text)
				.digest(),
			signature,
		);
	if (own === "EdDSA") return isSignedBy(key, null, text, signature);
	if (own === "RS256") return isSignedBy(key, "sha256", text, signature);
	const der = own === "ES256" ? ecdsaDer(signature) : null;
	return der !== null && isSignedBy(key, "sha256", text, der);
}

/** The two numbers of an ES256 signature, 32 bytes each, as DER has them. */
function ecdsaDer(raw: Uint8Array): Uint8Array | null {
	if (raw.byteLength !== 64) return null;
	const numbers = [raw.subarray(0, 32), raw.subarray(32)].map((number) => {
		const start = number.findIndex((byte) => byte !== 0);
		const short = start < 0 ? number.subarray(31) : number.subarray(start);
		const padding = (short[0] ?? 0) >= 0x80 ? [0] : [];
		return Buffer.from([0x02, short.byteLength + padding.length, ...padding, ...short]);
	});
	const inner = Buffer.concat(numbers);
	return Buffer.concat([Buffer.from([0x30, inner.byteLength]), inner]);
}

function jsonPart(text: string): unknown {
	const bytes = decode(text, "base64url");
	const json = bytes && textOf(bytes);
	if (json === null) return undefined;
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
