import { Buffer } from "node:buffer";
import { type KeyObject, X509Certificate } from "node:crypto";
import { rejected } from "../check";
import type { Fetched, NeededFetch, Needs, Rejected } from "../verdict";

/** Bytes that a certificate with its chain has at most. */
const CERTIFICATE_MAX_BYTES = 65_536;
const KEEP_SECONDS = 3_600;

/**
 * The RSA key of a certificate that a delivery names by its URL. The URL is believed only where host and path are the
 * sender's own; TLS then says whose certificate it is.
 * @returns what must be fetched first, or why it is refused
 */
export function certificateKey(
	url: string,
	from: { hosts: RegExp; path: RegExp },
	now: number,
	fetched: Fetched,
): { status: "key"; key: KeyObject } | Needs | Rejected {
	const pinned = URL.canParse(url) ? new URL(url) : null;
	const refused = rejected({ kind: "key_refused", where: "the certificate's URL" });
	if (pinned?.protocol !== "https:" || pinned.port !== "" || pinned.username !== "" || pinned.search !== "" || pinned.hash !== "")
		return refused;
	if (!from.hosts.test(pinned.hostname) || !from.path.test(pinned.pathname)) return refused;
	const name = `certificate ${pinned.href}`;
	const bytes = fetched.get(name);
	if (bytes === undefined) {
		const needed: NeededFetch = {
			name,
			method: "GET",
			url: pinned.href,
			hosts: [pinned.hostname],
			headers: {},
			maxBytes: CERTIFICATE_MAX_BYTES,
			keepSeconds: KEEP_SECONDS,
		};
		return { status: "needs", fetch: needed };
	}
	if (bytes === null) return rejected({ kind: "key_unavailable", where: pinned.hostname });
	const key = rsaKey(bytes, now);
	return key ? { status: "key", key } : rejected({ kind: "key_refused", where: "the certificate" });
}

/** Null where it is no certificate of an RSA key, or out of its time. */
function rsaKey(pem: Uint8Array, now: number): KeyObject | null {
	try {
		const certificate = new X509Certificate(Buffer.from(pem));
		const inTime = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
		const key = certificate.publicKey;
		return inTime && key.asymmetricKeyType === "rsa" ? key : null;
	} catch {
		return null;
	}
}
