import type { Sender, SenderPage } from "../sender";

export const line = {
	id: "line",
	name: "LINE",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-line-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Channel secret" },
	duplicateId: ["event.body.events.0.webhookEventId"],
	eventName: ["event.body.events.0.type", "event.body.type"],
	eventTime: { path: "event.body.events.0.timestamp", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 2, retries: "Tries again only if redelivery is switched on." },
	batch: { path: "event.body.events", what: "several events", duplicateId: ["event.body.webhookEventId"] },
	orderingKeys: [
		{ path: "event.body.source.userId", what: "each person" },
		{ path: "event.body.source.groupId", what: "each group" },
	],
} as const satisfies Sender;

export const linePage = {
	guide: {
		secretFirst: true,
		pasteUrl: ["On the tab Messaging API, under Webhook URL, paste {url}, choose Verify, and switch on Use webhook."],
		findSecret: ["In the LINE Developers Console, open your channel, then the tab Basic settings, and copy the Channel secret."],
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
		{
			event: "join",
			title: "Your account was added to a group, and somebody wrote there",
			body: {
				destination: "Uxxx1",
				events: [
					{
						type: "join",
						webhookEventId: "01H810YECXQQZ37VAXPF6H9E70",
						timestamp: 1790000000000,
						mode: "active",
						source: { type: "group", groupId: "C4af4980629" },
						replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
						deliveryContext: { isRedelivery: false },
					},
					{
						type: "message",
						webhookEventId: "01H810YECXQQZ37VAXPF6H9E71",
						timestamp: 1790000001000,
						mode: "active",
						source: { type: "group", groupId: "C4af4980629", userId: "U80696558" },
						replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTB",
						message: { id: "444573844083572738", type: "text", text: "Hello!" },
						deliveryContext: { isRedelivery: false },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
