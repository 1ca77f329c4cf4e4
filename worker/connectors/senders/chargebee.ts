import type { Sender, SenderPage } from "../sender";

export const chargebee = {
	id: "chargebee",
	name: "Chargebee",
	signature: { kind: "basic" },
	secret: { name: "User name and password", looksLike: "user:password" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.occurred_at", unit: "seconds" },
	expects: { withinSeconds: 60, retries: "Tries seven times more within two days." },
	orderingKeys: [
		{ path: "event.body.content.customer.id", what: "each customer" },
		{ path: "event.body.content.subscription.id", what: "each subscription" },
	],
} as const satisfies Sender;

export const chargebeePage = {
	guide: {
		pasteUrl: [
			"In Chargebee, open Settings, then Configure Chargebee, then API Keys and Webhooks, then the tab Webhooks.",
			"Choose Add Webhook and paste {url} as the Webhook URL.",
		],
		findSecret: [
			"In the same form, choose to protect the webhook URL with basic authentication.",
			"Make up a user name and a password for it.",
			"The secret is both with a colon in between: name:password.",
		],
	},
	samples: [
		{
			event: "subscription_created",
			title: "A subscription began",
			body: {
				id: "ev_1",
				occurred_at: 1790000000,
				source: "hosted_page",
				object: "event",
				api_version: "v2",
				event_type: "subscription_created",
				webhook_status: "not_configured",
				content: {
					subscription: { id: "sub_1", status: "active", plan_quantity: 1 },
					customer: { id: "cus_1", first_name: "Alex", email: "alex@example.com" },
				},
			},
		},
	],
} as const satisfies SenderPage;
