import type { Sender, SenderPage } from "../sender";

export const checkoutCom = {
	id: "checkout-com",
	name: "Checkout.com",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "cko-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Signature key" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_on", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each payment" }],
} as const satisfies Sender;

export const checkoutComPage = {
	guide: {
		pasteUrl: [
			"In the Checkout.com Dashboard, open Developers, then the tab Webhooks, then New webhook.",
			"Give it a name, paste {url} as the Endpoint URL and choose the events.",
		],
		findSecret: ["Enter a long random text as the Signature key in the same form."],
	},
	samples: [
		{
			event: "payment_approved",
			title: "A payment was approved",
			body: {
				id: "evt_az5sblvku4ge3dwpztvyizgcau",
				type: "payment_approved",
				version: "1.0.0",
				created_on: "2026-11-01T10:00:00Z",
				data: {
					id: "pay_1",
					action_id: "act_1",
					amount: 4200,
					currency: "EUR",
					approved: true,
					reference: "ORD-1001",
					response_code: "10000",
				},
			},
		},
	],
} as const satisfies SenderPage;
