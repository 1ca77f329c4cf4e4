import type { Sender, SenderPage } from "../sender";

export const coinbaseCommerce = {
	id: "coinbase-commerce",
	name: "Coinbase Commerce",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-cc-webhook-signature" }, encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Shared secret" },
	duplicateId: ["event.body.event.id"],
	eventName: ["event.body.event.type"],
	eventTime: { path: "event.body.event.created_at", unit: "iso" },
	expects: { status: 200, retries: "Tries again for three days, at least once an hour." },
	orderingKeys: [{ path: "event.body.event.data.code", what: "each charge" }],
} as const satisfies Sender;

export const coinbaseCommercePage = {
	guide: {
		pasteUrl: [
			"In Coinbase Commerce, open Settings, then Notifications.",
			"Under Webhook subscriptions, choose Add an endpoint and paste {url}.",
		],
		findSecret: ["On the same page, choose Show shared secret and copy it."],
	},
	samples: [
		{
			event: "charge:confirmed",
			title: "A charge was paid",
			body: {
				id: 1,
				scheduled_for: "2026-11-01T10:00:00Z",
				event: {
					id: "24934862-d980-46cb-9402-43c81b0cdba6",
					type: "charge:confirmed",
					api_version: "2018-03-22",
					created_at: "2026-11-01T10:00:00Z",
					data: { code: "66BEOV2A", name: "Blue mug", pricing: { local: { amount: "42.00", currency: "EUR" } } },
				},
			},
		},
	],
} as const satisfies SenderPage;
