import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Check, type LiveSecret, rejected, verified } from "../check";
import { decode } from "../decode";
import { equalBytes } from "../equal";
import { find, formFault, header, type Reading } from "../reading";
import { candidatesOf } from "../signature-field";
import { matcherOf } from "../signed";

const SIGNATURE = { in: { header: "x-twilio-signature" }, encoding: "base64" } as const;

/**
 * The URL with the form's fields behind it; for any other body its digest stands in the URL. Signed with the standard
 * port in the URL or without it.
 */
export function twilio(secrets: readonly LiveSecret[]): Check | null {
	const matcher = matcherOf({ kind: "hmac", digest: "sha1", signature: SIGNATURE, message: [] }, secrets);
	if (matcher === null) return null;
	return (reading) => {
		const candidates = candidatesOf(SIGNATURE, reading);
		if (candidates.status === "rejected") return candidates;
		const fields = signedFields(reading);
		if (fields === null) return rejected({ kind: "part_missing", where: isForm(reading) ? formFault(reading) : "query field bodySHA256" });
		for (const url of withAndWithoutPort(reading.request.url)) {
			const by = matcher([url, fields], candidates.signatures);
			if (by !== null) return verified(by);
		}
		return rejected({ kind: "no_match", where: candidates.where, candidates: 1, secrets: secrets.length });
	};
}

function isForm(reading: Reading): boolean {
	const type = header("content-type", reading);
	return type.status === "found" && /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type.values[0] ?? "");
}

/** Null where nothing binds the body. */
function signedFields(reading: Reading): string | Uint8Array | null {
	if (isForm(reading)) return reading.once(formText);
	const digest = find({ query: "bodySHA256" }, reading);
	if (digest.status !== "found") return digest.status === "missing" && reading.bytes.byteLength === 0 ? "" : null;
	const claimed = decode(digest.values[0] ?? "", "hex");
	return claimed !== null && equalBytes(claimed, createHash("sha256").update(reading.bytes).digest()) ? "" : null;
}

/** Sorted by name; of one name each value once, sorted. */
function formText(reading: Reading): Uint8Array | null {
	const fields = reading.form();
	if (fields === null) return null;
	const values = new Map<string, Set<string>>();
	for (const [name, value] of fields) values.set(name, (values.get(name) ?? new Set()).add(value));
	const text = [...values.keys()]
		.toSorted()
		.map((name) =>
			[...(values.get(name) ?? [])]
				.toSorted()
				.map((value) => name + value)
				.join(""),
		)
		.join("");
	return Buffer.from(text);
}

function withAndWithoutPort(url: string): string[] {
	const [, scheme = "", host = "", rest = ""] = /^(https?:\/\/)([^/?#]*)(.*)$/s.exec(url) ?? [];
	const bare = host.replace(/:\d+$/, "");
	const port = bare === host ? (scheme === "https://" ? ":443" : ":80") : host.slice(bare.length);
	return [`${scheme}${bare}${rest}`, `${scheme}${bare}${port}${rest}`];
}
