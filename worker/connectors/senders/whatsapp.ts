import type { Sender, SenderPage } from "../sender";
import { metaWebhook } from "./meta";

export const whatsapp = {
	id: "whatsapp",
	name: "WhatsApp",
	...metaWebhook,
	duplicateId: ["event.body.entry.0.changes.0.value.messages.0.id"],
	eventName: [
		"event.body.entry.0.changes.0.value.messages.0.type",
		"event.body.entry.0.changes.0.value.statuses.0.status",
		"event.body.entry.0.changes.0.field",
		"event.body.changes.0.value.messages.0.type",
		"event.body.changes.0.value.statuses.0.status",
		"event.body.changes.0.field",
	],
	eventTime: { path: "event.body.entry.0.changes.0.value.messages.0.timestamp", unit: "seconds" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again for up to seven days, each time later." },
	batch: { path: "event.body.entry", what: "several messages", duplicateId: ["event.body.changes.0.value.messages.0.id"] },
	orderingKeys: [{ path: "event.body.changes.0.value.contacts.0.wa_id", what: "each person" }],
} as const satisfies Sender;

export const whatsappPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Open developers.facebook.com/apps, choose your app, then Use cases, then “Connect with customers through WhatsApp”, then Configuration.",
			"In an older app, open WhatsApp, then Configuration.",
			"Under Webhook, choose Edit, paste {url} as the Callback URL and the same verify token, then “Verify and save”.",
			"Under Webhook fields, subscribe to messages.",
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
				object: "whatsapp_business_account",
				entry: [
					{
						id: "102290129340398",
						changes: [
							{
								field: "messages",
								value: {
									messaging_product: "whatsapp",
									metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
									contacts: [{ profile: { name: "Kim Example" }, wa_id: "4915550001111" }],
									messages: [
										{
											from: "4915550001111",
											id: "wamid.HBgL1",
											timestamp: "1790000000",
											type: "text",
											text: { body: "Is the blue mug there again?" },
										},
									],
								},
							},
						],
					},
				],
			},
		},
		{
			event: "read",
			title: "A message of yours was read",
			body: {
				object: "whatsapp_business_account",
				entry: [
					{
						id: "102290129340398",
						changes: [
							{
								field: "messages",
								value: {
									messaging_product: "whatsapp",
									metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
									statuses: [
										{
											id: "wamid.HBgL2",
											status: "read",
											timestamp: "1790000000",
											recipient_id: "4915550001111",
											conversation: { id: "c1", origin: { type: "utility" } },
										},
									],
								},
							},
						],
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
