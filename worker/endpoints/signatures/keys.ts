import { Buffer } from "node:buffer";
import { createHash, createPublicKey, createVerify, type KeyObject, verify } from "node:crypto";
import type { KeyForm, PublicKeyScheme } from "../../connectors/scheme";
import { decode } from "./decode";

/** What stands before the 32 bytes of an Ed25519 key in DER. */
const ED25519_SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** The key's bytes; null where the secret has not the form that it should have. */
export function keyBytes(secret: string, form: KeyForm | undefined): Uint8Array | null {
	const { prefix = "", as } = form ?? { as: "utf8" };
	const text = prefix !== "" && secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
	if (text.trim() === "") return null;
	switch (as) {
		case "utf8":
			return Buffer.from(text);
		case "sha1":
		case "sha256":
			return createHash(as).update(text).digest();
		case "hex":
			return decode(text, as);
		case "base64":
			// Some senders show their keys without the padding.
			return decode(text.padEnd(Math.ceil(text.length / 4) * 4, "="), as);
	}
}

/** The public key; null where it is none of the scheme's kind. */
export function publicKey(secret: string, { kind, key }: Pick<PublicKeyScheme, "kind" | "key">): KeyObject | null {
	const { prefix = "", as } = key;
	const text = (prefix !== "" && secret.startsWith(prefix) ? secret.slice(prefix.length) : secret).trim();
	const found = as === "pem" ? pemKey(text) : derKey(as === "spki-base64" ? decode(text, "base64") : ed25519Der(text, as));
	const type = { ed25519: "ed25519", ecdsa: "ec", rsa: "rsa" }[kind];
	return found?.asymmetricKeyType === type ? found : null;
}

/** A public key of a PEM text; never a private one, and a certificate's only where it is one. */
export function pemKey(text: string): KeyObject | null {
	if (!text.startsWith("-----BEGIN PUBLIC KEY-----")) return null;
	try {
		return createPublicKey(text);
	} catch {
		return null;
	}
}

function derKey(der: Uint8Array | null): KeyObject | null {
	if (der === null) return null;
	try {
		return createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
	} catch {
		return null;
	}
}

function ed25519Der(text: string, as: "raw-hex" | "raw-base64"): Uint8Array | null {
	const raw = decode(text, as === "raw-hex" ? "hex" : "base64");
	return raw?.byteLength === 32 ? Buffer.concat([ED25519_SPKI, raw]) : null;
}

/** Whether a public key's owner signed this; false for bytes that are no signature at all. */
export function isSignedBy(key: KeyObject, digest: string | null, message: string | Uint8Array, signature: Uint8Array): boolean {
	try {
		if (digest === null) return verify(null, typeof message === "string" ? Buffer.from(message) : message, key, signature);
		return createVerify(digest).update(message).verify(key, signature);
	} catch {
		return false;
	}
}
