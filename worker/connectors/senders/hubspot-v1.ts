import type { Sender, SenderPage } from "../sender";
import { hubspotSamples } from "./hubspot";

/** What apps still get that send version 1: a digest of secret and body, without a time. */
export const hubspotV1 = {
	id: "hubspot-v1",
	name: "HubSpot (signature version 1)",
	signature: {
		kind: "hash",
		digest: "sha256",
		signature: { in: { header: "x-hubspot-signature" }, encoding: "hex" },
		message: ["secret", "body"],
	},
	secret: { name: "Client secret" },
	eventName: ["event.body.0.subscriptionType", "event.body.subscriptionType"],
	eventTime: { path: "event.body.0.occurredAt", unit: "milliseconds" },
	expects: { withinSeconds: 5, retries: "Tries ten times over 24 hours; up to 100 events come in one list." },
	batch: {
		path: "event.body",
		what: "up to 100 changes",
		duplicateId: ["event.body.eventId", "event.body.subscriptionId", "event.body.occurredAt"],
	},
	orderingKeys: [{ path: "event.body.objectId", what: "each contact, company or deal" }],
} as const satisfies Sender;

export const hubspotV1Page = {
	guide: {
		pasteUrl: ["In your app's settings at HubSpot, open Webhooks.", "Paste {url} as the target URL and add the subscriptions."],
		findSecret: [
			"In the app's settings, open Auth and copy the client secret.",
			"If deliveries carry X-HubSpot-Signature-v3, choose HubSpot instead: it is safer.",
		],
	},
	samples: hubspotSamples,
} as const satisfies SenderPage;
