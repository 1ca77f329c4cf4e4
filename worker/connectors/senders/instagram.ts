import type { Sender, SenderPage } from "../sender";
import { metaWebhook } from "./meta";

export const instagram = {
	id: "instagram",
	name: "Instagram",
	...metaWebhook,
	// What is unsent comes again under its mid.
	duplicateId: ["event.body.entry.0.messaging"],
	eventName: ["event.body.entry.0.changes.0.field", "event.body.changes.0.field", "event.body.object"],
	eventTime: { path: "event.body.entry.0.messaging.0.timestamp", unit: "milliseconds" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again for a day and a half, each time later." },
	batch: { path: "event.body.entry", what: "several changes", duplicateId: ["event.body.messaging"] },
	orderingKeys: [
		{ path: "event.body.messaging.0.sender.id", what: "each person" },
		{ path: "event.body.id", what: "each account" },
	],
} as const satisfies Sender;

export const instagramPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Open developers.facebook.com/apps, choose your app, then Webhooks, and choose Instagram.",
			"Paste {url} as the Callback URL and the same verify token, then “Verify and save”.",
			"Subscribe to the fields you want, such as messages or comments.",
		],
		findSecret: [
			"Make up a verify token: any text.",
			"Open developers.facebook.com/apps, choose your app, then App settings, then Basic.",
			"Beside App secret, choose Show and copy it.",
		],
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
		{
			event: "messages",
			title: "Somebody took a message back",
			body: {
				object: "instagram",
				entry: [
					{
						id: "17841400000000000",
						time: 1790000060000,
						messaging: [
							{
								sender: { id: "1000001" },
								recipient: { id: "17841400000000000" },
								timestamp: 1790000060000,
								message: { mid: "m_1", is_deleted: true },
							},
						],
					},
				],
			},
		},
		{
			event: "comments",
			title: "Somebody commented on a post",
			body: {
				object: "instagram",
				entry: [
					{
						id: "17841400000000000",
						time: 1790000000,
						changes: [
							{
								field: "comments",
								value: {
									id: "17865799348089039",
									text: "Lovely!",
									from: { id: "1000001", username: "kim.example" },
									media: { id: "18000000000000000", media_product_type: "FEED" },
								},
							},
						],
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
