import { Buffer } from "node:buffer";
import type { VaultKeys } from "../../connections/vault";
import { keySource } from "../key-source";
import { laneOf } from "../lane";
import type { OrderingSettings } from "../settings";
import { hideCredentials, type Proof } from "./credentials";
import { type Maskable, maskEvent } from "./event";
import { Findings, MASK } from "./findings";
import type { Pattern } from "./patterns";
import { NO_REDACTION, type Redaction } from "./rules";
import { type Holder, openBytes, sealBytes, standIn } from "./sealing";

/** What of an arriving event is kept for good, and what only until its execution has ended. */

/** What was masked, for people to read. */
export interface MaskNote {
	fields: string[];
	patterns: Pattern[];
	/** Nothing of the body is kept, since the fields in it could not be found. */
	bodyDropped: boolean;
	/** It is credentials alone, and none in the body: the event can be run without them. */
	onlyCredentials?: true;
}

export interface Keeping {
	redaction: Redaction | null;
	proof: Proof;
	keys: VaultKeys;
	holder: Holder;
	ordering: Pick<OrderingSettings, "mode" | "key">;
}

/** An event on its way in, with what was looked up in the full one. */
export interface Full extends Maskable {
	method: string;
	lane: string | null;
	duplicateKey: { key: string; also?: string; bodyHash: string; windowMs: number } | null;
	name?: string | null;
}

export type Kept<E extends Full> = E & { masked?: MaskNote; sealed?: Uint8Array<ArrayBuffer> };

/**
 * The event as it is kept: masked, with the full one sealed beside it. What was computed from the full one stays usable and
 * shows nothing: a lane or a hash of masked values becomes a keyed hash.
 */
export function keep<E extends Full>(event: E, { redaction, proof, keys, holder, ordering }: Keeping): Kept<E> {
	const hidden = hideCredentials(event, proof);
	if (hidden === null && redaction === null) return event;
	const { masked, findings } = redaction
		? maskEvent(hidden?.shown ?? event, redaction)
		: { masked: hidden?.shown ?? event, findings: new Findings() };
	const { duplicateKey, name, lane } = event;
	const kept: Kept<E> = { ...masked };
	if (duplicateKey !== null && redaction !== null) {
		// Whoever reads them could try values out until one fits.
		const [key, bodyHash] = [standIn(keys, holder, duplicateKey.key), standIn(keys, holder, duplicateKey.bodyHash)];
		const also = duplicateKey.also && standIn(keys, holder, duplicateKey.also);
		kept.duplicateKey = { ...duplicateKey, key, bodyHash, ...(also && { also }) };
	}
	if (hidden === null && !findings.any) return kept;
	for (const value of hidden?.values ?? []) findings.value(value);
	if (lane !== null && lane !== laneOf(ordering, keySource(masked))) kept.lane = maskedLane(standIn(keys, holder, lane));
	if (name) kept.name = findings.values.has(name) || findings.short.has(name) ? MASK : findings.maskText(name, redaction?.patterns ?? []);
	const { places = [], values = [], full = event } = hidden ?? {};
	if (places.length === 0 && !findings.any) return kept;
	kept.masked = noteOf(findings, places);
	kept.sealed = sealBytes(keys, holder, "event", pack(full, { redaction: redaction ?? NO_REDACTION, credentials: values }));
	return kept;
}

/** In the form of all lanes of keys, so that it is shown as one. */
const maskedLane = (hash: string): string => JSON.stringify([`${MASK} ${hash}`]);

/** @param credentials where one stood */
export function noteOf(findings: Findings, credentials: readonly string[] = []): MaskNote {
	const { fields, patterns, bodyDropped } = findings;
	const note = { fields: [...new Set([...fields, ...credentials])].sort(), patterns: [...patterns].sort(), bodyDropped };
	const onlyCredentials = !findings.any && !credentials.includes("event.body");
	return onlyCredentials ? { ...note, onlyCredentials } : note;
}

/** What is sealed of a request, beside its parts. */
interface Sealing {
	redaction: Redaction;
	/** Values in it that are credentials. */
	credentials: readonly string[];
}

/** A request that was sealed, with the redaction by which it is masked. */
export interface Opened extends Maskable, Sealing {}

/** @throws KeyMissing; Error where it was changed or moved */
export function openEvent(keys: VaultKeys, holder: Holder, sealed: Uint8Array): Opened {
	return unpack(openBytes(keys, holder, "event", sealed));
}

/** A refused request as it came, so that it can be said why: see `openRefused`. */
export function sealRefused(keys: VaultKeys, holder: Holder, request: Maskable): string {
	const packed = pack(request, { redaction: NO_REDACTION, credentials: [] });
	return Buffer.from(sealBytes(keys, holder, "refused", packed)).toString("base64");
}

/** @throws KeyMissing; Error where it was changed or moved */
export function openRefused(keys: VaultKeys, holder: Holder, sealed: string): Maskable {
	return unpack(openBytes(keys, holder, "refused", new Uint8Array(Buffer.from(sealed, "base64"))));
}

function unpack(bytes: Uint8Array<ArrayBuffer>): Opened {
	const headBytes = new DataView(bytes.buffer).getUint32(0);
	const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headBytes))) as Omit<Opened, "body">;
	return { ...head, credentials: head.credentials ?? [], body: bytes.slice(4 + headBytes).buffer };
}

/** Length of the JSON, the JSON, the body. */
function pack({ path, query, headers, body }: Maskable, sealing: Sealing): Uint8Array {
	const head = Buffer.from(JSON.stringify({ ...sealing, path, query, headers } satisfies Omit<Opened, "body">));
	const packed = new Uint8Array(4 + head.length + body.byteLength);
	new DataView(packed.buffer).setUint32(0, head.length);
	packed.set(head, 4);
	packed.set(new Uint8Array(body), 4 + head.length);
	return packed;
}
