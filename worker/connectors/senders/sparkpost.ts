import type { Sender, SenderPage } from "../sender";

export const sparkpost = {
	id: "sparkpost",
	name: "SparkPost",
	signature: { kind: "basic" },
	secret: { name: "Basic auth user name and password", looksLike: "user:password" },
	duplicateId: ["event.headers.x-messagesystems-batch-id"],
	eventName: [
		"event.body.0.msys.message_event.type",
		"event.body.0.msys.track_event.type",
		"event.body.msys.message_event.type",
		"event.body.msys.track_event.type",
	],
	eventTime: { path: "event.body.0.msys.message_event.timestamp", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for eight hours, each time later." },
	batch: { path: "event.body", what: "many events" },
	orderingKeys: [{ path: "event.body.msys.message_event.message_id", what: "each message" }],
} as const satisfies Sender;

export const sparkpostPage = {
	guide: {
		pasteUrl: [
			"In SparkPost, open Configuration, then Webhooks, then Create Webhook.",
			"Paste {url} as the Target URL and choose the events.",
		],
		findSecret: [
			"In the same form, choose Basic Auth, and make up a user name and a password.",
			"The secret is both with a colon in between: name:password.",
		],
	},
	samples: [
		{
			event: "delivery",
			title: "A message was delivered",
			headers: { "x-messagesystems-batch-id": "b1" },
			body: [
				{
					msys: {
						message_event: {
							type: "delivery",
							event_id: "92356927693813856",
							timestamp: "1790000000",
							message_id: "000443ee14578172be22",
							rcpt_to: "kim@example.com",
							subject: "Your order",
							queue_time: "12",
						},
					},
				},
			],
		},
	],
} as const satisfies SenderPage;
