import type { Sender, SenderPage } from "../sender";

export const razorpay = {
	id: "razorpay",
	name: "Razorpay",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-razorpay-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Secret" },
	duplicateId: ["event.headers.x-razorpay-event-id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.created_at", unit: "seconds" },
	expects: { withinSeconds: 5, retries: "Tries again for a day, each time later, then disables the webhook." },
	orderingKeys: [
		{ path: "event.body.payload.payment.entity.order_id", what: "each order" },
		{ path: "event.body.payload.payment.entity.id", what: "each payment" },
	],
} as const satisfies Sender;

export const razorpayPage = {
	guide: {
		pasteUrl: [
			"In the Razorpay Dashboard, open Account & Settings, then Webhooks, then Add New Webhook.",
			"Paste {url} as the Webhook URL and choose the events.",
		],
		findSecret: ["Enter a long random text as the Secret in the same form."],
	},
	samples: [
		{
			event: "payment.captured",
			title: "A payment was captured",
			headers: { "x-razorpay-event-id": "evt_1" },
			body: {
				entity: "event",
				account_id: "acc_1",
				event: "payment.captured",
				contains: ["payment"],
				created_at: 1790000000,
				payload: {
					payment: {
						entity: { id: "pay_1", amount: 420000, currency: "INR", status: "captured", order_id: "order_1", email: "alex@example.com" },
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
