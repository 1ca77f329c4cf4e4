import { Buffer } from "node:buffer";

/**
 * Envelope encryption of credentials: each is sealed with a data key of its own (AES-256-GCM, fresh 96-bit IV), and that
 * key is wrapped by a key-encryption key which lives outside the storage and has a version. A new version re-wraps the
 * data key and leaves the credential itself alone.
 */

/** Key-encryption keys by version, newest first: `2:<64 hex>,1:<64 hex>`. */
export type VaultKeys = string;

/** Whom the sealed value is for. Bound into the encryption: elsewhere it does not open. */
export interface Purpose {
	workspaceId: string;
	/** The object that keeps it. */
	holder: string;
	field: string;
	/** What the credential may be used for; changing it without the secret makes it unreadable. */
	terms: string;
}

/** All in base64, ready to be stored. */
export interface Sealed {
	/** Of the key-encryption key. */
	keyVersion: number;
	wrappedKey: string;
	wrapIv: string;
	iv: string;
	ciphertext: string;
}

const FORMAT = "inlet-vault-1";
const KEY_BYTES = 32;
const IV_BYTES = 12;

export async function seal(keys: VaultKeys, secret: string, purpose: Purpose): Promise<Sealed> {
	const dataKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const algorithm = { name: "AES-GCM", iv, additionalData: bind(purpose, "value") };
	const ciphertext = await crypto.subtle.encrypt(algorithm, await importKey(dataKey), new TextEncoder().encode(secret));
	const sealed = { ...(await wrap(keys, dataKey, purpose)), iv: toBase64(iv), ciphertext: toBase64(new Uint8Array(ciphertext)) };
	dataKey.fill(0);
	return sealed;
}

/** The secret. Throws where anything was changed, moved or sealed with a key that is not listed. */
export async function open(keys: VaultKeys, sealed: Sealed, purpose: Purpose): Promise<string> {
	const dataKey = await unwrap(keys, sealed, purpose);
	const algorithm = { name: "AES-GCM", iv: fromBase64(sealed.iv), additionalData: bind(purpose, "value") };
	const secret = await crypto.subtle.decrypt(algorithm, await importKey(dataKey), fromBase64(sealed.ciphertext));
	return new TextDecoder().decode(secret);
}

/** The same credential under the newest key, or null where it is there already. */
export async function rewrap(keys: VaultKeys, sealed: Sealed, purpose: Purpose): Promise<Sealed | null> {
	if (sealed.keyVersion === newestOf(keys).version) return null;
	const dataKey = await unwrap(keys, sealed, purpose);
	return { ...sealed, ...(await wrap(keys, dataKey, purpose)) };
}

/** The version of the key that seals from now on. */
export const newestVersion = (keys: VaultKeys): number => newestOf(keys).version;

/** The version of the key that is there the longest. */
export const oldestVersion = (keys: VaultKeys): number => readKeys(keys).at(-1)?.version ?? newestVersion(keys);

/** The key of this version; null where it is not listed. */
export const keyOf = (keys: VaultKeys, version: number): Uint8Array | null =>
	readKeys(keys).find((key) => key.version === version)?.bytes ?? null;

async function wrap(
	keys: VaultKeys,
	dataKey: Uint8Array<ArrayBuffer>,
	purpose: Purpose,
): Promise<Pick<Sealed, "keyVersion" | "wrappedKey" | "wrapIv">> {
	const newest = newestOf(keys);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const algorithm = { name: "AES-GCM", iv, additionalData: bind(purpose, `key ${newest.version}`) };
	const wrapped = await crypto.subtle.encrypt(algorithm, await importKey(newest.bytes), dataKey);
	return { keyVersion: newest.version, wrappedKey: toBase64(new Uint8Array(wrapped)), wrapIv: toBase64(iv) };
}

async function unwrap(keys: VaultKeys, sealed: Sealed, purpose: Purpose): Promise<Uint8Array<ArrayBuffer>> {
	const key = readKeys(keys).find(({ version }) => version === sealed.keyVersion);
	if (key === undefined) throw new Error(`VAULT_KEYS holds no key of version ${sealed.keyVersion}`);
	const algorithm = { name: "AES-GCM", iv: fromBase64(sealed.wrapIv), additionalData: bind(purpose, `key ${sealed.keyVersion}`) };
	return new Uint8Array(await crypto.subtle.decrypt(algorithm, await importKey(key.bytes), fromBase64(sealed.wrappedKey)));
}

/** JSON keeps the parts apart, whatever they hold. */
function bind(purpose: Purpose, part: string): Uint8Array {
	const { workspaceId, holder, field, terms } = purpose;
	return new TextEncoder().encode(JSON.stringify([FORMAT, workspaceId, holder, field, terms, part]));
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function newestOf(keys: VaultKeys): { version: number; bytes: Uint8Array<ArrayBuffer> } {
	const [newest] = readKeys(keys);
	if (newest === undefined) throw new Error("VAULT_KEYS holds no key");
	return newest;
}

function readKeys(keys: VaultKeys): { version: number; bytes: Uint8Array<ArrayBuffer> }[] {
	return keys.split(",").map((entry) => {
		const match = /^\s*(\d{1,6}):([0-9a-f]{64})\s*$/.exec(entry);
		if (!match?.[1] || !match[2]) throw new Error("VAULT_KEYS must read `<version>:<64 hex>`, several joined by commas");
		return { version: Number(match[1]), bytes: bytesOf(Buffer.from(match[2], "hex")) };
	});
}

function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("base64");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	return bytesOf(Buffer.from(text, "base64"));
}

function bytesOf(buffer: Buffer): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(buffer.length);
	bytes.set(buffer);
	return bytes;
}
