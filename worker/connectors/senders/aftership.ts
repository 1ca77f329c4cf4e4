import type { Sender, SenderPage } from "../sender";

export const aftership = {
	id: "aftership",
	name: "AfterShip",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "aftership-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.ts", unit: "seconds" },
	expects: { withinSeconds: 30, retries: "Tries up to fourteen times more, each time later." },
	orderingKeys: [{ path: "event.body.msg.id", what: "each tracking" }],
} as const satisfies Sender;

export const aftershipPage = {
	guide: {
		pasteUrl: [
			"In AfterShip, open Settings, then Notifications, then Webhooks, and add {url}.",
			"Choose the states that you want to hear of.",
		],
		findSecret: ["On the same page, copy the Webhook secret."],
	},
	samples: [
		{
			event: "tracking_update",
			title: "A parcel moved",
			body: {
				event: "tracking_update",
				event_id: "fc0f3b3a",
				ts: 1790000000,
				msg: { id: "trk_1", tracking_number: "00340434161094", slug: "dhl", tag: "OutForDelivery", order_id: "1001" },
			},
		},
	],
} as const satisfies SenderPage;
