import { createHash } from "node:crypto";
import type { Sender } from "../connectors/sender";
import { isSensitiveParameter } from "../events/mask";
import type { Arrival, DuplicateKey } from "../events/protocol/delivery";
import { type KeySource, keyText } from "./lane";
import { stepsOf } from "./ordering-key";
import { decodeLoosely } from "./redaction/event";
import { mayComeAgain } from "./sender-facts";
import { headerOf, senderId } from "./sender-id";
import type { DedupeSettings } from "./settings";

/** How long what may come only once is remembered at least: longer than any signature is good for. */
const ONCE_MS = 24 * 3_600_000;

/**
 * What this delivery is recognized by when it comes again; null where it carries nothing to go by, and so is never a
 * duplicate.
 * @param sender the endpoint's, if it is known
 * @param own where it puts its id
 * @param place of an item of a batch: what stands outside of the item names the delivery, and only together with the
 *   place the item
 */
export function duplicateKeyOf(
	dedupe: DedupeSettings,
	source: KeySource,
	{ query, headers, body }: Pick<Arrival, "query" | "headers" | "body">,
	sender: Sender | null = null,
	own: readonly string[] = sender?.duplicateId ?? [],
	place: number | null = null,
): DuplicateKey | null {
	const found = identifying(dedupe, source, { query, headers, body }, own);
	const windowMs = dedupe.windowSeconds * 1000;
	if (place !== null) {
		if (found === null) return null;
		const value = found.inBody ? found.value : `${found.value}\n${place}`;
		return { key: keyOf(dedupe, value), bodyHash: hash(new Uint8Array(body)), windowMs };
	}
	const token = sender?.takenOnce ? valuesAt(sender.takenOnce, source) : null;
	const fresh = token === null && dedupe.mode === "sender" ? sender?.freshBody : undefined;
	if (found === null && token === null && (!fresh || mayComeAgain(fresh, source))) return null;
	const bodyHash = hash(new Uint8Array(body));
	const also = token ? hash(`once\n${token.value}`) : fresh ? hash(`body\n${bodyHash}`) : null;
	const key = found ? keyOf(dedupe, found.value) : also;
	if (key === null) return null;
	return { key, bodyHash, windowMs: token ? Math.max(windowMs, ONCE_MS) : windowMs, ...(also !== null && also !== key && { also }) };
}

const keyOf = ({ mode }: DedupeSettings, value: string): string => hash(`${mode}\n${value}`);

function identifying(
	dedupe: DedupeSettings,
	source: KeySource,
	{ query, headers, body }: Pick<Arrival, "query" | "headers" | "body">,
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
			return { value: `${source.method()} ${source.path()}${unsigned(query)} ${hash(new Uint8Array(body))}`, inBody: true };
	}
}

/** A query without what a sender proves itself with, which may be another each time that it repeats a delivery. */
function unsigned(query: string): string {
	const pairs = query.replace(/^\?/, "").split("&");
	const said = pairs.filter((pair) => pair !== "" && !isSensitiveParameter(decodeLoosely(pair.split("=", 1)[0] ?? "")));
	return said.length === 0 ? "" : `?${said.join("&")}`;
}

function valuesAt(paths: readonly string[], source: KeySource): { value: string; inBody: boolean } | null {
	const parsed = paths.map(stepsOf).filter((steps) => steps !== null);
	const value = parsed.length === paths.length ? keyText(parsed, source) : null;
	return value === null ? null : { value, inBody: paths.some((path) => path.startsWith("event.body")) };
}

/** 128 bits are enough to tell one integration's deliveries apart. */
function hash(value: string | Uint8Array): string {
	return createHash("sha256").update(value).digest("hex").slice(0, 32);
}
