import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const svix = {
	id: "svix",
	name: "Svix",
	signature: standardWebhooks("svix"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	formats: "any",
	duplicateId: ["event.headers.svix-id"],
	eventName: ["event.body.type", "event.body.event_type", "event.body.eventType"],
	expects: { withinSeconds: 15, retries: "Tries eight times over 28 hours; disabled after five days of failures." },
} as const satisfies Sender;

export const svixPage = {
	guide: {
		pasteUrl: ["In the sender's webhook portal, choose “Add Endpoint”.", "Paste {url} and choose the events."],
		findSecret: ["Open the endpoint and show its signing secret; it begins with whsec_."],
	},
	samples: [
		{
			event: "invoice.paid",
			title: "An invoice was paid",
			headers: { "svix-id": "msg_2b1test0000000000000000001" },
			body: { type: "invoice.paid", data: { id: "invoice_1", amount: 4200, currency: "eur" } },
		},
	],
} as const satisfies SenderPage;
