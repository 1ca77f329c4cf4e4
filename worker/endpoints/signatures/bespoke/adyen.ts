import { createHmac } from "node:crypto";
import { type Check, type LiveSecret, rejected, verified } from "../check";
import { decode } from "../decode";
import { equalBytes } from "../equal";
import { keyBytes } from "../keys";
import { memberOf, scalarText } from "../reading";
import { usable } from "../signed";

const WHERE = "body field additionalData.hmacSignature";
/** Items of one delivery; Adyen sends one to six. */
const ITEMS_MAX = 100;

/** Each item carries its own signature, over eight of its fields; one bad item spoils the delivery. */
export function adyen(secrets: readonly LiveSecret[]): Check | null {
	const keys = usable(secrets, ({ text }) => keyBytes(text, { as: "hex" }));
	if (keys === null) return null;
	return (reading) => {
		const items = memberOf(reading.json(), "notificationItems");
		if (!Array.isArray(items) || items.length === 0 || items.length > ITEMS_MAX)
			return rejected({ kind: "signature_missing", looked: WHERE });
		const signed: { text: string; signature: Uint8Array }[] = [];
		for (const each of items) {
			const item = memberOf(each, "NotificationRequestItem");
			const signature = memberOf(memberOf(item, "additionalData"), "hmacSignature");
			if (typeof signature !== "string" || signature === "") return rejected({ kind: "signature_missing", looked: WHERE });
			const bytes = decode(signature, "base64");
			if (bytes === null) return rejected({ kind: "malformed", where: WHERE, length: signature.length });
			const text = signedText(item);
			if (text === null) return rejected({ kind: "malformed", where: "body field NotificationRequestItem", length: signature.length });
			signed.push({ text, signature: bytes });
		}
		// One secret for all items: a delivery is made by one account.
		const by = keys.find(({ key }) =>
			signed.every(({ text, signature }) => equalBytes(createHmac("sha256", key).update(text).digest(), signature)),
		);
		return by ? verified(by.index) : rejected({ kind: "no_match", where: WHERE, candidates: signed.length, secrets: secrets.length });
	};
}

/** Fields by which an item is recognized, which Adyen writes as texts: as a number or boolean they would sign the same. */
const TEXTS = ["pspReference", "eventCode", "success"];

/**
 * Null where a field is another than it seems. They are joined by colons, so that one within a field could end it somewhere
 * else: only the merchant's own reference may hold some, which says where it ends while no other does.
 */
function signedText(item: unknown): string | null {
	for (const name of TEXTS) if (typeof (memberOf(item, name) ?? "") !== "string") return null;
	const amount = memberOf(item, "amount");
	const textOf = (field: unknown): string => scalarText(field) ?? "";
	const before = ["pspReference", "originalReference", "merchantAccountCode"].map((name) => textOf(memberOf(item, name)));
	const after = [memberOf(amount, "value"), memberOf(amount, "currency"), memberOf(item, "eventCode"), memberOf(item, "success")].map(
		textOf,
	);
	if ([...before, ...after].some((text) => text.includes(":"))) return null;
	return [...before, textOf(memberOf(item, "merchantReference")), ...after].join(":");
}
