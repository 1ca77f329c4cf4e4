import type { Sender, SenderPage } from "../sender";

export const fastspring = {
	id: "fastspring",
	name: "FastSpring",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-fs-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "HMAC SHA256 Secret" },
	duplicateId: ["event.body.events.0.id"],
	eventName: ["event.body.events.0.type", "event.body.type"],
	eventTime: { path: "event.body.events.0.created", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again every ten minutes for a day." },
	batch: { path: "event.body.events", what: "several events", duplicateId: ["event.body.id"] },
	orderingKeys: [{ path: "event.body.data.id", what: "each order or subscription" }],
} as const satisfies Sender;

export const fastspringPage = {
	guide: {
		pasteUrl: [
			"In FastSpring, open Developer Tools, then Webhooks, then Configuration, then Add webhook.",
			"Add a URL endpoint, paste {url} and choose the events.",
		],
		findSecret: ["In the same form, enter a long random HMAC SHA256 Secret."],
	},
	samples: [
		{
			event: "order.completed",
			title: "An order came in",
			body: {
				events: [
					{
						id: "VGpBeEJHZ1",
						type: "order.completed",
						live: true,
						processed: false,
						created: 1790000000000,
						data: {
							id: "OjHmYkV",
							reference: "EXM2611",
							total: 42,
							currency: "EUR",
							account: { contact: { first: "Alex", email: "alex@example.com" } },
						},
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
