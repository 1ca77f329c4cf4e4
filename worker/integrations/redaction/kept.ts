import { Buffer } from "node:buffer";
import type { VaultKeys } from "../../connections/vault";
import { keySource } from "../key-source";
import { laneOf } from "../lane";
import type { OrderingSettings } from "../settings";
import { type Maskable, maskEvent } from "./event";
import { MASK } from "./findings";
import type { Pattern } from "./patterns";
import type { Redaction } from "./rules";
import { type Holder, openBytes, sealBytes, standIn } from "./sealing";

/** What of an arriving event is kept for good, and what only until its execution has ended. */

/** What was masked, for people to read. */
export interface MaskNote {
	fields: string[];
	patterns: Pattern[];
	/** Nothing of the body is kept, since the fields in it could not be found. */
	bodyDropped: boolean;
}

export interface Keeping {
	redaction: Redaction;
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
export function keep<E extends Full>(event: E, { redaction, keys, holder, ordering }: Keeping): Kept<E> {
	const { masked, findings } = maskEvent(event, redaction);
	const { duplicateKey, name, lane } = event;
	const kept: Kept<E> = masked;
	if (duplicateKey !== null) {
		// Whoever reads them could try values out until one fits.
		const [key, bodyHash] = [standIn(keys, holder, duplicateKey.key), standIn(keys, holder, duplicateKey.bodyHash)];
		const also = duplicateKey.also && standIn(keys, holder, duplicateKey.also);
		kept.duplicateKey = { ...duplicateKey, key, bodyHash, ...(also && { also }) };
	}
	if (!findings.any) return kept;
	if (lane !== null && lane !== laneOf(ordering, keySource(masked))) kept.lane = maskedLane(standIn(keys, holder, lane));
	if (name) kept.name = findings.values.has(name) ? MASK : findings.maskText(name, redaction.patterns);
	kept.masked = noteOf(findings);
	kept.sealed = sealBytes(keys, holder, "event", pack(event, redaction));
	return kept;
}

/** In the form of all lanes of keys, so that it is shown as one. */
const maskedLane = (hash: string): string => JSON.stringify([`${MASK} ${hash}`]);

export function noteOf({ fields, patterns, bodyDropped }: ReturnType<typeof maskEvent>["findings"]): MaskNote {
	return { fields: [...fields].sort(), patterns: [...patterns].sort(), bodyDropped };
}

/** An event that was sealed, with the redaction by which it is masked. */
export interface Opened extends Maskable {
	redaction: Redaction;
}

/** @throws KeyMissing; Error where it was changed or moved */
export function openEvent(keys: VaultKeys, holder: Holder, sealed: Uint8Array): Opened {
	const bytes = openBytes(keys, holder, "event", sealed);
	const headBytes = new DataView(bytes.buffer).getUint32(0);
	const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headBytes))) as Omit<Opened, "body">;
	return { ...head, body: bytes.slice(4 + headBytes).buffer };
}

/** Length of the JSON, the JSON, the body. */
function pack({ path, query, headers, body }: Maskable, redaction: Redaction): Uint8Array {
	const head = Buffer.from(JSON.stringify({ redaction, path, query, headers } satisfies Omit<Opened, "body">));
	const packed = new Uint8Array(4 + head.length + body.byteLength);
	new DataView(packed.buffer).setUint32(0, head.length);
	packed.set(head, 4);
	packed.set(new Uint8Array(body), 4 + head.length);
	return packed;
}
