import type { Sender, SenderPage } from "../sender";

export const bridge = {
	id: "bridge",
	name: "Bridge (Bankin)",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "bridgeapi-signature" }, list: ",", prefix: "v1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "milliseconds" },
	orderingKeys: [
		{ path: "event.body.content.payment_request_id", what: "each payment" },
		{ path: "event.body.content.item_id", what: "each bank connection" },
	],
} as const satisfies Sender;

export const bridgePage = {
	guide: {
		pasteUrl: ["In the Bridge dashboard, open Webhooks and add one.", "Paste {url} as the callback URL and choose the events."],
		findSecret: ["The secret is shown when the webhook is made: copy it."],
	},
	samples: [
		{
			event: "payment.transaction.updated",
			title: "A payment changed",
			body: {
				type: "payment.transaction.updated",
				timestamp: 1790000000000,
				content: { payment_request_id: "pr_1", status: "ACSC", end_to_end_id: "1001" },
			},
		},
	],
} as const satisfies SenderPage;
