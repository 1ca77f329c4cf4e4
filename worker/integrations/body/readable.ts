/** Bytes for people and for JSON: as text where they are text, else as base64. */

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The text of UTF-8 bytes, else their base64; NUL counts as not being text. */
export function readableOrBase64(bytes: Uint8Array): string {
	return textOrNull(bytes) ?? base64(bytes);
}

/** The text, or null where the bytes are not UTF-8. */
export function textOrNull(bytes: Uint8Array): string | null {
	try {
		const decoded = utf8.decode(bytes);
		return decoded.includes("\u0000") ? null : decoded;
	} catch {
		return null;
	}
}

/** The bytes of base64, with or without padding, of the alphabet of URLs too. @throws where it is not base64 */
export function fromBase64(text: string): Uint8Array {
	return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

export function base64(bytes: Uint8Array): string {
	const pieces: string[] = [];
	for (let at = 0; at < bytes.length; at += 0x6000) pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
	return pieces.join("");
}
