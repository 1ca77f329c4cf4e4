import type { Sender, SenderPage } from "../sender";

/** Its time has no zone; UTC is meant, and no window can be held. */
export const orb = {
	id: "orb",
	name: "Orb",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-orb-signature" }, list: ",", prefix: "v1=", encoding: "hex" },
		message: [{ text: "v1:" }, { header: "x-orb-timestamp" }, { text: ":" }, "body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for three days, each time later." },
	orderingKeys: [
		{ path: "event.body.invoice.customer.id", what: "each customer" },
		{ path: "event.body.subscription.id", what: "each subscription" },
	],
} as const satisfies Sender;

export const orbPage = {
	guide: {
		pasteUrl: ["In Orb, open Developers, then Webhooks, and add an endpoint.", "Paste {url} as the URL."],
		findSecret: ["Open the endpoint and copy its secret."],
	},
	samples: [
		{
			event: "invoice.issued",
			title: "An invoice was issued",
			body: {
				id: "o4mmewpfNNTnjfZc",
				type: "invoice.issued",
				created_at: "2026-11-01T10:00:00+00:00",
				properties: { automatically_marked_as_paid: false },
				invoice: { id: "in_1", amount_due: "42.00", currency: "EUR", customer: { id: "cus_1" } },
			},
		},
	],
} as const satisfies SenderPage;
