import type { Sender, SenderPage } from "../sender";

export const stripe = {
	id: "stripe",
	name: "Stripe",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "stripe-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created", unit: "seconds" },
	expects: { withinSeconds: 20, retries: "Tries again for three days, each time later." },
	orderingKeys: [
		{ path: "event.body.data.object.id", what: "each object (payment, invoice, subscription)" },
		{ path: "event.body.data.object.customer", what: "each customer" },
	],
} as const satisfies Sender;

export const stripePage = {
	guide: {
		pasteUrl: [
			"In the Stripe Dashboard, open Developers, then Webhooks.",
			"Choose “Add destination” and the events you want.",
			"Choose “Webhook endpoint” and paste {url} as the endpoint URL.",
		],
		findSecret: ["Open the endpoint that you added.", "Under “Signing secret”, choose Reveal and copy what begins with whsec_."],
	},
	samples: [
		{
			event: "payment_intent.succeeded",
			title: "A payment went through",
			body: {
				id: "evt_1PqTest000000000000000001",
				object: "event",
				api_version: "2025-09-30.clover",
				created: 1790000000,
				type: "payment_intent.succeeded",
				livemode: false,
				data: {
					object: {
						id: "pi_3PqTest00000000000000001",
						object: "payment_intent",
						amount: 4200,
						currency: "eur",
						customer: "cus_Test0001",
						status: "succeeded",
					},
				},
			},
		},
		{
			event: "customer.subscription.deleted",
			title: "A subscription ended",
			body: {
				id: "evt_1PqTest000000000000000002",
				object: "event",
				created: 1790000600,
				type: "customer.subscription.deleted",
				livemode: false,
				data: { object: { id: "sub_1PqTest0001", object: "subscription", customer: "cus_Test0001", status: "canceled" } },
			},
		},
	],
} as const satisfies SenderPage;
