import type { Sender, SenderPage } from "../sender";
import { metaWebhook } from "./meta";

export const instagram = {
	id: "instagram",
	name: "Instagram",
	...metaWebhook,
	duplicateId: ["event.body.entry.0.messaging.0.message.mid"],
	eventName: ["event.body.entry.0.changes.0.field", "event.body.object"],
	eventTime: { path: "event.body.entry.0.messaging.0.timestamp", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again for a day and a half, each time later." },
	orderingKeys: [{ path: "event.body.entry.0.messaging.0.sender.id", what: "each person" }],
} as const satisfies Sender;

export const instagramPage = {
	guide: {
		pasteUrl: [
			"First enter a verify token here, since Meta tests the URL at once.",
			"Open developers.facebook.com/apps, choose your app, then Webhooks, and choose Instagram.",
			"Paste {url} as the Callback URL and the same verify token, then “Verify and save”.",
			"Subscribe to the fields you want, such as messages or comments.",
		],
		findSecret: ["In the App Dashboard, open App settings, then Basic.", "Beside App secret, choose Show and copy it."],
	},
	samples: [
		{
			event: "messages",
			title: "Somebody wrote a message",
			body: {
				object: "instagram",
				entry: [
					{
						id: "17841400000000000",
						time: 1790000000000,
						messaging: [
							{
								sender: { id: "1000001" },
								recipient: { id: "17841400000000000" },
								timestamp: 1790000000000,
								message: { mid: "m_1", text: "Is the blue mug there again?" },
							},
						],
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
