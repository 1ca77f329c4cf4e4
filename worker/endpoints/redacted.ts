import type { Arrival, BatchArrival, EndpointSettings, Rejection } from "../events/protocol/delivery";
import { type Maskable, maskEvent } from "../integrations/redaction/event";
import { type Keeping, keep, noteOf } from "../integrations/redaction/kept";
import { redactionOf } from "../integrations/redaction/rules";

/** What a delivery looks like on its way to be stored, where its integration masks what it keeps. */

/** How an endpoint's deliveries are kept; null where they are kept as they come. */
export function keepingOf(keys: string, integrationId: string, { webhook, workspaceId, ordering }: EndpointSettings): Keeping | null {
	const redaction = redactionOf(webhook);
	return redaction ? { redaction, keys, holder: { workspaceId, integrationId }, ordering } : null;
}

export const keptArrival = (arrival: Arrival, keeping: Keeping | null): Arrival => (keeping ? keep(arrival, keeping) : arrival);

/** Each item is masked and sealed by itself, with what it shares with the others. */
export function keptBatch(batch: BatchArrival, keeping: Keeping | null): BatchArrival {
	if (keeping === null) return batch;
	const { items, size, ...shared } = batch;
	const kept = items.map((item) => {
		const { body, lane, duplicateKey, name, occurredAt, masked, sealed } = keep({ ...shared, ...item }, keeping);
		return { body, lane, duplicateKey, name, occurredAt, ...(masked && { masked }), ...(sealed && { sealed }) };
	});
	return { ...withoutBody(shared, keeping), items: kept, size };
}

/** What is turned down runs nothing: only what is masked is kept. */
export function keptRejection(rejection: Rejection, keeping: Keeping | null): Rejection {
	if (keeping === null) return rejection;
	const { masked, findings } = maskEvent(rejection, keeping.redaction);
	return findings.any ? { ...masked, detail: { ...masked.detail, masked: noteOf(findings) } } : masked;
}

/** The address and headers as they are kept. */
export function withoutBody<R extends Omit<Maskable, "body">>(request: R, keeping: Keeping | null): R {
	if (keeping === null) return request;
	const { body: _, ...masked } = maskEvent({ ...request, body: new ArrayBuffer(0) }, keeping.redaction).masked;
	return { ...request, ...masked };
}
