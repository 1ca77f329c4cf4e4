import type { Sender, SenderPage } from "../sender";

export const lemonSqueezy = {
	id: "lemon-squeezy",
	name: "Lemon Squeezy",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Signing secret" },
	eventName: ["event.body.meta.event_name", "event.headers.x-event-name"],
	eventTime: { path: "event.body.data.attributes.updated_at", unit: "iso" },
	expects: { status: 200, retries: "Tries three times more: after 5, 25 and 125 seconds." },
	orderingKeys: [
		{ path: "event.body.data.id", what: "each order or subscription" },
		{ path: "event.body.data.attributes.customer_id", what: "each customer" },
	],
} as const satisfies Sender;

export const lemonSqueezyPage = {
	guide: {
		pasteUrl: [
			"In Lemon Squeezy, open Settings, then Webhooks, and choose the plus sign.",
			"Paste {url} as the Callback URL and choose the events.",
		],
		findSecret: ["Enter a long random text as the Signing secret in the same form."],
	},
	samples: [
		{
			event: "order_created",
			title: "An order came in",
			headers: { "x-event-name": "order_created" },
			body: {
				meta: { event_name: "order_created", test_mode: true, custom_data: { user: "42" } },
				data: {
					type: "orders",
					id: "1",
					attributes: {
						store_id: 1,
						customer_id: 7,
						order_number: 1001,
						user_name: "Alex Example",
						user_email: "alex@example.com",
						currency: "EUR",
						total: 4200,
						status: "paid",
						updated_at: "2026-11-01T10:00:00.000000Z",
					},
				},
			},
		},
		{
			event: "subscription_created",
			title: "Somebody subscribed",
			headers: { "x-event-name": "subscription_created" },
			body: {
				meta: { event_name: "subscription_created", test_mode: true, custom_data: { user: "42" } },
				data: {
					type: "subscriptions",
					id: "1",
					attributes: {
						store_id: 1,
						customer_id: 7,
						order_id: 1,
						product_name: "Club",
						variant_name: "Monthly",
						user_name: "Alex Example",
						user_email: "alex@example.com",
						status: "active",
						card_brand: "visa",
						card_last_four: "4242",
						renews_at: "2026-12-01T10:00:00.000000Z",
						ends_at: null,
						created_at: "2026-11-01T10:00:00.000000Z",
						updated_at: "2026-11-01T10:00:00.000000Z",
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
