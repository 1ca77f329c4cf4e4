import type { Sender, SenderPage } from "../sender";

export const airwallex = {
	id: "airwallex",
	name: "Airwallex",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-signature" }, encoding: "hex" },
		timestamp: { in: { header: "x-timestamp" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", "body"],
	},
	secret: { name: "Webhook secret key", looksLike: "whsec_…" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.name"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for three days, each time later." },
	orderingKeys: [{ path: "event.body.data.object.id", what: "each payment or transfer" }],
} as const satisfies Sender;

export const airwallexPage = {
	guide: {
		pasteUrl: [
			"In Airwallex, open Developer, then Webhooks, then Add webhook.",
			"Paste {url} as the Notification URL and choose the events.",
		],
		findSecret: ["Open the webhook that you added and copy its secret key."],
	},
	samples: [
		{
			event: "payment_intent.succeeded",
			title: "A payment went through",
			body: {
				id: "evt_1",
				name: "payment_intent.succeeded",
				account_id: "acct_1",
				created_at: "2026-11-01T10:00:00+0000",
				data: { object: { id: "int_1", amount: 42, currency: "EUR", status: "SUCCEEDED", merchant_order_id: "1001" } },
			},
		},
	],
} as const satisfies SenderPage;
