import type { DirectScheme, SignatureScheme } from "../../connectors/scheme";
import type { Answered } from "./answered";
import { bespokeCheck } from "./bespoke";
import { type Check, type LiveSecret, rejected, type SchemeOptions } from "./check";
import { customScheme } from "./custom";
import { jwtCheck } from "./jwt-check";
import { type Reading, readingOf } from "./reading";
import type { SignedRequest } from "./request";
import { signedCheck } from "./signed";
import { basicCheck, tokenCheck } from "./token";
import type { Fetched, Needs, Rejected, Verdict } from "./verdict";

/** A sender's scheme with the live secrets as keys. Made once an endpoint, used for each of its requests. */
export interface Prepared {
	checks: readonly Check[];
}

const NOTHING_FETCHED: Fetched = new Map();

/**
 * Readies a scheme for requests. Never fails: where no secret is of use, every request will be refused.
 * @param secrets those that are live, one or two
 * @param options what was entered beside them
 * @param answered texts that anybody may have had signed, and that are therefore no deliveries
 */
export function prepare(
	scheme: SignatureScheme,
	secrets: readonly string[],
	options: SchemeOptions = {},
	answered: Answered | null = null,
): Prepared {
	const checks: Check[] = [];
	for (const [direct, live] of schemesOf(scheme, secrets, options)) {
		const check = checkOf(direct, live, options, answered);
		if (check !== null) checks.push(check);
	}
	return { checks };
}

/**
 * Whether a request comes from who knows one of the secrets, by its raw bytes.
 * @param now epoch milliseconds
 * @param fetched what an earlier `needs` of this request asked for
 */
export function verify(prepared: Prepared, request: SignedRequest, now: number, fetched: Fetched = NOTHING_FETCHED): Verdict | Needs {
	return verifyReading(prepared, readingOf(request), now, fetched);
}

/** The same of a request that was read already, in part: under another URL, or before a key was fetched. */
export function verifyReading(prepared: Prepared, reading: Reading, now: number, fetched: Fetched = NOTHING_FETCHED): Verdict | Needs {
	let refusal: Rejected | null = null;
	for (const check of prepared.checks) {
		const verdict = check(reading, now, fetched);
		if (verdict.status !== "rejected") return verdict;
		refusal = moreTelling(refusal, verdict);
	}
	return refusal ?? rejected({ kind: "secret_unusable" });
}

/** The schemes that the secrets belong to; several only where their form tells them apart. */
export function schemesOf(scheme: SignatureScheme, secrets: readonly string[], options: SchemeOptions): [DirectScheme, LiveSecret[]][] {
	const live = secrets.map((text, index) => ({ text, index }));
	if (scheme.kind === "custom") {
		const custom = customScheme(scheme.as, options);
		return custom.status === "scheme" ? [[custom.scheme, live]] : [];
	}
	if (scheme.kind !== "bySecret") return [[scheme, live]];
	const bySchemes = new Map<DirectScheme, LiveSecret[]>();
	for (const secret of live) {
		const own = scheme.cases.find(({ secretPrefix }) => secret.text.startsWith(secretPrefix))?.scheme ?? scheme.otherwise;
		bySchemes.set(own, [...(bySchemes.get(own) ?? []), secret]);
	}
	return [...bySchemes];
}

export function checkOf(
	scheme: DirectScheme,
	secrets: readonly LiveSecret[],
	options: SchemeOptions,
	answered: Answered | null = null,
): Check | null {
	switch (scheme.kind) {
		case "hmac":
		case "hash":
		case "ed25519":
		case "ecdsa":
		case "rsa":
			return signedCheck(scheme, secrets, options, answered);
		case "token":
			return tokenCheck(scheme, secrets);
		case "basic":
			return basicCheck(scheme, secrets);
		case "jwt":
			return jwtCheck(scheme, secrets, options);
		case "bespoke":
			return bespokeCheck(scheme, secrets, options, answered);
	}
}

/** Of several refusals the one that came furthest. */
function moreTelling(known: Rejected | null, other: Rejected): Rejected {
	return known === null || rank(other) > rank(known) ? other : known;
}

const rank = ({ code, reason }: Rejected): number =>
	code === "timestamp_out_of_range" ? 3 : reason.kind === "no_match" ? 2 : code === "signature_missing" ? 0 : 1;
