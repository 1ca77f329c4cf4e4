import type { Sender, SenderPage } from "../sender";

export const revenuecat = {
	id: "revenuecat",
	name: "RevenueCat",
	signature: { kind: "token", in: { header: "authorization" } },
	secret: { name: "Authorization header value" },
	duplicateId: ["event.body.event.id"],
	eventName: ["event.body.event.type"],
	eventTime: { path: "event.body.event.event_timestamp_ms", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 60, retries: "Tries five times more: after 5, 10, 20, 40 and 80 minutes." },
	orderingKeys: [{ path: "event.body.event.app_user_id", what: "each customer" }],
} as const satisfies Sender;

export const revenuecatPage = {
	guide: {
		pasteUrl: [
			"In RevenueCat, open your project, then Integrations, then Webhooks, then Add new configuration.",
			"Paste {url} as the Webhook URL.",
		],
		findSecret: ["In the same form, enter a long random text as the Authorization header value."],
	},
	samples: [
		{
			event: "INITIAL_PURCHASE",
			title: "Somebody subscribed",
			body: {
				api_version: "1.0",
				event: {
					id: "12345678",
					type: "INITIAL_PURCHASE",
					app_user_id: "42",
					product_id: "monthly",
					price: 4.2,
					currency: "EUR",
					store: "APP_STORE",
					environment: "PRODUCTION",
					event_timestamp_ms: 1790000000000,
				},
			},
		},
	],
} as const satisfies SenderPage;
