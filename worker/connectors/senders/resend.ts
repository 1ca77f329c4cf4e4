import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const resend = {
	id: "resend",
	name: "Resend",
	signature: standardWebhooks("svix"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.svix-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 15, retries: "Tries again for about ten hours, each time later." },
	orderingKeys: [{ path: "event.body.data.email_id", what: "each e-mail" }],
} as const satisfies Sender;

export const resendPage = {
	guide: {
		pasteUrl: ["In Resend, open Webhooks, then Add Webhook.", "Paste {url} as the Endpoint URL and choose the events."],
		findSecret: ["On the webhook's page, copy the Signing Secret."],
	},
	samples: [
		{
			event: "email.delivered",
			title: "An e-mail was delivered",
			headers: { "svix-id": "msg_1" },
			body: {
				type: "email.delivered",
				created_at: "2026-11-01T10:00:00.000Z",
				data: {
					email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
					from: "Shop <shop@example.com>",
					to: ["kim@example.com"],
					subject: "Your order",
					created_at: "2026-11-01T09:59:58.000Z",
				},
			},
		},
	],
} as const satisfies SenderPage;
