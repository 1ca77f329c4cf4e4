import type { BatchArrival, EndpointSettings } from "../events/protocol/delivery";
import { eventsOf } from "../integrations/arrival";
import { BATCH_MAX_ITEMS } from "../integrations/batch";
import { type Fault, type Parts, requestOf } from "./parts";

/** Bytes of headers and address that the events of one delivery may seal together: a message between objects holds 32 MiB. */
const HEADS_MAX_BYTES = 12 * 1024 * 1024;

/**
 * A delivery taken apart into the events that it holds.
 * @param now epoch ms
 * @returns null where it is one event after all; a fault where it holds more than may come at once
 */
export function batchArrivalOf(parts: Parts, path: string, settings: EndpointSettings, now: number): BatchArrival | Fault | null {
	const request = requestOf(parts);
	// More than may ever wait would be asked to come back for ever.
	const most = Math.min(BATCH_MAX_ITEMS, settings.webhook.pendingMax ?? BATCH_MAX_ITEMS, Math.floor(HEADS_MAX_BYTES / headBytes(request)));
	const batch = eventsOf(request, path, settings, most, now);
	if (batch !== "too_many") return batch;
	const message = `A delivery may hold ${most} events at most; this one holds more.`;
	return { code: "batch_too_large", httpStatus: 413, message, detail: { most } };
}

const headBytes = ({ path, query, headers }: ReturnType<typeof requestOf>): number =>
	headers.reduce((sum, [name, value]) => sum + name.length + value.length, path.length + query.length);
