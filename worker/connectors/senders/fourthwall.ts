import type { Sender, SenderPage } from "../sender";

export const fourthwall = {
	id: "fourthwall",
	name: "Fourthwall",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-fourthwall-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Secret key" },
	duplicateId: ["event.body.webhookId", "event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	orderingKeys: [{ path: "event.body.data.id", what: "each order" }],
} as const satisfies Sender;

export const fourthwallPage = {
	guide: {
		pasteUrl: ["In Fourthwall, open Settings, then For developers, and create a webhook.", "Paste {url} as the URL and choose the event."],
		findSecret: ["On the same page, copy the secret key."],
	},
	samples: [
		{
			event: "ORDER_PLACED",
			title: "An order came in",
			body: {
				id: "weve_1",
				webhookId: "wcon_1",
				shopId: "sh_1",
				type: "ORDER_PLACED",
				apiVersion: "V1",
				createdAt: "2026-11-01T10:00:00.000Z",
				testMode: false,
				data: { id: "o1", friendlyId: "D3XUGRW2", email: "alex@example.com", amounts: { total: { value: 42, currency: "EUR" } } },
			},
		},
	],
} as const satisfies SenderPage;
