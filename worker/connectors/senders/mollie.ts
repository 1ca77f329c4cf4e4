import type { Sender, SenderPage } from "../sender";

/** The next-gen webhooks, those of Developers, Webhooks. Classic ones, named in each payment, are not signed. */
export const mollie = {
	id: "mollie",
	name: "Mollie",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-mollie-signature" }, list: ", ", prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Signing secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	expects: { status: 200, withinSeconds: 15, retries: "Tries ten times more within a day." },
	orderingKeys: [{ path: "event.body.entityId", what: "each payment link, invoice or profile" }],
} as const satisfies Sender;

export const molliePage = {
	guide: {
		pasteUrl: ["In the Mollie Dashboard, open Developers, then Webhooks, and create one.", "Paste {url} as the URL and choose the events."],
		findSecret: ["The signing secret is shown when the webhook is created: copy it."],
	},
	samples: [
		{
			event: "payment-link.paid",
			title: "A payment link was paid",
			body: {
				resource: "event",
				id: "event_GvJ8WHrp5isUdRub9CJyH",
				type: "payment-link.paid",
				entityId: "pl_qng5gbbv8NAZ5gpM5ZYgx",
				createdAt: "2026-11-01T10:00:00.0Z",
				_embedded: {
					entity: {
						resource: "payment-link",
						id: "pl_qng5gbbv8NAZ5gpM5ZYgx",
						description: "Blue mug",
						amount: { currency: "EUR", value: "42.00" },
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
