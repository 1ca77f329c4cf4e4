import type { Sender, SenderPage } from "../sender";

export const line = {
	id: "line",
	name: "LINE",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-line-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Channel secret" },
	duplicateId: ["event.body.events.0.webhookEventId"],
	eventName: ["event.body.events.0.type"],
	eventTime: { path: "event.body.events.0.timestamp", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 2, retries: "Tries again only if redelivery is switched on." },
	orderingKeys: [{ path: "event.body.events.0.source.userId", what: "each person" }],
} as const satisfies Sender;

export const linePage = {
	guide: {
		pasteUrl: [
			"In the LINE Developers Console, open your channel, then the tab Messaging API.",
			"Under Webhook URL, paste {url}, choose Verify, and switch on Use webhook.",
		],
		findSecret: ["On the tab Basic settings, copy the Channel secret."],
	},
	samples: [
		{
			event: "message",
			title: "Somebody wrote a message",
			body: {
				destination: "Uxxx1",
				events: [
					{
						type: "message",
						webhookEventId: "01H810YECXQQZ37VAXPF6H9E6T",
						timestamp: 1790000000000,
						mode: "active",
						source: { type: "user", userId: "U80696558" },
						message: { id: "444573844083572737", type: "text", text: "Is the blue mug there again?" },
						deliveryContext: { isRedelivery: false },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
