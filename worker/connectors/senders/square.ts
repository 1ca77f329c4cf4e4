import type { Sender, SenderPage } from "../sender";

export const square = {
	id: "square",
	name: "Square",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-square-hmacsha256-signature" }, encoding: "base64" },
		message: ["url", "body"],
	},
	secret: { name: "Signature key" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for 24 hours, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each payment, order or customer" }],
} as const satisfies Sender;

export const squarePage = {
	guide: {
		pasteUrl: [
			"Open the Square Developer Console, your application, then Webhooks, then Subscriptions.",
			"Choose “Add subscription”, paste {url} and choose the events.",
		],
		findSecret: ["Open the subscription and show its signature key."],
	},
	samples: [
		{
			event: "payment.updated",
			title: "A payment changed",
			body: {
				merchant_id: "6SSW7HV8K2ST5",
				type: "payment.updated",
				event_id: "6a8f5f28-54a1-4eb0-a98a-3111513fd4fc",
				created_at: "2026-11-01T10:00:00.000Z",
				data: {
					type: "payment",
					id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY",
					object: { payment: { status: "COMPLETED", amount_money: { amount: 4200, currency: "EUR" } } },
				},
			},
		},
		{
			event: "order.created",
			title: "An order came in",
			body: {
				merchant_id: "6SSW7HV8K2ST5",
				location_id: "VJDQQP3CG14EY",
				type: "order.created",
				event_id: "d58be0dc-fb91-46e6-a5a7-9cbd9f5d1a0f",
				created_at: "2026-11-01T10:00:00.000Z",
				data: {
					type: "order_created",
					id: "eA3vssLHKJrv9H0IdJCM3gNqfdcZY",
					object: {
						order_created: {
							order_id: "eA3vssLHKJrv9H0IdJCM3gNqfdcZY",
							version: 1,
							location_id: "VJDQQP3CG14EY",
							state: "OPEN",
							created_at: "2026-11-01T10:00:00.000Z",
						},
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
