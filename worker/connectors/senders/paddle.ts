import type { Sender, SenderPage } from "../sender";

export const paddle = {
	id: "paddle",
	name: "Paddle",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "paddle-signature" }, pairs: ";", signature: "h1", encoding: "hex" },
		timestamp: { in: { pair: "ts" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Secret key", looksLike: "pdl_ntfset_…" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.occurred_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries sixty times more within three days." },
	orderingKeys: [
		{ path: "event.body.data.id", what: "each transaction or subscription" },
		{ path: "event.body.data.customer_id", what: "each customer" },
	],
} as const satisfies Sender;

export const paddlePage = {
	guide: {
		pasteUrl: [
			"In Paddle, open Developer Tools, then Notifications, then New destination.",
			"Choose URL (webhook) as the notification type, paste {url} and choose the events.",
		],
		findSecret: ["In the list of destinations, open the menu of yours, choose Edit destination and copy the Secret key."],
	},
	samples: [
		{
			event: "transaction.completed",
			title: "A payment was completed",
			body: {
				event_id: "evt_01hv8x29kz0t586xy6zn1a62ny",
				event_type: "transaction.completed",
				occurred_at: "2026-11-01T10:00:00.000000Z",
				notification_id: "ntf_01hv8x2a",
				data: {
					id: "txn_01hv8wptq8987qeep44cyrewp9",
					status: "completed",
					customer_id: "ctm_01hv6y1jedq4p1n0yqn5ba3ky4",
					currency_code: "EUR",
					details: { totals: { total: "4200" } },
				},
			},
		},
		{
			event: "subscription.canceled",
			title: "A subscription was cancelled",
			body: {
				event_id: "evt_01hv8x29kz0t586xy6zn1a62nz",
				event_type: "subscription.canceled",
				occurred_at: "2026-11-01T10:00:00.000000Z",
				notification_id: "ntf_01hv8x2b",
				data: {
					id: "sub_01hv8x29kz0t586xy6zn1a62ny",
					status: "canceled",
					customer_id: "ctm_01hv6y1jedq4p1n0yqn5ba3ky4",
					currency_code: "EUR",
					canceled_at: "2026-11-01T10:00:00.000000Z",
					items: [
						{
							status: "active",
							quantity: 1,
							price: { id: "pri_01gsz8x8sawmvhz1pv30nge1ke", unit_price: { amount: "4200", currency_code: "EUR" } },
						},
					],
					custom_data: null,
				},
			},
		},
	],
} as const satisfies SenderPage;
