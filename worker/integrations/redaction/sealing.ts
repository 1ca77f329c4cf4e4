import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { keyOf, newestVersion, oldestVersion, type VaultKeys } from "../../connections/vault";

/**
 * Sealing what is kept only until an execution has ended: AES-256-GCM under a key that is derived for each value anew
 * from the vault's newest key. Without waiting, since an event that needs none of this must not wait either.
 */

/** Whose it is. Bound into the encryption: elsewhere it does not open. */
export interface Holder {
	workspaceId: string;
	integrationId: string;
}

/** What it is: the one does not open as the other. */
export type SealedKind = "event" | "outputs" | "refused";

/** Sealed with a key that VAULT_KEYS does not list: it opens again when the key is back. */
export class KeyMissing extends Error {
	constructor(readonly version: number) {
		super(`VAULT_KEYS holds no key of version ${version}`);
	}
}

const FORMAT = "inlet-sealed-1";
const VERSION_BYTES = 4;
const ID_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = VERSION_BYTES + ID_BYTES + IV_BYTES;

/** @returns version of the key, random id, IV, ciphertext and tag in one */
export function sealBytes(keys: VaultKeys, holder: Holder, kind: SealedKind, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const version = newestVersion(keys);
	const head = new Uint8Array(HEAD_BYTES);
	new DataView(head.buffer).setUint32(0, version);
	head.set(randomBytes(ID_BYTES + IV_BYTES), VERSION_BYTES);
	const id = head.subarray(VERSION_BYTES, VERSION_BYTES + ID_BYTES);
	const cipher = createCipheriv("aes-256-gcm", derive(keys, version, holder, id), head.subarray(HEAD_BYTES - IV_BYTES));
	cipher.setAAD(bind(holder, kind, head));
	const sealed = new Uint8Array(HEAD_BYTES + bytes.length + TAG_BYTES);
	sealed.set(head);
	sealed.set(cipher.update(bytes), HEAD_BYTES);
	cipher.final();
	sealed.set(cipher.getAuthTag(), HEAD_BYTES + bytes.length);
	return sealed;
}

/** @throws KeyMissing; Error where anything was changed or moved */
export function openBytes(keys: VaultKeys, holder: Holder, kind: SealedKind, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
	if (sealed.length < HEAD_BYTES + TAG_BYTES) throw new Error("too short to be sealed");
	const head = sealed.subarray(0, HEAD_BYTES);
	const version = new DataView(sealed.buffer, sealed.byteOffset).getUint32(0);
	const id = head.subarray(VERSION_BYTES, VERSION_BYTES + ID_BYTES);
	const decipher = createDecipheriv("aes-256-gcm", derive(keys, version, holder, id), head.subarray(HEAD_BYTES - IV_BYTES));
	decipher.setAAD(bind(holder, kind, head));
	decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
	const opened = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
	decipher.final();
	const bytes = new Uint8Array(opened.length);
	bytes.set(opened);
	return bytes;
}

/**
 * A stand-in for a value that must not be kept: the same for the same value, and nobody without the key can try values
 * out. By the oldest key, so that it stays the same when a new one comes.
 */
export function standIn(keys: VaultKeys, holder: Holder, value: string): string {
	const key = derive(keys, oldestVersion(keys), holder, new TextEncoder().encode("stand-in"));
	return createHmac("sha256", key).update(value).digest("hex").slice(0, 32);
}

function derive(keys: VaultKeys, version: number, { workspaceId, integrationId }: Holder, salt: Uint8Array): Uint8Array {
	const key = keyOf(keys, version);
	if (key === null) throw new KeyMissing(version);
	return new Uint8Array(hkdfSync("sha256", key, salt, JSON.stringify([FORMAT, workspaceId, integrationId]), 32));
}

/** JSON keeps the parts apart, whatever they hold. */
function bind({ workspaceId, integrationId }: Holder, kind: SealedKind, head: Uint8Array): Uint8Array {
	const context = new TextEncoder().encode(JSON.stringify([FORMAT, workspaceId, integrationId, kind]));
	const bound = new Uint8Array(head.length + context.length);
	bound.set(head);
	bound.set(context, head.length);
	return bound;
}
