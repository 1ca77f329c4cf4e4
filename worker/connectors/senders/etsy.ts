import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const etsy = {
	id: "etsy",
	name: "Etsy",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.event_type"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [
		{ path: "event.body.resource_url", what: "each order" },
		{ path: "event.body.shop_id", what: "each shop" },
	],
} as const satisfies Sender;

export const etsyPage = {
	guide: {
		pasteUrl: [
			"Open “Manage your apps” at etsy.com/developers; webhooks need an app with commercial access.",
			"Choose your app, then “Go to Webhook portal”, then “Add Endpoint”.",
			"Paste {url} and choose the events.",
		],
		findSecret: ["In the webhook portal, open the endpoint and copy its Signing Secret."],
	},
	samples: [
		{
			event: "order.paid",
			title: "An order was paid",
			headers: { "webhook-id": "msg_1" },
			body: { event_type: "order.paid", resource_url: "https://api.etsy.com/v3/application/shops/42/receipts/3000001", shop_id: "42" },
		},
	],
} as const satisfies SenderPage;
