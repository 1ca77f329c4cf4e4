/**
 * How a sender signs its webhooks, as plain values: what an engine of a few hundred lines needs in order to check one.
 * Names of headers are lower case throughout.
 */
export type SignatureScheme = DirectScheme | BySecretScheme | CustomScheme;

/** A scheme that says all by itself. */
export type DirectScheme = HmacScheme | HashScheme | PublicKeyScheme | TokenScheme | BasicScheme | JwtScheme | BespokeScheme;

export type Digest = "sha1" | "sha256" | "sha384" | "sha512";
export type Encoding = "hex" | "base64" | "base64url";

/** Where a value stands in a request. */
export type Place =
	/** One header, or several names: each that is there holds a signature, any may match. */
	| { header: string | readonly string[] }
	/** The same of `x-docusign-signature-1` … , gaps or none. `numbered` is what stands before the number. */
	| { numbered: string; upTo: number }
	| { query: string }
	/** Names joined by `.`; `[]` after a name means every element of a list: `value[].clientState` (token schemes alone). */
	| { json: string }
	/** A field of a body that is a form. */
	| { form: string };

/** Where the signature stands and how it is written. */
export type SignatureField = {
	in: Place;
	encoding: Encoding;
	/** Stands before each signature and must be there: `sha256=`, `v0=`, `v1,`. In a list, elements with another one are ignored. */
	prefix?: string;
} & (
	| { pairs?: undefined; list?: undefined }
	/** Several signatures in one value, any of which may match. */
	| { list: " " | "," | ", "; pairs?: undefined }
	/** `t=1492774577,v1=5257…`: pairs by their delimiter. The one named `signature` may come more than once, any other may not. */
	| {
			/** `, `: with its space or without. */
			pairs: "," | ", " | ";" | " ";
			is?: "=" | ":";
			signature: string;
			/** Divides several such sets, one for each live secret; all but their signatures must be the same. */
			sets?: " ";
			list?: undefined;
	  }
);

/** When it was signed. Outside the window the delivery is refused. */
export interface TimestampField {
	/** `pair`: from the pairs in the signature's own header. */
	in: Place | { pair: string };
	/** `http`: `Sun, 22 Nov 2026 10:00:00 GMT`. */
	unit: "seconds" | "milliseconds" | "iso" | "http";
	/** How far the clock may differ in either direction; what the sender recommends, else 300. */
	toleranceSeconds: number;
}

/** One piece of what is signed; they are joined without anything in between. */
export type MessagePart =
	/** The body's bytes as they came. */
	| "body"
	/** The timestamp exactly as it was sent. */
	| "timestamp"
	/** In capitals, as sent. */
	| "method"
	/** The public URL with path and query, as the sender knows it. */
	| "url"
	/** The same without its query. */
	| "urlWithoutQuery"
	/** From the first `/` after the host, without the query. */
	| "path"
	| "pathAndQuery"
	/** Fields of a form sorted by name, name and value after each other. */
	| "sortedForm"
	/** The secret itself (kind `hash` alone). */
	| "secret"
	| { text: string }
	/** Required, unless `optional`: then empty where it is missing. */
	| { header: string; optional?: boolean }
	| { query: string }
	| { json: string }
	| { form: string }
	/** What the person entered beside the secret: `option` is an id of the sender's `options`. */
	| { option: string }
	/** A digest of the body, written in `encoding`. */
	| { bodyDigest: Digest; encoding: Encoding };

/** How the secret as the sender shows it becomes the key. */
export interface KeyForm {
	/** Taken off where it is there: `whsec_`. */
	prefix?: string;
	/** `sha1`, `sha256`: the digest of the secret's text is the key. */
	as: "utf8" | "hex" | "base64" | "sha1" | "sha256";
}

interface Signed {
	signature: SignatureField;
	message: readonly MessagePart[];
	timestamp?: TimestampField;
}

export interface HmacScheme extends Signed {
	kind: "hmac";
	digest: Digest;
	/** The secret's text unless said otherwise. */
	key?: KeyForm;
}

/** A plain digest over a message that holds the secret. */
export interface HashScheme extends Signed {
	kind: "hash";
	digest: Digest;
}

/** The secret is the sender's public key. */
export interface PublicKeyScheme extends Signed {
	kind: "ed25519" | "ecdsa" | "rsa";
	/** Not for ed25519. */
	digest?: Digest;
	/** `raw`: 32 bytes (ed25519); `spki`: DER, without the lines of a PEM file; `pem`: with them. */
	key: { prefix?: string; as: "raw-hex" | "raw-base64" | "spki-base64" | "pem" };
}

/** The secret itself comes along. Says who sent it, not that the body is as it was sent. */
export interface TokenScheme {
	kind: "token";
	in: Place;
	/** Stands before the token and must be there: `Bearer ` (in any letter case). */
	prefix?: string;
}

/** `Authorization: Basic …`; the secret is `user:password`. */
export interface BasicScheme {
	kind: "basic";
}

export type JwtAlgorithm = "HS256" | "HS384" | "HS512" | "RS256" | "ES256" | "EdDSA";

export interface JwtScheme {
	kind: "jwt";
	in: Place;
	/** Taken off where it is there: `Bearer `, `JWT `. */
	prefix?: string;
	/** What is allowed; the token's own header never widens it. HS…: the secret's text is the key; else it is a public key as PEM. */
	algorithms: readonly JwtAlgorithm[];
	/** `exp` and `nbf` count always where they are there. */
	claims?: {
		/** Must equal the public URL, or what the person entered for this option. */
		audience?: "url" | { option: string };
		issuer?: string | { option: string };
		/** A claim that holds the body's digest; without one the body is not protected. */
		bodyDigest?: { claim: string; digest: Digest; encoding: Encoding };
		/** Atlassian's digest of method, path and query. */
		queryStringHash?: boolean;
	};
	/** Oldest `iat`; it must be there then. `exp` suffices where this is not set. */
	toleranceSeconds?: number;
}

export const BESPOKE_MODULES = [
	"adyen",
	"braintree",
	"contentful",
	"ebay",
	"hubspot",
	"mercado-pago",
	"paypal",
	"plaid",
	"sns",
	"twilio",
] as const;
export type BespokeModule = (typeof BESPOKE_MODULES)[number];

/** What no description covers: a module of that name in endpoints/signatures/bespoke. */
export interface BespokeScheme {
	kind: "bespoke";
	module: BespokeModule;
	/** `body`: every byte. `fields`: what the scheme names, and other bytes may differ. */
	binds: "body" | "fields" | "nothing";
	/** How far a timestamp may be away, where the scheme has one. */
	toleranceSeconds?: number;
}

/** The form of the secret decides, never the request: nobody outside can choose the weaker one. */
export interface BySecretScheme {
	kind: "bySecret";
	/** The first whose prefix the secret has. */
	cases: readonly { secretPrefix: string; scheme: DirectScheme }[];
	otherwise: DirectScheme;
}

/** The person describes it: see endpoints/signatures/custom. */
export interface CustomScheme {
	kind: "custom";
	as: "hmac" | "header-token" | "jwt";
}
