import type { BespokeScheme } from "../../../connectors/scheme";
import { type Check, type LiveSecret, rejected, withinWindow } from "../check";
import { isSignedBy } from "../keys";
import { find, type Reading } from "../reading";
import { candidatesOf } from "../signature-field";
import { usable } from "../signed";
import { signedAtOf } from "../timestamp";
import { certificateKey } from "./certificate";
import { crc32 } from "./crc32";

const SIGNATURE = { in: { header: "paypal-transmission-sig" }, encoding: "base64" } as const;
const CERTIFICATE = { hosts: /^api(-m)?(\.sandbox)?\.paypal\.com$/, path: /^\/v1\/notifications\/certs\/[A-Za-z0-9-]{1,100}$/ };
/** PayPal repeats a delivery for three days. */
const REPEATED_SECONDS = 3 * 86_400 + 3_600;

/** The secret is the webhook's id: it is signed along, and says that the delivery is for this webhook. */
export function paypal({ toleranceSeconds = REPEATED_SECONDS }: BespokeScheme, secrets: readonly LiveSecret[]): Check | null {
	const webhookIds = usable(secrets, ({ text }) => text.trim());
	if (webhookIds === null) return null;
	return (reading, now, fetched) => {
		const candidates = candidatesOf(SIGNATURE, reading);
		if (candidates.status === "rejected") return candidates;
		const [signature] = candidates.signatures;
		const timestamp = { in: { header: "paypal-transmission-time" }, unit: "iso", toleranceSeconds } as const;
		const signedAt = signedAtOf(timestamp, candidates.pairs, reading);
		if (signedAt.status === "rejected") return signedAt;
		const [id, certificateUrl, algorithm] = ["paypal-transmission-id", "paypal-cert-url", "paypal-auth-algo"].map((name) =>
			text(name, reading),
		);
		if (!id || !certificateUrl || !signature)
			return rejected({ kind: "part_missing", where: "header paypal-transmission-id or paypal-cert-url" });
		if (algorithm !== "SHA256withRSA") return rejected({ kind: "algorithm_refused", algorithm: algorithm?.slice(0, 20) ?? "none" });
		const certificate = certificateKey(certificateUrl, CERTIFICATE, now, fetched);
		if (certificate.status !== "key") return certificate;
		const sum = reading.once(checksum);
		const by = webhookIds.find(({ key: webhookId }) =>
			isSignedBy(certificate.key, "sha256", `${id}|${signedAt.text}|${webhookId}|${sum}`, signature),
		);
		if (by === undefined) return rejected({ kind: "no_match", where: candidates.where, candidates: 1, secrets: secrets.length });
		return withinWindow(by.index, signedAt, now, toleranceSeconds);
	};
}

const checksum = ({ bytes }: Reading): number => crc32(bytes);

function text(name: string, reading: Reading): string | null {
	const found = find({ header: name }, reading);
	return found.status === "found" ? (found.values[0] ?? null) : null;
}
