import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const fathom = {
	id: "fathom",
	name: "Fathom",
	signature: standardWebhooks("webhook"),
	secret: { name: "Webhook secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.recording_id", what: "each recording" }],
} as const satisfies Sender;

export const fathomPage = {
	guide: {
		pasteUrl: ["In Fathom, open Settings, then API Access, then Add Webhook.", "Paste {url} and choose what is to be sent."],
		findSecret: ["The secret is shown when the webhook is made: copy it."],
	},
	samples: [
		{
			event: "new_meeting_content_ready",
			title: "A meeting was written down",
			headers: { "webhook-id": "msg_1" },
			body: {
				title: "Talk with Alex",
				recording_id: 123456,
				url: "https://fathom.video/xyz",
				created_at: "2026-11-01T10:00:00Z",
				default_summary: { markdown_formatted: "We raise the price." },
				action_items: [{ description: "Tell Kim", completed: false }],
			},
		},
	],
} as const satisfies SenderPage;
