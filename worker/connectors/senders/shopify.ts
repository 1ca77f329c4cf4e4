import type { Sender, SenderPage } from "../sender";

export const shopify = {
	id: "shopify",
	name: "Shopify",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-shopify-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Webhook signing secret (or your app's client secret)" },
	formats: ["json", "xml"],
	// One action of a merchant may have several topics and change several products, and they share its id.
	duplicateId: ["event.headers.x-shopify-topic", "event.headers.x-shopify-event-id", "event.body"],
	eventName: ["event.headers.x-shopify-topic"],
	eventTime: { path: "event.headers.x-shopify-triggered-at", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries eight times in four hours, then removes a subscription that an app made." },
	orderingKeys: [
		{ path: "event.body.id", what: "each order, product or customer" },
		{ path: "event.body.customer.id", what: "each customer" },
	],
} as const satisfies Sender;

export const shopifyPage = {
	guide: {
		pasteUrl: [
			"In the Shopify admin, open Settings, then Notifications, then Webhooks.",
			"Choose “Create webhook”, the event you want, and JSON as the format.",
			"Paste {url} as the URL and save.",
		],
		findSecret: [
			"On the same page, below the list, stands “Your webhooks will be signed with …”: copy that.",
			"For webhooks that an app makes, use the app's client secret instead.",
		],
	},
	samples: [
		{
			event: "orders/create",
			title: "An order came in",
			headers: {
				"x-shopify-topic": "orders/create",
				"x-shopify-shop-domain": "example.myshopify.com",
				"x-shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
				"x-shopify-triggered-at": "2026-11-01T10:00:00.634234626Z",
			},
			body: {
				id: 820982911946154500,
				name: "#1001",
				email: "alex@example.com",
				currency: "EUR",
				total_price: "42.00",
				financial_status: "paid",
				customer: { id: 115310627314723950, first_name: "Alex", last_name: "Example" },
				line_items: [{ id: 866550311766439000, sku: "MUG-BLUE", title: "Blue mug", quantity: 2, price: "21.00" }],
			},
		},
		{
			event: "inventory_levels/update",
			title: "A stock level changed",
			headers: { "x-shopify-topic": "inventory_levels/update", "x-shopify-shop-domain": "example.myshopify.com" },
			body: { inventory_item_id: 271878346596884000, location_id: 24826418, available: 12, updated_at: "2026-11-01T10:00:00+01:00" },
		},
	],
} as const satisfies SenderPage;
