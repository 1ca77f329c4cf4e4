import type { Sender, SenderPage } from "../sender";

export const easypost = {
	id: "easypost",
	name: "EasyPost",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hmac-signature" }, prefix: "hmac-sha256-hex=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.description"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 7, retries: "Tries six times more, each time later." },
	orderingKeys: [{ path: "event.body.result.id", what: "each tracker or batch" }],
} as const satisfies Sender;

export const easypostPage = {
	guide: {
		pasteUrl: ["In EasyPost, open Account Settings, then Webhooks & Events, then Add Webhook.", "Paste {url} as the Webhook URL."],
		findSecret: ["In the same form, enter a long random Webhook Secret of plain letters and digits."],
	},
	samples: [
		{
			event: "tracker.updated",
			title: "A parcel moved",
			body: {
				id: "evt_1",
				object: "Event",
				description: "tracker.updated",
				mode: "production",
				created_at: "2026-11-01T10:00:00Z",
				result: { id: "trk_1", object: "Tracker", tracking_code: "EZ4000004000", status: "delivered", carrier: "USPS" },
			},
		},
	],
} as const satisfies SenderPage;
