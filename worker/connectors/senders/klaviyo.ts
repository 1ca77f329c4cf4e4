import type { Sender, SenderPage } from "../sender";

export const klaviyo = {
	id: "klaviyo",
	name: "Klaviyo",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "klaviyo-signature" }, encoding: "hex" },
		timestamp: { in: { header: "klaviyo-timestamp" }, unit: "http", toleranceSeconds: 300 },
		message: ["body", "timestamp"],
	},
	secret: { name: "Secret key" },
	duplicateId: ["event.body.data.0.external_id"],
	eventName: ["event.body.data.0.topic", "event.body.topic"],
	eventTime: { path: "event.body.meta.timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for some hours, each time later." },
	batch: { path: "event.body.data", what: "up to 1,000 events", duplicateId: ["event.body.external_id"] },
} as const satisfies Sender;

export const klaviyoPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"System webhooks are for Klaviyo's partners and customers of Advanced KDP, and are made through its API.",
			"Call POST https://a.klaviyo.com/api/webhooks with {url} as endpoint_url, the same secret as secret_key, and the topics.",
		],
		findSecret: [
			"Make up a secret of at least 16 characters.",
			"The webhook step of a flow is not signed: choose the header token for that.",
		],
	},
	samples: [
		{
			event: "event:klaviyo.opened_email",
			title: "Somebody opened an e-mail",
			headers: { "klaviyo-webhook-id": "01KP4928" },
			body: {
				data: [
					{
						topic: "event:klaviyo.opened_email",
						external_id: "01EDF2",
						payload: { data: { type: "event", id: "4vRpBT", attributes: { event_properties: { Subject: "Your order" } } } },
					},
				],
				meta: { timestamp: "2026-11-01T10:00:00.000000+00:00", klaviyo_webhook_id: "01KP4928", version: "2024-06-28" },
			},
		},
	],
} as const satisfies SenderPage;
