import { createHash } from "node:crypto";
import type { JwtScheme } from "../../connectors/scheme";
import { type Check, type LiveSecret, rejected, type SchemeOptions, verified } from "./check";
import { type Jwt, jwtKey, parseJwt, signedWith } from "./jwt";
import { queryStringHashes } from "./query-string-hash";
import { find, memberOf, type Reading, whereOf } from "./reading";
import { usable } from "./signed";
import type { Rejected } from "./verdict";

/** How far clocks may differ at `exp` and `nbf`. */
const LEEWAY_SECONDS = 60;

/** @returns null where no secret is a key for one of the algorithms */
export function jwtCheck(scheme: JwtScheme, secrets: readonly LiveSecret[], options: SchemeOptions): Check | null {
	const where = whereOf(scheme.in);
	const keys = usable(secrets, ({ text }) => jwtKey(text, scheme.algorithms));
	if (keys === null) return null;
	return (reading, now) => {
		const found = find(scheme.in, reading);
		if (found.status === "missing") return rejected({ kind: "signature_missing", looked: where });
		if (found.status === "doubled") return rejected({ kind: "doubled", where });
		const [value = ""] = found.values;
		const { prefix = "" } = scheme;
		const token = value.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase() ? value.slice(prefix.length) : value;
		const jwt = parseJwt(token);
		if (jwt === null) return rejected({ kind: "malformed", where, length: value.length });
		if (!keys.some(({ key }) => key.algorithms.some((algorithm) => algorithm === jwt.algorithm))) {
			return rejected({ kind: "algorithm_refused", algorithm: jwt.algorithm.slice(0, 20) });
		}
		const by = keys.find(({ key }) => signedWith(key, jwt));
		if (by === undefined) return rejected({ kind: "no_match", where, candidates: 1, secrets: secrets.length });
		return claimFault(scheme, jwt, reading, options) ?? timeFault(jwt.claims, now, scheme.toleranceSeconds) ?? verified(by.index);
	};
}

function claimFault({ claims = {} }: JwtScheme, jwt: Jwt, reading: Reading, options: SchemeOptions): Rejected | null {
	const { audience, issuer, bodyDigest, queryStringHash } = claims;
	const { request } = reading;
	if (audience !== undefined) {
		const wanted = audience === "url" ? request.url : options[audience.option];
		const named = memberOf(jwt.claims, "aud");
		const isNamed = wanted !== undefined && (Array.isArray(named) ? named.includes(wanted) : named === wanted);
		if (!isNamed) return rejected({ kind: "claim_mismatch", claim: "aud" });
	}
	if (issuer !== undefined) {
		const wanted = typeof issuer === "string" ? issuer : options[issuer.option];
		if (wanted === undefined || memberOf(jwt.claims, "iss") !== wanted) return rejected({ kind: "claim_mismatch", claim: "iss" });
	}
	if (bodyDigest !== undefined) {
		const own = createHash(bodyDigest.digest).update(reading.bytes).digest(bodyDigest.encoding);
		if (memberOf(jwt.claims, bodyDigest.claim) !== own) return rejected({ kind: "claim_mismatch", claim: bodyDigest.claim });
	}
	if (queryStringHash) {
		const own: unknown[] = queryStringHashes(request.method, request.url);
		if (!own.includes(memberOf(jwt.claims, "qsh"))) return rejected({ kind: "claim_mismatch", claim: "qsh" });
	}
	return null;
}

/**
 * Whether a token is outside its time.
 * @param toleranceSeconds how old `iat` may be, and must be there then
 */
export function timeFault(claims: unknown, now: number, toleranceSeconds: number | undefined): Rejected | null {
	const nowSeconds = Math.floor(now / 1000); // as tokens count, and the libraries that read them
	for (const claim of ["exp", "nbf", "iat"] as const) {
		const clock = (seconds: number, tolerance: number) =>
			rejected({ kind: "clock", differenceSeconds: Math.round(nowSeconds - seconds), toleranceSeconds: tolerance, claim });
		const seconds = memberOf(claims, claim);
		if (seconds === undefined) {
			if (claim === "iat" && toleranceSeconds !== undefined) return rejected({ kind: "timestamp_missing", where: "claim iat" });
			continue;
		}
		if (typeof seconds !== "number" || !Number.isFinite(seconds)) return rejected({ kind: "timestamp_malformed", where: `claim ${claim}` });
		if (claim === "exp" && nowSeconds >= seconds + LEEWAY_SECONDS) return clock(seconds, LEEWAY_SECONDS);
		if (claim === "nbf" && nowSeconds < seconds - LEEWAY_SECONDS) return clock(seconds, LEEWAY_SECONDS);
		if (claim === "iat" && toleranceSeconds !== undefined && Math.abs(nowSeconds - seconds) > toleranceSeconds) {
			return clock(seconds, toleranceSeconds);
		}
	}
	return null;
}
