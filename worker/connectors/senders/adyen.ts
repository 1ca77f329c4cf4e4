import type { Sender, SenderPage } from "../sender";

const ITEM_ID = ["pspReference", "eventCode", "success"].map((name) => `NotificationRequestItem.${name}`);

export const adyen = {
	id: "adyen",
	name: "Adyen",
	signature: { kind: "bespoke", module: "adyen", binds: "fields" },
	secret: { name: "HMAC key", looksLike: "64 signs, 0–9 and A–F" },
	// As Adyen says to, and all of it is signed: other members of an item may be anybody's. JSON holds one item a delivery.
	duplicateId: ITEM_ID.map((name) => `event.body.notificationItems.0.${name}`),
	eventName: ["event.body.notificationItems.0.NotificationRequestItem.eventCode", "event.body.NotificationRequestItem.eventCode"],
	eventTime: { path: "event.body.notificationItems.0.NotificationRequestItem.eventDate", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for up to 30 days, each time later." },
	batch: { path: "event.body.notificationItems", what: "several items", duplicateId: ITEM_ID.map((name) => `event.body.${name}`) },
} as const satisfies Sender;

export const adyenPage = {
	guide: {
		pasteUrl: [
			"In the Adyen Customer Area, open Developers, then Webhooks.",
			"Create a standard webhook and paste {url} under Server configuration.",
			"Choose JSON as the method.",
		],
		findSecret: [
			"In the same webhook, under Security, choose “Generate” beside HMAC key.",
			"Copy the key at once: it is shown only now. Then save.",
		],
	},
	samples: [
		{
			event: "AUTHORISATION",
			title: "A payment was authorised",
			body: {
				live: "false",
				notificationItems: [
					{
						NotificationRequestItem: {
							eventCode: "AUTHORISATION",
							success: "true",
							eventDate: "2026-11-01T10:00:00+01:00",
							merchantAccountCode: "ExampleShop",
							merchantReference: "order-1001",
							pspReference: "7914073381342284",
							amount: { currency: "EUR", value: 4200 },
						},
					},
				],
			},
		},
		{
			event: "REFUND",
			title: "A refund went through",
			body: {
				live: "false",
				notificationItems: [
					{
						NotificationRequestItem: {
							eventCode: "REFUND",
							success: "true",
							eventDate: "2026-11-01T11:00:00+01:00",
							merchantAccountCode: "ExampleShop",
							merchantReference: "order-1001",
							originalReference: "7914073381342284",
							pspReference: "8825408195409505",
							reason: "",
							amount: { currency: "EUR", value: 4200 },
						},
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
