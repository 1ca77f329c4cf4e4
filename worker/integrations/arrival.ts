import { senderOf } from "../connectors/senders";
import type { Arrival, BatchArrival, EndpointSettings } from "../events/protocol/delivery";
import { batchOf, itemHeaders } from "./batch";
import { duplicateKeyOf } from "./duplicates";
import { keySource } from "./key-source";
import { laneOf } from "./lane";
import { factsOf } from "./sender-facts";
import { trueHeaders } from "./sender-format";

/** What a request becomes: one event, or those that it holds. The same whether it is accepted at once or after all. */

type Request = Pick<Arrival, "method" | "path" | "query" | "headers" | "body" | "hops">;
type Judging = Pick<EndpointSettings, "webhook" | "ordering">;

/** @param now epoch ms */
export function eventOf({ method, path, query, hops, ...sent }: Request, { webhook, ordering }: Judging, now: number): Arrival {
	const { dedupe, verification } = webhook;
	const sender = verification.scheme === "none" ? null : senderOf(verification.scheme);
	const { body } = sent;
	const headers = trueHeaders(sender, sent.headers, body);
	const source = keySource({ method, path, query, headers, body });
	const arrival: Arrival = { method, path, query, headers, body, lane: laneOf(ordering, source), duplicateKey: null, hops };
	if (dedupe.mode !== "off" || sender?.takenOnce) arrival.duplicateKey = duplicateKeyOf(dedupe, source, arrival, sender);
	if (verification.scheme === "none") return arrival;
	return Object.assign(arrival, { sender: verification.scheme }, factsOf(sender, source, now));
}

/**
 * A delivery taken apart into the events that it holds, each with its own lane, name, time and duplicate key.
 * @param path where the list stands
 * @param most events that it may hold
 * @param now epoch ms
 * @returns null where it is one event after all
 */
export function eventsOf(
	{ method, path: url, query, hops, ...sent }: Request,
	path: string,
	{ webhook, ordering }: Judging,
	most: number,
	now: number,
): BatchArrival | "too_many" | null {
	const { dedupe, verification } = webhook;
	const sender = verification.scheme === "none" ? null : senderOf(verification.scheme);
	if (sender?.takenOnce) return null; // what is signed stands for one event
	const declared = trueHeaders(sender, sent.headers, sent.body);
	const batch = batchOf(path, declared, sent.body, most);
	if (batch.status === "whole") return null;
	if (batch.status === "too_many") return "too_many";
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
	const shared = { method, path: url, query, headers, hops, items, size: sent.body.byteLength };
	return sender === null ? shared : { ...shared, sender: verification.scheme };
}
