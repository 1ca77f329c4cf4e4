import type { Sender, SenderPage } from "../sender";

export const commerceLayer = {
	id: "commerce-layer",
	name: "Commerce Layer",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-commercelayer-signature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Shared secret" },
	eventName: ["event.headers.x-commercelayer-topic"],
	expects: { withinSeconds: 5, retries: "Tries up to ten times more, and stops after thirty failures in a row." },
	orderingKeys: [{ path: "event.body.data.id", what: "each order" }],
} as const satisfies Sender;

export const commerceLayerPage = {
	guide: {
		pasteUrl: [
			"In the Commerce Layer Dashboard, open Settings, then Webhooks, and add one; or use its API.",
			"Choose the topic and paste {url} as the callback URL.",
		],
		findSecret: ["Open the webhook and copy its shared secret."],
	},
	samples: [
		{
			event: "orders.place",
			title: "An order was placed",
			headers: { "x-commercelayer-topic": "orders.place" },
			body: {
				data: {
					id: "wBXVhKzrnq",
					type: "orders",
					attributes: {
						number: "1001",
						status: "placed",
						currency_code: "EUR",
						total_amount_cents: 4200,
						customer_email: "alex@example.com",
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
