import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

/** Standard Webhooks, but the secret's whole text is the key. */
export const polar = {
	id: "polar",
	name: "Polar",
	signature: { ...standardWebhooks("webhook"), key: { as: "utf8" } },
	secret: { name: "Webhook secret", looksLike: "polar_whs_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries up to ten times more, each time later." },
	orderingKeys: [
		{ path: "event.body.data.id", what: "each order or subscription" },
		{ path: "event.body.data.customer_id", what: "each customer" },
	],
} as const satisfies Sender;

export const polarPage = {
	guide: {
		pasteUrl: [
			"In Polar, open Settings, then Webhooks, then Add Endpoint.",
			"Paste {url} as the URL, choose Raw as the format and choose the events.",
		],
		findSecret: ["In the same form, set or generate the Secret and copy it."],
	},
	samples: [
		{
			event: "order.created",
			title: "An order came in",
			headers: { "webhook-id": "msg_1" },
			body: {
				type: "order.created",
				timestamp: "2026-11-01T10:00:00Z",
				data: {
					id: "9c2f6c1d",
					customer_id: "c1",
					status: "paid",
					currency: "eur",
					total_amount: 4200,
					customer: { email: "alex@example.com", name: "Alex Example" },
				},
			},
		},
	],
} as const satisfies SenderPage;
