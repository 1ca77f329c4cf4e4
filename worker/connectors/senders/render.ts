import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const render = {
	id: "render",
	name: "Render",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.data.serviceId", what: "each service" }],
} as const satisfies Sender;

export const renderPage = {
	guide: {
		pasteUrl: [
			"In the Render Dashboard, open Integrations, then Webhooks, then Create Webhook.",
			"Paste {url} as the URL and choose the events.",
		],
		findSecret: ["On the webhook's page, copy the Signing Secret."],
	},
	samples: [
		{
			event: "deploy_ended",
			title: "A deploy ended",
			headers: { "webhook-id": "msg_1" },
			body: {
				type: "deploy_ended",
				timestamp: "2026-11-01T10:00:00.000Z",
				data: { id: "evt-1", serviceId: "srv-1", serviceName: "shop", status: "succeeded" },
			},
		},
	],
} as const satisfies SenderPage;
