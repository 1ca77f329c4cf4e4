import { createHash } from "node:crypto";
import type { DuplicateKey, Headers as HeaderList } from "../events/protocol";
import { type KeySource, valueAt } from "../integrations/lane";
import { headerOf, senderId } from "../integrations/sender-id";
import type { DedupeSettings } from "../integrations/settings";

/**
 * What this delivery is recognized by when it comes again; null where it carries nothing to go by, and so is never a
 * duplicate.
 * @param own where the endpoint's sender puts its id, if it is known
 */
export function duplicateKeyOf(
	dedupe: DedupeSettings,
	source: KeySource,
	headers: HeaderList,
	body: ArrayBuffer,
	own: readonly string[] = [],
): DuplicateKey | null {
	const value = identifying(dedupe, source, headers, body, own);
	if (value === null) return null;
	return { key: hash(`${dedupe.mode}\n${value}`), bodyHash: hash(new Uint8Array(body)), windowMs: dedupe.windowSeconds * 1000 };
}

function identifying(
	dedupe: DedupeSettings,
	source: KeySource,
	headers: HeaderList,
	body: ArrayBuffer,
	own: readonly string[],
): string | null {
	switch (dedupe.mode) {
		case "off":
			return null;
		case "sender": {
			const values = own.map((path) => valueAt(path, source));
			if (values.length > 0 && values.every((value) => value !== null)) return JSON.stringify(values);
			const id = senderId(headers);
			return id === null ? null : `${id.header}: ${id.value}`;
		}
		case "header":
			return headerOf(headers, dedupe.header?.toLowerCase() ?? "");
		case "fields": {
			const values = (dedupe.fields ?? []).map((field) => valueAt(field, source));
			return values.length === 0 || values.some((value) => value === null) ? null : JSON.stringify(values);
		}
		case "content":
			// A ping without a body says nothing about itself: two of them are two events.
			return body.byteLength === 0 ? null : `${source.method()} ${source.path()} ${hash(new Uint8Array(body))}`;
	}
}

/** 128 bits are enough to tell one integration's deliveries apart. */
function hash(value: string | Uint8Array): string {
	return createHash("sha256").update(value).digest("hex").slice(0, 32);
}
