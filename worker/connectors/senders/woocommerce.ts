import type { Sender, SenderPage } from "../sender";

export const woocommerce = {
	id: "woocommerce",
	name: "WooCommerce",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-wc-webhook-signature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	// Asked once, unsigned, when the webhook is first switched on; anything but 200 is shown there as an error.
	handshakes: [{ when: { method: "POST", onlyField: "webhook_id" }, verified: false, answer: { kind: "status", status: 200 } }],
	// The id is made of the webhook's number and the second: all that happens within one second shares it.
	duplicateId: ["event.headers.x-wc-webhook-delivery-id", "event.body"],
	eventName: ["event.headers.x-wc-webhook-topic"],
	expects: { withinSeconds: 60, retries: "Never tries again, and disables a webhook after five failures." },
	orderingKeys: [
		{ path: "event.body.id", what: "each order, product or customer" },
		{ path: "event.body.customer_id", what: "each customer" },
	],
} as const satisfies Sender;

export const woocommercePage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In WordPress, open WooCommerce, then Settings, then Advanced, then Webhooks, then Add webhook.",
			"Set the status to Active, choose the topic, paste {url} as the Delivery URL and enter the same secret, then save.",
		],
		findSecret: ["Make up a long random secret."],
	},
	samples: [
		{
			event: "order.created",
			title: "An order came in",
			headers: { "x-wc-webhook-topic": "order.created", "x-wc-webhook-resource": "order", "x-wc-webhook-delivery-id": "d1" },
			body: {
				id: 727,
				number: "727",
				status: "processing",
				currency: "EUR",
				total: "42.00",
				customer_id: 7,
				billing: { first_name: "Alex", last_name: "Example", email: "alex@example.com" },
				line_items: [{ id: 315, name: "Blue mug", quantity: 2, sku: "MUG-BLUE" }],
			},
		},
		{
			event: "product.updated",
			title: "A product changed",
			headers: {
				"x-wc-webhook-topic": "product.updated",
				"x-wc-webhook-resource": "product",
				"x-wc-webhook-event": "updated",
				"x-wc-webhook-source": "https://shop.example.com/",
				"x-wc-webhook-id": "142",
				"x-wc-webhook-delivery-id": "5f0c2a1e9d",
			},
			body: {
				id: 794,
				name: "Blue mug",
				slug: "blue-mug",
				type: "simple",
				status: "publish",
				sku: "MUG-BLUE",
				price: "21.00",
				regular_price: "21.00",
				stock_quantity: 12,
				stock_status: "instock",
				date_modified_gmt: "2026-11-01T10:00:00",
				categories: [{ id: 9, name: "Mugs", slug: "mugs" }],
			},
		},
	],
} as const satisfies SenderPage;
