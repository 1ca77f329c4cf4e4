import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { SchemeOptions } from "../../../worker/endpoints/signatures/check.ts";
import { judged, NOW, requestOf, SECRET } from "./given.ts";

describe("tokens", () => {
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const hs256 = (header: object, claims: object, key: string) => {
		const text = `${part(header)}.${part(claims)}`;
		return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
	};
	const verdict = (token: string, secret: string, options: SchemeOptions) =>
		judged("jwt", [secret], requestOf({ authorization: `Bearer ${token}` }), options);
	const iat = NOW / 1000;

	it("do not make a public key a shared one", () => {
		const forged = hs256({ alg: "HS256" }, { iat }, pem);
		expect(verdict(forged, pem, { algorithm: "RS256" })).toMatchObject({ reason: { kind: "algorithm_refused", algorithm: "HS256" } });
		expect(verdict(forged, pem, { algorithm: "HS256" })).toMatchObject({ reason: { kind: "secret_unusable" } });
	});

	it("that name RS256 and are an HMAC of the public key are refused", () => {
		expect(verdict(hs256({ alg: "RS256" }, { iat }, pem), pem, { algorithm: "RS256" })).toMatchObject({ reason: { kind: "no_match" } });
	});

	it("without a signature, with none, or with what must be understood are refused", () => {
		const claims = part({ iat });
		expect(verdict(`${part({ alg: "none" })}.${claims}.`, SECRET, { algorithm: "HS256" })).toMatchObject({ reason: { kind: "malformed" } });
		expect(verdict(`${part({ alg: "none" })}.${claims}.AAAA`, SECRET, { algorithm: "HS256" })).toMatchObject({
			reason: { kind: "algorithm_refused" },
		});
		expect(verdict(hs256({ alg: "HS256", crit: ["b64"], b64: false }, { iat }, SECRET), SECRET, { algorithm: "HS256" })).toMatchObject({
			reason: { kind: "malformed" },
		});
	});

	it("are held to exp, nbf and iat, and to numbers there", () => {
		const at = (claims: object, options: SchemeOptions = {}) =>
			verdict(hs256({ alg: "HS256" }, claims, SECRET), SECRET, { algorithm: "HS256", ...options });
		expect(at({ exp: iat + 1 })).toMatchObject({ status: "verified" });
		expect(at({ exp: iat - 61 })).toMatchObject({ code: "timestamp_out_of_range" });
		expect(at({ nbf: iat + 61 })).toMatchObject({ code: "timestamp_out_of_range" });
		expect(at({ exp: "tomorrow" })).toMatchObject({ code: "signature_invalid" });
		expect(at({}, { toleranceSeconds: 60 })).toMatchObject({ code: "signature_missing" });
	});

	it("for somebody else, or of somebody else, are refused", () => {
		const token = hs256({ alg: "HS256" }, { iat, aud: ["a", "b"], iss: "sender" }, SECRET);
		expect(verdict(token, SECRET, { algorithm: "HS256", audience: "b", issuer: "sender" })).toMatchObject({ status: "verified" });
		expect(verdict(token, SECRET, { algorithm: "HS256", audience: "c" })).toMatchObject({
			reason: { kind: "claim_mismatch", claim: "aud" },
		});
		expect(verdict(token, SECRET, { algorithm: "HS256", issuer: "x" })).toMatchObject({ reason: { kind: "claim_mismatch", claim: "iss" } });
	});

	it("signed with RS256 by the right key are accepted, as proof that the others fail for their own fault", () => {
		const text = `${part({ alg: "RS256" })}.${part({ iat })}`;
		const token = `${text}.${createSign("sha256").update(text).sign(privateKey).toString("base64url")}`;
		expect(verdict(token, pem, { algorithm: "RS256" })).toEqual({ status: "verified", by: 0 });
	});
});
