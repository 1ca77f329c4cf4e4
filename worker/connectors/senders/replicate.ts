import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const replicate = {
	id: "replicate",
	name: "Replicate",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing key", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.status"],
	eventTime: { path: "event.body.completed_at", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for about a minute when a prediction has ended." },
	orderingKeys: [{ path: "event.body.id", what: "each prediction" }],
} as const satisfies Sender;

export const replicatePage = {
	guide: {
		pasteUrl: [
			"Webhooks are named in each call: send {url} as webhook when you create a prediction or training.",
			"Say in webhook_events_filter which ones you want, such as completed.",
		],
		findSecret: [
			"At replicate.com, open Account settings, then Webhooks, and copy the signing key.",
			"Or call GET https://api.replicate.com/v1/webhooks/default/secret.",
		],
	},
	samples: [
		{
			event: "succeeded",
			title: "A prediction is done",
			headers: { "webhook-id": "msg_1" },
			body: {
				id: "ufawqhfynnddngldkgtslldrkq",
				version: "5c7d5dc6",
				status: "succeeded",
				created_at: "2026-11-01T09:59:50.000Z",
				completed_at: "2026-11-01T10:00:00.000Z",
				input: { text: "Alice" },
				output: "hello Alice",
				error: null,
			},
		},
	],
} as const satisfies SenderPage;
