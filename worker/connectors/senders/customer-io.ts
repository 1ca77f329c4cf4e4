import type { Sender, SenderPage } from "../sender";

export const customerIo = {
	id: "customer-io",
	name: "Customer.io",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-cio-signature" }, encoding: "hex" },
		timestamp: { in: { header: "x-cio-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: [{ text: "v0:" }, "timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Webhook Signing Key" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.metric"],
	eventTime: { path: "event.body.timestamp", unit: "seconds" },
	expects: { withinSeconds: 4, retries: "Tries again for a week, each time later." },
	orderingKeys: [{ path: "event.body.data.customer_id", what: "each person" }],
} as const satisfies Sender;

export const customerIoPage = {
	guide: {
		pasteUrl: [
			"In Customer.io, open Data & Integrations, then Integrations, then Reporting Webhooks.",
			"Choose Add Reporting Webhook, paste {url} as the Webhook Endpoint, choose the events and enable it.",
		],
		findSecret: ["Open that webhook again and copy its Webhook Signing Key."],
	},
	samples: [
		{
			event: "opened",
			title: "Somebody opened an e-mail",
			body: {
				event_id: "01E4C4CT6YDC7Y5M7FE1GWWPQJ",
				object_type: "email",
				metric: "opened",
				timestamp: 1790000000,
				data: {
					customer_id: "42",
					delivery_id: "RPILAgUBcRhIBqSfeiIwdIYJKxTY",
					campaign_id: 9000001,
					subject: "Your order",
					recipient: "kim@example.com",
				},
			},
		},
	],
} as const satisfies SenderPage;
