import { createHash } from "node:crypto";
import type { DuplicateKey, Headers as HeaderList } from "../events/protocol/delivery";
import { type KeySource, valueAt } from "../integrations/lane";
import { headerOf, senderId } from "../integrations/sender-id";
import type { DedupeSettings } from "../integrations/settings";

/**
 * What this delivery is recognized by when it comes again; null where it carries nothing to go by, and so is never a
 * duplicate.
 * @param own where the endpoint's sender puts its id, if it is known
 * @param place of an item of a batch: what stands outside of the item names the delivery, and only together with the
 *   place the item
 */
export function duplicateKeyOf(
	dedupe: DedupeSettings,
	source: KeySource,
	headers: HeaderList,
	body: ArrayBuffer,
	own: readonly string[] = [],
	place: number | null = null,
): DuplicateKey | null {
	const found = identifying(dedupe, source, headers, body, own);
	if (found === null) return null;
	const value = place === null || found.inBody ? found.value : `${found.value}\n${place}`;
	return { key: hash(`${dedupe.mode}\n${value}`), bodyHash: hash(new Uint8Array(body)), windowMs: dedupe.windowSeconds * 1000 };
}

function identifying(
	dedupe: DedupeSettings,
	source: KeySource,
	headers: HeaderList,
	body: ArrayBuffer,
	own: readonly string[],
): { value: string; inBody: boolean } | null {
	switch (dedupe.mode) {
		case "off":
			return null;
		case "sender": {
			const ownId = valuesAt(own, source);
			if (ownId !== null) return ownId;
			const id = senderId(headers);
			return id && { value: `${id.header}: ${id.value}`, inBody: false };
		}
		case "header": {
			const value = headerOf(headers, dedupe.header?.toLowerCase() ?? "");
			return value === null ? null : { value, inBody: false };
		}
		case "fields":
			return valuesAt(dedupe.fields ?? [], source);
		case "content":
			// A ping without a body says nothing about itself: two of them are two events.
			if (body.byteLength === 0) return null;
			return { value: `${source.method()} ${source.path()} ${hash(new Uint8Array(body))}`, inBody: true };
	}
}

function valuesAt(paths: readonly string[], source: KeySource): { value: string; inBody: boolean } | null {
	const values = paths.map((path) => valueAt(path, source));
	if (values.length === 0 || values.some((value) => value === null)) return null;
	return { value: JSON.stringify(values), inBody: paths.some((path) => path.startsWith("event.body")) };
}

/** 128 bits are enough to tell one integration's deliveries apart. */
function hash(value: string | Uint8Array): string {
	return createHash("sha256").update(value).digest("hex").slice(0, 32);
}
