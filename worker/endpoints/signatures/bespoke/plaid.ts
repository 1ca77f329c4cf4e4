import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import type { BespokeScheme } from "../../../connectors/scheme";
import { type Check, type LiveSecret, rejected, type SchemeOptions, verified } from "../check";
import { fingerprint } from "../equal";
import { parseJwt, publicJwtKey, signedWith } from "../jwt";
import { timeFault } from "../jwt-check";
import { find, memberOf, textOf } from "../reading";
import { usable } from "../signed";
import type { NeededFetch } from "../verdict";

const WHERE = "header plaid-verification";
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/;
const KEEP_SECONDS = 3_600;

/** A token that holds the body's digest, signed with a key that Plaid hands out to the client's id and secret. */
export function plaid({ toleranceSeconds = 300 }: BespokeScheme, secrets: readonly LiveSecret[], options: SchemeOptions): Check | null {
	const live = usable(secrets, ({ text }) => text.trim());
	const { clientId } = options;
	if (live === null || typeof clientId !== "string" || clientId === "") return null;
	const host = options.environment === "sandbox" ? "sandbox.plaid.com" : "production.plaid.com";
	return (reading, now, fetched) => {
		const found = find({ header: "plaid-verification" }, reading);
		if (found.status === "missing") return rejected({ kind: "signature_missing", looked: WHERE });
		if (found.status === "doubled") return rejected({ kind: "doubled", where: WHERE });
		const [token = ""] = found.values;
		const jwt = parseJwt(token);
		if (jwt === null || jwt.keyId === null || !KEY_ID.test(jwt.keyId))
			return rejected({ kind: "malformed", where: WHERE, length: token.length });
		if (jwt.algorithm !== "ES256") return rejected({ kind: "algorithm_refused", algorithm: jwt.algorithm.slice(0, 20) });
		let answer: Uint8Array | null = null;
		let by = 0;
		for (const { key: secret, index } of live) {
			const name = `plaid ${host} ${jwt.keyId} ${fingerprint(`${clientId}:${secret}`)}`;
			const had = fetched.get(name);
			if (had === undefined) return { status: "needs", fetch: keyFetch(name, host, { client_id: clientId, secret, key_id: jwt.keyId }) };
			if (had === null) continue;
			answer = had;
			by = index;
			break;
		}
		if (answer === null) return rejected({ kind: "key_unavailable", where: host });
		const key = keyOf(answer);
		const usableKey = key && publicJwtKey(key, ["ES256"]);
		if (usableKey === null) return rejected({ kind: "key_refused", where: host });
		if (!signedWith(usableKey, jwt)) return rejected({ kind: "no_match", where: WHERE, candidates: 1, secrets: secrets.length });
		const digest = createHash("sha256").update(reading.bytes).digest("hex");
		if (memberOf(jwt.claims, "request_body_sha256") !== digest) return rejected({ kind: "claim_mismatch", claim: "request_body_sha256" });
		return timeFault(jwt.claims, now, toleranceSeconds) ?? verified(by);
	};
}

function keyFetch(name: string, host: string, body: Readonly<Record<string, string>>): NeededFetch {
	return {
		name,
		method: "POST",
		url: `https://${host}/webhook_verification_key/get`,
		hosts: [host],
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
		maxBytes: 65_536,
		keepSeconds: KEEP_SECONDS,
	};
}

/** Null where there is none, or it has expired. */
function keyOf(answer: Uint8Array): KeyObject | null {
	try {
		const key = memberOf(JSON.parse(textOf(answer) ?? ""), "key");
		if (typeof key !== "object" || key === null || typeof memberOf(key, "expired_at") === "number") return null;
		return createPublicKey({ key: key as JsonWebKey, format: "jwk" });
	} catch {
		return null;
	}
}
