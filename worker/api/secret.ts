/** Random text of 32 bytes in base64url, behind a prefix that scanners of leaked secrets can find. */
export function newSecret(prefix: string): string {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return `${prefix}_${btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace("=", "")}`;
}

/** SHA-256 in hex. The secrets hashed here are long and random, so no salt and no slow hash is needed. */
export async function hashSecret(secret: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
