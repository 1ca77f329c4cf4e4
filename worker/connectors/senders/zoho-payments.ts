import type { Sender, SenderPage } from "../sender";

export const zohoPayments = {
	id: "zoho-payments",
	name: "Zoho Payments",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-zoho-webhook-signature" }, pairs: ",", signature: "v", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Signing key" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.event_time", unit: "seconds" },
	expects: { withinSeconds: 15, retries: "Tries again, each time later." },
	orderingKeys: [{ path: "event.body.event_object.payment.payment_id", what: "each payment" }],
} as const satisfies Sender;

export const zohoPaymentsPage = {
	guide: {
		pasteUrl: [
			"In Zoho Payments, open Settings, then Developer Space, then Webhooks, and create one.",
			"Paste {url} and choose the events.",
		],
		findSecret: ["Copy the signing key that is made for the webhook."],
	},
	samples: [
		{
			event: "payment.succeeded",
			title: "A payment went through",
			body: {
				event_id: "5000000009001",
				event_type: "payment.succeeded",
				event_time: 1790000000,
				account_id: "23137556",
				event_object: {
					payment: {
						payment_id: "173000002314883",
						amount: "42.00",
						currency: "EUR",
						status: "succeeded",
						receipt_email: "alex@example.com",
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
