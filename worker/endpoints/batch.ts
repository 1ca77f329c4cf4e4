import { senderOf } from "../connectors/senders";
import type { BatchArrival, EndpointSettings } from "../events/protocol/delivery";
import { BATCH_MAX_ITEMS, batchOf, itemHeaders } from "../integrations/batch";
import { duplicateKeyOf } from "../integrations/duplicates";
import { keySource } from "../integrations/key-source";
import { laneOf } from "../integrations/lane";
import { factsOf } from "../integrations/sender-facts";
import { trueHeaders } from "../integrations/sender-format";
import { bodyOf, type Fault, type Parts } from "./parts";

/**
 * A delivery taken apart into the events that it holds, each with its own lane, name, time and duplicate key.
 * @param now epoch ms
 * @returns null where it is one event after all; a fault where it holds more than may come at once
 */
export function batchArrivalOf(
	parts: Parts,
	path: string,
	{ webhook, ordering }: EndpointSettings,
	now: number,
): BatchArrival | Fault | null {
	const whole = bodyOf(parts);
	const { dedupe, verification } = webhook;
	const sender = verification.scheme === "none" ? null : senderOf(verification.scheme);
	if (sender?.takenOnce) return null; // what is signed stands for one event
	const declared = trueHeaders(sender, parts.headers, whole);
	// More than may ever wait would be asked to come back for ever.
	const most = Math.min(BATCH_MAX_ITEMS, webhook.pendingMax ?? BATCH_MAX_ITEMS);
	const batch = batchOf(path, declared, whole, most);
	if (batch.status === "whole") return null;
	if (batch.status === "too_many") {
		const message = `A delivery may hold ${most} events at most; this one holds more.`;
		return { code: "batch_too_large", httpStatus: 413, message, detail: { most } };
	}
	const { method, path: url, query, hops } = parts;
	const headers = itemHeaders(declared);
	const ownIds = sender?.batch?.path === path ? (sender.batch.duplicateId ?? sender.duplicateId) : sender?.duplicateId;
	const encoder = new TextEncoder();
	const items = batch.items.map((text, place) => {
		const body = encoder.encode(text).buffer as ArrayBuffer;
		const source = keySource({ method, path: url, query, headers, body });
		return {
			body,
			lane: laneOf(ordering, source),
			duplicateKey: dedupe.mode === "off" ? null : duplicateKeyOf(dedupe, source, { query, headers, body }, sender, ownIds, place),
			...factsOf(sender, source, now, path),
		};
	});
	const shared = { method, path: url, query, headers, hops, items, size: whole.byteLength };
	return sender === null ? shared : { ...shared, sender: verification.scheme };
}
