import type { BespokeScheme } from "../../../connectors/scheme";
import { type Check, type LiveSecret, rejected, withinWindow } from "../check";
import { find, type Reading } from "../reading";
import { candidatesOf } from "../signature-field";
import { matcherOf } from "../signed";
import { signedAtOf } from "../timestamp";

const SIGNATURE = { in: { header: "x-signature" }, pairs: ",", signature: "v1", encoding: "hex" } as const;
/** Twelve digits and more are milliseconds: both have been sent. */
const MILLISECONDS = /^\d{12,}$/;

/** `id:…;request-id:…;ts:…;` without the parts that are not there. The body is not protected. */
export function mercadoPago({ toleranceSeconds = 300 }: BespokeScheme, secrets: readonly LiveSecret[]): Check | null {
	const matcher = matcherOf({ kind: "hmac", digest: "sha256", signature: SIGNATURE, message: [] }, secrets);
	if (matcher === null) return null;
	return (reading, now) => {
		const candidates = candidatesOf(SIGNATURE, reading);
		if (candidates.status === "rejected") return candidates;
		const unit = MILLISECONDS.test(candidates.pairs.get("ts") ?? "") ? "milliseconds" : "seconds";
		const signedAt = signedAtOf({ in: { pair: "ts" }, unit, toleranceSeconds }, candidates.pairs, reading);
		if (signedAt.status === "rejected") return signedAt;
		const id = one({ query: "data.id" }, reading);
		const requestId = one({ header: "x-request-id" }, reading);
		if (id === DOUBLED || requestId === DOUBLED) return rejected({ kind: "doubled", where: "data.id or x-request-id" });
		// It ends a part: an id with one in it could stand for two parts that were signed.
		if (id?.includes(";") || requestId?.includes(";"))
			return rejected({ kind: "malformed", where: "data.id or x-request-id", length: (id ?? "").length + (requestId ?? "").length });
		const after = `${requestId === null ? "" : `request-id:${requestId};`}ts:${signedAt.text};`;
		// The documentation has the id in small letters, the libraries as it came: ids with letters arrive either way.
		const texts = id === null ? [after] : [...new Set([id, id.toLowerCase()])].map((each) => `id:${each};${after}`);
		for (const text of texts) {
			const by = matcher([text], candidates.signatures);
			if (by !== null) return withinWindow(by, signedAt, now, toleranceSeconds);
		}
		const { signatures, where } = candidates;
		return rejected({ kind: "no_match", where, candidates: signatures.length, secrets: secrets.length });
	};
}

const DOUBLED = Symbol("doubled");

function one(place: { query: string } | { header: string }, reading: Reading): string | null | typeof DOUBLED {
	const found = find(place, reading);
	if (found.status === "doubled") return DOUBLED;
	return found.status === "found" ? (found.values[0] ?? null) : null;
}
