import type { BespokeScheme } from "../../../connectors/scheme";
import type { Check, LiveSecret } from "../check";
import { signedCheck } from "../signed";

/** What HubSpot writes plainly in the URL that it signs, whatever was sent. */
const PLAIN = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** Version 3: method, URL with a dozen escapes undone, body and time. */
export function hubspot({ toleranceSeconds = 300 }: BespokeScheme, secrets: readonly LiveSecret[]): Check | null {
	const check = signedCheck(
		{
			kind: "hmac",
			digest: "sha256",
			signature: { in: { header: "x-hubspot-signature-v3" }, encoding: "base64" },
			timestamp: { in: { header: "x-hubspot-request-timestamp" }, unit: "milliseconds", toleranceSeconds },
			message: ["method", "url", "body", "timestamp"],
		},
		secrets,
		{},
	);
	if (check === null) return null;
	return (reading, now, fetched) => {
		const url = reading.request.url.replace(PLAIN, decodeURIComponent);
		return check(
			reading.at(() => url),
			now,
			fetched,
		);
	};
}
