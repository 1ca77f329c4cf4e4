import type { Sender, SenderPage } from "../sender";

export const courier = {
	id: "courier",
	name: "Courier",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "courier-signature" }, pairs: ",", signature: "signature", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret" },
	eventName: ["event.body.type"],
	duplicateId: ["event.body.type", "event.body.data"],
	orderingKeys: [{ path: "event.body.data.id", what: "each message" }],
} as const satisfies Sender;

export const courierPage = {
	guide: {
		pasteUrl: ["In Courier, open Settings, then Outbound Webhooks, and add one.", "Paste {url} as the URL and choose the events."],
		findSecret: ["Open the webhook and copy its secret."],
	},
	samples: [
		{
			event: "message:updated",
			title: "A message changed",
			body: {
				type: "message:updated",
				data: { id: "1-5e2b2615", status: "DELIVERED", recipient: "kim@example.com", delivered: 1790000000000 },
			},
		},
		{
			event: "message:updated",
			title: "A message was read",
			body: {
				type: "message:updated",
				data: { id: "1-5e2b2615", status: "OPENED", recipient: "kim@example.com", delivered: 1790000000000, opened: 1790000060000 },
			},
		},
	],
} as const satisfies SenderPage;
