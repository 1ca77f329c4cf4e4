import type { Arrival } from "../../worker/events/protocol/delivery";
import { newId } from "../../worker/ids";
import { orderingSchema, type SequencerSettings, scheduleSchema, webhookSchema } from "../../worker/integrations/settings";

export const WORKSPACE = "wsp_0123456789abcdef";

/** Settings as a save hands them to a Sequencer: a new integration, its webhook on, no steps; what a test is about is given. */
export function givenSettings(given: Partial<SequencerSettings> = {}): SequencerSettings {
	return {
		integrationId: newId("int"),
		workspaceId: WORKSPACE,
		name: "Stock sync",
		region: "auto",
		revision: 1,
		status: "active",
		current: { version: 1, workflow: { steps: [] }, vars: {} },
		webhook: webhookSchema.parse({ enabled: true }),
		schedule: scheduleSchema.parse({}),
		ordering: orderingSchema.parse({}),
		generations: [{ generation: 1, expiresAt: null }],
		limits: { pendingEvents: 100_000, keptBytes: 1e9 },
		...given,
	};
}

/** A JSON webhook as the Worker hands it over; `text` is its body. */
export function givenArrival(given: Partial<Arrival> & { text?: string } = {}): Arrival {
	const { text = '{"sku":"A"}', ...rest } = given;
	const body = new TextEncoder().encode(text).buffer as ArrayBuffer;
	return {
		method: "POST",
		path: "/",
		query: "",
		headers: [["content-type", "application/json"]],
		body,
		lane: null,
		duplicateKey: null,
		hops: 0,
		...rest,
	};
}
