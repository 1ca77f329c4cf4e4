import type { Sender, SenderPage } from "../sender";

export const postmark = {
	id: "postmark",
	name: "Postmark",
	signature: { kind: "basic" },
	secret: { name: "Basic auth user name and password", looksLike: "user:password" },
	eventName: ["event.body.RecordType"],
	expects: { status: 200, withinSeconds: 120, retries: "Tries again for some hours, each time later; 403 ends it." },
	orderingKeys: [{ path: "event.body.MessageID", what: "each message" }],
} as const satisfies Sender;

export const postmarkPage = {
	guide: {
		pasteUrl: [
			"In Postmark, choose your server and the message stream, then Webhooks, then Add webhook.",
			"Paste {url} as the Webhook URL and choose the events.",
		],
		findSecret: [
			"In the same form, under Basic auth credentials, make up a user name and a password.",
			"The secret is both with a colon in between: name:password.",
		],
	},
	samples: [
		{
			event: "Delivery",
			title: "A message was delivered",
			body: {
				RecordType: "Delivery",
				MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
				MessageStream: "outbound",
				Recipient: "kim@example.com",
				DeliveredAt: "2026-11-01T10:00:00Z",
				Details: "250 OK",
				Tag: "order",
				ServerID: 23,
				Metadata: { order: "1001" },
			},
		},
	],
} as const satisfies SenderPage;
