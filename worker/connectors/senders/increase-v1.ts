import type { Sender, SenderPage } from "../sender";

/** The header that Increase had before Standard Webhooks: the time is an ISO date. */
export const increaseV1 = {
	id: "increase-v1",
	name: "Increase (Increase-Webhook-Signature)",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "increase-webhook-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "iso", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Shared secret", looksLike: "whsec_…" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.category"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries up to seven times more, each time later." },
	orderingKeys: [{ path: "event.body.associated_object_id", what: "each object (account, transfer, card)" }],
} as const satisfies Sender;

export const increaseV1Page = {
	guide: {
		pasteUrl: ["In the Increase dashboard, open Developers, then Webhooks, and add one.", "Paste {url} as the URL."],
		findSecret: ["Copy the shared secret of that webhook, or enter one of your own."],
	},
	samples: [
		{
			event: "transaction.created",
			title: "A transaction was booked",
			body: {
				id: "event_001dzz0r20rzr4zrhrr1364hy80",
				type: "event",
				category: "transaction.created",
				created_at: "2026-11-01T10:00:00Z",
				associated_object_id: "transaction_uyrp7fld2ium70oa7oi",
				associated_object_type: "transaction",
			},
		},
	],
} as const satisfies SenderPage;
