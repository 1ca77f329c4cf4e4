import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const increase = {
	id: "increase",
	name: "Increase",
	signature: standardWebhooks("webhook"),
	secret: { name: "Shared secret" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.category"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.associated_object_id", what: "each object (account, transfer, card)" }],
} as const satisfies Sender;

export const increasePage = {
	guide: {
		pasteUrl: ["In the Increase dashboard, open Developers, then Webhooks, and add one.", "Paste {url} as the URL."],
		findSecret: ["Copy the shared secret of that webhook, or enter one of your own."],
	},
	samples: [
		{
			event: "transaction.created",
			title: "A transaction was booked",
			headers: { "webhook-id": "msg_1" },
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
