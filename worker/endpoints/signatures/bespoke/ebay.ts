import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { type Check, type LiveSecret, rejected, type SchemeOptions, verified } from "../check";
import { decode } from "../decode";
import { fingerprint } from "../equal";
import { isSignedBy, pemKey } from "../keys";
import { find, memberOf, textOf } from "../reading";
import { usable } from "../signed";
import type { NeededFetch } from "../verdict";

const WHERE = "header x-ebay-signature";
const KEY_ID = /^[A-Za-z0-9-]{1,64}$/;
const SCOPE = "https://api.ebay.com/oauth/api_scope";

/** ECDSA with SHA-1 over the body; the key is handed out to the app, whose secret is `clientId:clientSecret`. */
export function ebay(secrets: readonly LiveSecret[], options: SchemeOptions): Check | null {
	const live = usable(secrets, ({ text }) => (/^[^:\s]+:[^:\s]+$/.test(text.trim()) ? text.trim() : null));
	if (live === null) return null;
	const host = options.environment === "sandbox" ? "api.sandbox.ebay.com" : "api.ebay.com";
	return (reading, _now, fetched) => {
		const found = find({ header: "x-ebay-signature" }, reading);
		if (found.status === "missing") return rejected({ kind: "signature_missing", looked: WHERE });
		if (found.status === "doubled") return rejected({ kind: "doubled", where: WHERE });
		const [value = ""] = found.values;
		const signature = parseSignature(value);
		if (signature === null) return rejected({ kind: "malformed", where: WHERE, length: value.length });
		for (const { key: credentials, index } of live) {
			const owner = fingerprint(credentials);
			const [tokenName, keyName] = [`ebay ${host} token ${owner}`, `ebay ${host} key ${signature.keyId} ${owner}`];
			const answer = fetched.get(keyName);
			if (answer === undefined) {
				const token = fetched.get(tokenName);
				if (token === undefined) return { status: "needs", fetch: tokenFetch(tokenName, host, credentials) };
				const bearer = token && memberOf(parsed(token), "access_token");
				if (typeof bearer !== "string") continue;
				return { status: "needs", fetch: keyFetch(keyName, host, signature.keyId, bearer) };
			}
			if (answer === null) continue;
			const key = keyOf(answer);
			if (key === null) return rejected({ kind: "key_refused", where: host });
			return isSignedBy(key, "sha1", reading.bytes, signature.bytes)
				? verified(index)
				: rejected({ kind: "no_match", where: WHERE, candidates: 1, secrets: secrets.length });
		}
		return rejected({ kind: "key_unavailable", where: host });
	};
}

function parseSignature(value: string): { keyId: string; bytes: Uint8Array } | null {
	const header = decode(value, "base64");
	const json = header && parsed(header);
	const [keyId, signature, algorithm, digest] = ["kid", "signature", "alg", "digest"].map((name) => memberOf(json, name));
	if (typeof keyId !== "string" || !KEY_ID.test(keyId) || typeof signature !== "string") return null;
	if ((algorithm !== "ecdsa" && algorithm !== "ECDSA") || digest !== "SHA1") return null;
	const bytes = decode(signature, "base64");
	return bytes && { keyId, bytes };
}

function tokenFetch(name: string, host: string, credentials: string): NeededFetch {
	return {
		name,
		method: "POST",
		url: `https://${host}/identity/v1/oauth2/token`,
		hosts: [host],
		headers: {
			authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
			"content-type": "application/x-www-form-urlencoded",
		},
		body: new URLSearchParams({ grant_type: "client_credentials", scope: SCOPE }).toString(),
		maxBytes: 65_536,
		keepSeconds: 3_600, // tokens live for two hours
	};
}

const keyFetch = (name: string, host: string, keyId: string, bearer: string): NeededFetch => ({
	name,
	method: "GET",
	url: `https://${host}/commerce/notification/v1/public_key/${keyId}`,
	hosts: [host],
	headers: { authorization: `Bearer ${bearer}` },
	maxBytes: 65_536,
	keepSeconds: 3_600,
});

/** The key comes as PEM on one line. */
function keyOf(answer: Uint8Array): KeyObject | null {
	const text = memberOf(parsed(answer), "key");
	if (typeof text !== "string") return null;
	const base64 = text.replace(/-----(BEGIN|END) PUBLIC KEY-----|\s/g, "");
	const key = pemKey(`-----BEGIN PUBLIC KEY-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END PUBLIC KEY-----\n`);
	return key?.asymmetricKeyType === "ec" ? key : null;
}

function parsed(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(textOf(bytes) ?? "");
	} catch {
		return undefined;
	}
}
