import type { Sender, SenderPage } from "../sender";

export const paystack = {
	id: "paystack",
	name: "Paystack",
	signature: { kind: "hmac", digest: "sha512", signature: { in: { header: "x-paystack-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Secret key", looksLike: "sk_…" },
	// A dispute is reminded of more than once under its id.
	duplicateId: ["event.body.event", "event.body.data"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.data.created_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 30, retries: "Tries again for three days, each hour in the end." },
	orderingKeys: [
		{ path: "event.body.data.reference", what: "each transaction" },
		{ path: "event.body.data.customer.email", what: "each customer" },
	],
} as const satisfies Sender;

export const paystackPage = {
	guide: {
		pasteUrl: [
			"In the Paystack Dashboard, open Settings, then API Keys & Webhooks.",
			"Paste {url} as the Live (or Test) Webhook URL and save.",
		],
		findSecret: ["On the same page, copy the Live (or Test) Secret Key."],
	},
	samples: [
		{
			event: "charge.success",
			title: "A payment went through",
			body: {
				event: "charge.success",
				data: {
					id: 302961,
					domain: "live",
					status: "success",
					reference: "qTPrJoy9Bx",
					amount: 420000,
					currency: "NGN",
					created_at: "2026-11-01T10:00:00.000Z",
					customer: { id: 68324, first_name: "Alex", email: "alex@example.com" },
				},
			},
		},
		{
			event: "charge.dispute.remind",
			title: "A dispute waits for an answer",
			body: {
				event: "charge.dispute.remind",
				data: {
					id: 358950,
					domain: "live",
					status: "awaiting-merchant-feedback",
					refund_amount: 420000,
					currency: "NGN",
					transaction: { id: 302961, reference: "qTPrJoy9Bx" },
					created_at: "2026-11-01T10:00:00.000Z",
					updated_at: "2026-11-02T10:00:00.000Z",
				},
			},
		},
	],
} as const satisfies SenderPage;
