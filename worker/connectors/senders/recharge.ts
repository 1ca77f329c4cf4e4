import type { Sender, SenderPage } from "../sender";

/** The signature with a time. The older x-recharge-hmac-sha256 comes along and is not read. */
export const recharge = {
	id: "recharge",
	name: "Recharge",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-recharge-webhook-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 172800 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "API client secret" },
	eventName: ["event.headers.x-recharge-topic"],
	expects: { status: 200, withinSeconds: 5, retries: "Tries twenty times more within two days, then deletes the webhook." },
	orderingKeys: [
		{ path: "event.body.charge.customer.id", what: "each customer" },
		{ path: "event.body.subscription.id", what: "each subscription" },
	],
} as const satisfies Sender;

export const rechargePage = {
	guide: {
		pasteUrl: [
			"Recharge has no page for it: webhooks are made through its API.",
			"Call POST https://api.rechargeapps.com/webhooks with {url} as address and a topic such as charge/paid.",
		],
		findSecret: [
			"In Recharge, open Tools and apps, then API tokens, and choose the token that made the webhook.",
			"Copy its API client secret.",
		],
	},
	samples: [
		{
			event: "charge/paid",
			title: "A charge was paid",
			headers: { "x-recharge-topic": "charge/paid" },
			body: {
				charge: {
					id: 221,
					status: "success",
					total_price: "42.00",
					currency: "EUR",
					customer: { id: 7, email: "alex@example.com" },
					line_items: [{ title: "Coffee, monthly", quantity: 1 }],
				},
			},
		},
	],
} as const satisfies SenderPage;
