import type { BespokeScheme } from "../../../connectors/scheme";
import { type Check, type LiveSecret, rejected, withinWindow } from "../check";
import { decode } from "../decode";
import { equalBytes, tokenDigest } from "../equal";
import { isSignedBy } from "../keys";
import { memberOf, scalarText } from "../reading";
import { usable } from "../signed";
import { millisecondsOf, stepOf } from "../timestamp";
import { certificateKey } from "./certificate";

const CERTIFICATE = {
	hosts: /^sns\.[a-z]{2}(-[a-z]{1,12}){1,3}-\d{1,2}\.amazonaws\.com(\.cn)?$/,
	path: /^\/SimpleNotificationService-[0-9a-f]{1,64}\.pem$/,
};
const WHERE = "body field Signature";
const NOTIFICATION = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const SUBSCRIPTION = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
const FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map([
	["Notification", NOTIFICATION],
	["SubscriptionConfirmation", SUBSCRIPTION],
	["UnsubscribeConfirmation", SUBSCRIPTION],
]);
/** By signature version. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
	["1", "sha1"],
	["2", "sha256"],
]);
/** An hour is the longest that SNS goes on repeating. */
const REPEATED_SECONDS = 3_600 + 300;

/**
 * The secret is the topic's ARN: anybody can have SNS sign a message of theirs, so only that it is of this topic says
 * who sent it.
 */
export function sns({ toleranceSeconds = REPEATED_SECONDS }: BespokeScheme, secrets: readonly LiveSecret[]): Check | null {
	const topics = usable(secrets, ({ text }) => (text.trim().startsWith("arn:aws") ? tokenDigest(text.trim()) : null));
	if (topics === null) return null;
	return (reading, now, fetched) => {
		const message = reading.json();
		const member = (name: string) => memberOf(message, name);
		const signature = member("Signature");
		if (typeof signature !== "string") return rejected({ kind: "signature_missing", looked: WHERE });
		const bytes = decode(signature, "base64");
		if (bytes === null) return rejected({ kind: "malformed", where: WHERE, length: signature.length });
		const topic = member("TopicArn");
		const by = typeof topic === "string" ? topics.find(({ key }) => equalBytes(key, tokenDigest(topic))) : undefined;
		if (by === undefined) return rejected({ kind: "claim_mismatch", claim: "TopicArn" });
		const version = scalarText(member("SignatureVersion")) ?? "none";
		const digest = DIGESTS.get(version);
		if (digest === undefined) return rejected({ kind: "algorithm_refused", algorithm: version.slice(0, 20) });
		const timestamp = member("Timestamp");
		const ms = typeof timestamp === "string" ? millisecondsOf(timestamp, "iso") : null;
		if (typeof timestamp !== "string" || ms === null) return rejected({ kind: "timestamp_malformed", where: "body field Timestamp" });
		const signed = signedText(message);
		if (signed === null) return rejected({ kind: "part_missing", where: "body" });
		const certificateUrl = member("SigningCertURL");
		const certificate = certificateKey(typeof certificateUrl === "string" ? certificateUrl : "", CERTIFICATE, now, fetched);
		if (certificate.status !== "key") return certificate;
		if (!isSignedBy(certificate.key, digest, signed, bytes)) {
			return rejected({ kind: "no_match", where: WHERE, candidates: 1, secrets: secrets.length });
		}
		return withinWindow(by.index, { ms, stepMs: stepOf(timestamp, "iso") }, now, toleranceSeconds);
	};
}

/** Name and value on a line each; a subject only where there is one. */
function signedText(message: unknown): string | null {
	const fields = FIELDS.get(memberOf(message, "Type"));
	if (fields === undefined) return null;
	let text = "";
	for (const name of fields) {
		const value = memberOf(message, name);
		if (typeof value === "string") text += `${name}\n${value}\n`;
		else if (name !== "Subject" || (value !== undefined && value !== null)) return null;
	}
	return text;
}
