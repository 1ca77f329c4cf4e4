import type { Sender, SenderPage } from "../sender";

export const attio = {
	id: "attio",
	name: "Attio",
	signature: {
		kind: "hmac",
		digest: "sha256",
		// Both carry the same; the second is for what knows the old name alone.
		signature: { in: { header: ["attio-signature", "x-attio-signature"] }, encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.headers.idempotency-key"],
	eventName: ["event.body.events.0.event_type", "event.body.event_type"],
	expects: { withinSeconds: 5, retries: "Tries up to ten times more within three days." },
	batch: { path: "event.body.events", what: "several changes" },
	orderingKeys: [{ path: "event.body.id.record_id", what: "each record" }],
} as const satisfies Sender;

export const attioPage = {
	guide: {
		pasteUrl: [
			"In Attio, open Workspace settings, then Developers, and choose or create an integration.",
			"On its tab Webhooks, create one, paste {url} as the Target URL and choose the events.",
		],
		findSecret: ["After saving, copy the secret from the webhook's page."],
	},
	samples: [
		{
			event: "record.created",
			title: "A record was created",
			body: {
				webhook_id: "23e42eaf",
				events: [
					{
						event_type: "record.created",
						id: { workspace_id: "ws1", object_id: "people", record_id: "rec1" },
						actor: { type: "workspace-member", id: "m1" },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
