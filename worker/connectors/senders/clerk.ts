import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const clerk = {
	id: "clerk",
	name: "Clerk",
	signature: standardWebhooks("svix"),
	secret: { name: "Signing Secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.svix-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "milliseconds" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each user, organization or session" }],
} as const satisfies Sender;

export const clerkPage = {
	guide: {
		pasteUrl: [
			"In the Clerk Dashboard, open Configure, then Webhooks, then Add Endpoint.",
			"Paste {url} as the Endpoint URL and subscribe to the events.",
		],
		findSecret: ["Open the endpoint that you added, show its Signing Secret and copy it."],
	},
	samples: [
		{
			event: "user.created",
			title: "Somebody signed up",
			headers: { "svix-id": "msg_1" },
			body: {
				type: "user.created",
				object: "event",
				timestamp: 1790000000000,
				data: {
					id: "user_1",
					first_name: "Alex",
					last_name: "Example",
					email_addresses: [{ id: "idn_1", email_address: "alex@example.com" }],
					created_at: 1790000000000,
				},
			},
		},
	],
} as const satisfies SenderPage;
