import type { Sender, SenderPage } from "../sender";

export const modernTreasury = {
	id: "modern-treasury",
	name: "Modern Treasury",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Webhook key" },
	duplicateId: ["event.headers.x-webhook-id"],
	eventName: ["event.headers.x-topic", "event.body.event"],
	expects: { withinSeconds: 10, retries: "Tries again for a day, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each payment order" }],
} as const satisfies Sender;

export const modernTreasuryPage = {
	guide: {
		pasteUrl: ["In Modern Treasury, open Developers, then Webhooks, then Add endpoint.", "Paste {url} as the URL and choose the topics."],
		findSecret: ["On the same page, show the webhook key and copy it."],
	},
	samples: [
		{
			event: "payment_order",
			title: "A payment was approved",
			headers: { "x-topic": "payment_order" },
			body: {
				event: "approved",
				data: { id: "f5f87f05", object: "payment_order", amount: 4200, currency: "EUR", direction: "credit", status: "approved" },
			},
		},
	],
} as const satisfies SenderPage;
