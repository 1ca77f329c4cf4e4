import type { Sender, SenderPage } from "../sender";

export const dwolla = {
	id: "dwolla",
	name: "Dwolla",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-request-signature-sha-256" }, encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.topic"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries eight times more within three days, and pauses a URL that keeps failing." },
	orderingKeys: [{ path: "event.body.resourceId", what: "each transfer or customer" }],
} as const satisfies Sender;

export const dwollaPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Dwolla has no page for it: webhooks are made through its API.",
			"Call POST https://api.dwolla.com/webhook-subscriptions with {url} and the same secret.",
		],
		findSecret: ["Make up a long random secret."],
	},
	samples: [
		{
			event: "customer_transfer_completed",
			title: "A transfer was completed",
			body: {
				id: "cac95329-9fa5-42f1-a4fc-c08af7b868fb",
				resourceId: "cdb5f779-62df-e611-80f2-0aa34a9b2388",
				topic: "customer_transfer_completed",
				timestamp: "2026-11-01T10:00:00.000Z",
				_links: { resource: { href: "https://api.dwolla.com/transfers/cdb5f779-62df-e611-80f2-0aa34a9b2388" } },
			},
		},
	],
} as const satisfies SenderPage;
