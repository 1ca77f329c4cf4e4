import { createHmac } from "node:crypto";
import type { Answered } from "../answered";
import { type Check, type LiveSecret, rejected, verified } from "../check";
import { decode } from "../decode";
import { equalBytes } from "../equal";
import { keyBytes } from "../keys";
import { find, formFault } from "../reading";
import { usable } from "../signed";

const WHERE = "form field bt_signature";
/** Pairs of public key and signature, one for each key of the account. */
const PAIRS_MAX = 20;
/** Only the payload is signed: another field beside these two is nobody's word. */
const FIELDS: readonly string[] = ["bt_signature", "bt_payload"];
/** Base64, as it stands in the form; line ends belong to what is signed. */
const PAYLOAD = /^[A-Za-z0-9+=/\n]+$/;

/**
 * A form of two fields; the secret is the private key, and the payload is signed as it stands in its field.
 * @param answered what Braintree's question whether the URL is ours may hold, which is answered with a pair just like these
 */
export function braintree(secrets: readonly LiveSecret[], answered: Answered | null): Check | null {
	const keys = usable(secrets, ({ text }) => keyBytes(text, { as: "sha1" }));
	if (keys === null) return null;
	return (reading) => {
		if (reading.form() === null) return rejected({ kind: "signature_missing", looked: formFault(reading) });
		const signatures = find({ form: "bt_signature" }, reading);
		const payload = find({ form: "bt_payload" }, reading);
		if (signatures.status === "missing") return rejected({ kind: "signature_missing", looked: WHERE });
		if (payload.status === "missing") return rejected({ kind: "part_missing", where: "form field bt_payload" });
		if (signatures.status === "doubled" || payload.status === "doubled") return rejected({ kind: "doubled", where: WHERE });
		const [value = ""] = signatures.values;
		const [text = ""] = payload.values;
		const other = reading.form()?.find(([name]) => !FIELDS.includes(name));
		if (other) return rejected({ kind: "malformed", where: "form: it has more fields than Braintree sends", length: other[1].length });
		if (!PAYLOAD.test(text) || answered?.(text))
			return rejected({ kind: "malformed", where: "form field bt_payload", length: text.length });
		const pairs = value.split("&");
		const decoded = pairs.length > PAIRS_MAX ? [] : pairs.map((pair) => decode(pair.slice(pair.indexOf("|") + 1), "hex"));
		const candidates = decoded.filter((bytes) => bytes !== null);
		if (candidates.length === 0 || candidates.length < decoded.length) {
			return rejected({ kind: "malformed", where: WHERE, length: value.length });
		}
		for (const { key, index } of keys) {
			// Some of Braintree's own libraries strip the last line end before the payload is posted.
			const expected = [text, `${text}\n`].map((signed) => createHmac("sha1", key).update(signed).digest());
			if (candidates.some((candidate) => expected.some((own) => equalBytes(candidate, own)))) return verified(index);
		}
		return rejected({ kind: "no_match", where: WHERE, candidates: candidates.length, secrets: secrets.length });
	};
}
