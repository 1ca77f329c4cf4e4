import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const stytch = {
	id: "stytch",
	name: "Stytch",
	signature: standardWebhooks("svix"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.svix-id"],
	eventName: ["event.body.action"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.id", what: "each user or member" }],
} as const satisfies Sender;

export const stytchPage = {
	guide: {
		pasteUrl: ["In the Stytch Dashboard, open Webhooks, then Add endpoint.", "Paste {url} as the endpoint URL and choose the events."],
		findSecret: ["Open the endpoint that you added, show its signing secret and copy it."],
	},
	samples: [
		{
			event: "CREATE",
			title: "A user was created",
			headers: { "svix-id": "msg_1" },
			body: {
				project_id: "project-live-1",
				event_id: "event-live-1",
				action: "CREATE",
				object_type: "user",
				source: "DIRECT",
				id: "user-live-1",
				timestamp: "2026-11-01T10:00:00Z",
				user: { name: { first_name: "Alex" }, emails: [{ email: "alex@example.com" }] },
			},
		},
	],
} as const satisfies SenderPage;
