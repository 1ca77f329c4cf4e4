import type { Sender, SenderPage } from "../sender";

export const cursor = {
	id: "cursor",
	name: "Cursor",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-webhook-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.headers.x-webhook-id"],
	eventName: ["event.body.event", "event.headers.x-webhook-event"],
	orderingKeys: [{ path: "event.body.id", what: "each agent" }],
} as const satisfies Sender;

export const cursorPage = {
	guide: {
		secretFirst: true,
		pasteUrl: ["When you start a cloud agent through the API, send {url} as webhook.url and the same secret as webhook.secret."],
		findSecret: ["Make up a secret of at least 32 characters."],
	},
	samples: [
		{
			event: "statusChange",
			title: "An agent has finished",
			headers: { "x-webhook-event": "statusChange", "x-webhook-id": "w1" },
			body: {
				event: "statusChange",
				timestamp: "2026-11-01T10:00:00Z",
				id: "bc_abc123",
				status: "FINISHED",
				summary: "Raised the price",
				source: { repository: "https://github.com/example/shop", ref: "main" },
			},
		},
	],
} as const satisfies SenderPage;
