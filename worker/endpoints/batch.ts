import type { BatchArrival, EndpointSettings } from "../events/protocol/delivery";
import { eventsOf } from "../integrations/arrival";
import { BATCH_MAX_ITEMS } from "../integrations/batch";
import { type Fault, type Parts, requestOf } from "./parts";

/**
 * A delivery taken apart into the events that it holds.
 * @param now epoch ms
 * @returns null where it is one event after all; a fault where it holds more than may come at once
 */
export function batchArrivalOf(parts: Parts, path: string, settings: EndpointSettings, now: number): BatchArrival | Fault | null {
	// More than may ever wait would be asked to come back for ever.
	const most = Math.min(BATCH_MAX_ITEMS, settings.webhook.pendingMax ?? BATCH_MAX_ITEMS);
	const batch = eventsOf(requestOf(parts), path, settings, most, now);
	if (batch !== "too_many") return batch;
	const message = `A delivery may hold ${most} events at most; this one holds more.`;
	return { code: "batch_too_large", httpStatus: 413, message, detail: { most } };
}
