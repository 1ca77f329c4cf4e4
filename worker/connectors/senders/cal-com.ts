import type { Sender, SenderPage } from "../sender";

export const calCom = {
	id: "cal-com",
	name: "Cal.com",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-cal-signature-256" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Secret" },
	formats: ["json", "form"],
	duplicateId: ["event.body.triggerEvent", "event.body.createdAt", "event.body.payload.uid"],
	eventName: ["event.body.triggerEvent"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	orderingKeys: [{ path: "event.body.payload.uid", what: "each booking" }],
} as const satisfies Sender;

export const calComPage = {
	guide: {
		pasteUrl: [
			"In Cal.com, open Settings, then Webhooks under Developer, then New.",
			"Paste {url} as the Subscriber URL and choose the event triggers.",
		],
		findSecret: ["Enter a long random text as the Secret in the same form."],
	},
	samples: [
		{
			event: "BOOKING_CREATED",
			title: "Somebody booked a time",
			body: {
				triggerEvent: "BOOKING_CREATED",
				createdAt: "2026-11-01T10:00:00.000Z",
				payload: {
					uid: "bFJeNb2uX8ANpT3JL5EfXw",
					type: "30min",
					title: "Talk with Alex",
					startTime: "2026-11-05T09:00:00Z",
					endTime: "2026-11-05T09:30:00Z",
					attendees: [{ name: "Kim Example", email: "kim@example.com", timeZone: "Europe/Berlin" }],
					status: "ACCEPTED",
				},
			},
		},
	],
} as const satisfies SenderPage;
