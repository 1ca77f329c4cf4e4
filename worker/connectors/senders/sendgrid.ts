import type { Sender, SenderPage } from "../sender";

export const sendgrid = {
	id: "sendgrid",
	name: "SendGrid",
	signature: {
		kind: "ecdsa",
		digest: "sha256",
		key: { as: "spki-base64" },
		signature: { in: { header: "x-twilio-email-event-webhook-signature" }, encoding: "base64" },
		// What was refused is sent again for a day.
		timestamp: { in: { header: "x-twilio-email-event-webhook-timestamp" }, unit: "seconds", toleranceSeconds: 90_000 },
		message: ["timestamp", "body"],
	},
	secret: { name: "Verification key", looksLike: "MFkwEwYH…" },
	eventName: ["event.body.0.event", "event.body.event"],
	eventTime: { path: "event.body.0.timestamp", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for 24 hours; many events come in one list." },
	batch: { path: "event.body", what: "many events", duplicateId: ["event.body.sg_event_id"] },
	orderingKeys: [
		{ path: "event.body.sg_message_id", what: "each message" },
		{ path: "event.body.email", what: "each recipient" },
	],
} as const satisfies Sender;

export const sendgridPage = {
	guide: {
		pasteUrl: [
			"In SendGrid, open Settings, then Mail Settings, then Event Webhooks.",
			"Create one, paste {url} as the Post URL and choose the events.",
		],
		findSecret: [
			"In the same webhook, under Security features, enable Signed Event Webhook and save.",
			"Open it again and copy the verification key.",
		],
	},
	samples: [
		{
			event: "delivered",
			title: "An e-mail arrived",
			body: [
				{
					email: "alex@example.com",
					timestamp: 1790000000,
					event: "delivered",
					sg_event_id: "ZGVsaXZlcmVkLTAtMQ",
					sg_message_id: "14c5d75ce93.dfd.64b469",
				},
			],
		},
		{
			event: "bounce",
			title: "An e-mail bounced, and another was opened",
			body: [
				{
					email: "kim@example.com",
					timestamp: 1790000000,
					"smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
					event: "bounce",
					type: "bounce",
					category: ["orders"],
					sg_event_id: "Ym91bmNlLTAtMQ",
					sg_message_id: "14c5d75ce93.dfd.64b470",
					reason: "500 unknown recipient",
					status: "5.0.0",
				},
				{
					email: "alex@example.com",
					timestamp: 1790000005,
					event: "open",
					category: ["orders"],
					sg_event_id: "b3Blbi0wLTE",
					sg_message_id: "14c5d75ce93.dfd.64b469",
					useragent: "Mozilla/4.0",
					ip: "203.0.113.7",
				},
			],
		},
	],
} as const satisfies SenderPage;
