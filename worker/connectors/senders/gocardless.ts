import type { Sender, SenderPage } from "../sender";

export const gocardless = {
	id: "gocardless",
	name: "GoCardless",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "webhook-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Webhook endpoint secret" },
	duplicateId: ["event.body.events.0.id"],
	eventName: ["event.body.events.0.action", "event.body.action"],
	eventTime: { path: "event.body.events.0.created_at", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries up to eight times more." },
	batch: { path: "event.body.events", what: "up to 250 events", duplicateId: ["event.body.id"] },
	orderingKeys: [
		{ path: "event.body.links.payment", what: "each payment" },
		{ path: "event.body.links.mandate", what: "each mandate" },
	],
} as const satisfies Sender;

export const gocardlessPage = {
	guide: {
		pasteUrl: [
			"In the GoCardless dashboard, open Developers, then Create, then Webhook endpoint.",
			"Give it a name and paste {url} as the URL.",
		],
		findSecret: ["In the same form, enter a long random secret or keep the one that is offered, and copy it."],
	},
	samples: [
		{
			event: "payments confirmed",
			title: "A payment was confirmed",
			body: {
				events: [
					{
						id: "EV0001",
						created_at: "2026-11-01T10:00:00.000Z",
						resource_type: "payments",
						action: "confirmed",
						links: { payment: "PM0001" },
						details: { origin: "gocardless", cause: "payment_confirmed" },
					},
				],
				meta: { webhook_id: "WB0001" },
			},
		},
		{
			event: "mandates created",
			title: "A mandate was set up, and one was cancelled",
			body: {
				events: [
					{
						id: "EV0002",
						created_at: "2026-11-01T10:00:00.000Z",
						resource_type: "mandates",
						action: "created",
						links: { mandate: "MD0001" },
						details: { origin: "api", cause: "mandate_created", description: "Mandate created via the API." },
					},
					{
						id: "EV0003",
						created_at: "2026-11-01T10:00:01.000Z",
						resource_type: "mandates",
						action: "cancelled",
						links: { mandate: "MD0002" },
						details: { origin: "bank", cause: "mandate_cancelled", scheme: "sepa_core", reason_code: "MD01" },
					},
				],
				meta: { webhook_id: "WB0002" },
			},
		},
	],
} as const satisfies SenderPage;
