import type { BasicScheme, TokenScheme } from "../../connectors/scheme";
import { type Check, type LiveSecret, rejected, verified } from "./check";
import { decode } from "./decode";
import { equalBytes, tokenDigest } from "./equal";
import { find, whereOf } from "./reading";
import { usable } from "./signed";

/** @returns null where there is no secret */
export function tokenCheck({ in: place, prefix = "" }: TokenScheme, secrets: readonly LiveSecret[]): Check | null {
	const where = whereOf(place);
	const keys = usable(secrets, ({ text }) => tokenDigest(text));
	if (keys === null) return null;
	return (reading) => {
		const found = find(place, reading);
		if (found.status === "missing") return rejected({ kind: "signature_missing", looked: where });
		if (found.status === "doubled") return rejected({ kind: "doubled", where });
		const [value = ""] = found.values;
		if (value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase())
			return rejected({ kind: "malformed", where, length: value.length });
		// All have to be the same secret, so one digest tells, of a list of any length.
		const isOne = found.values.every((other) => other === value);
		const digest = tokenDigest(value.slice(prefix.length));
		const by = isOne ? keys.find(({ key }) => equalBytes(digest, key)) : undefined;
		return by ? verified(by.index) : rejected({ kind: "no_match", where, candidates: found.values.length, secrets: secrets.length });
	};
}

/** Secrets are `user:password`; one without a colon is no such pair. @returns null where there is none */
export function basicCheck(_scheme: BasicScheme, secrets: readonly LiveSecret[]): Check | null {
	const where = "header authorization";
	const keys = usable(secrets, ({ text }) => (text.includes(":") ? tokenDigest(text) : null));
	if (keys === null) return null;
	return (reading) => {
		const found = find({ header: "authorization" }, reading);
		if (found.status === "missing") return rejected({ kind: "signature_missing", looked: where });
		if (found.status === "doubled") return rejected({ kind: "doubled", where });
		const [value = ""] = found.values;
		const bytes = /^basic /i.test(value) ? decode(value.slice("basic ".length), "base64") : null;
		if (bytes === null) return rejected({ kind: "malformed", where, length: value.length });
		const digest = tokenDigest(bytes);
		const by = keys.find(({ key }) => equalBytes(digest, key));
		return by ? verified(by.index) : rejected({ kind: "no_match", where, candidates: 1, secrets: secrets.length });
	};
}
