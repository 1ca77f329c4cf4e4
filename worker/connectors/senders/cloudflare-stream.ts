import type { Sender, SenderPage } from "../sender";

export const cloudflareStream = {
	id: "cloudflare-stream",
	name: "Cloudflare Stream",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "webhook-signature" }, pairs: ",", signature: "sig1", encoding: "hex" },
		timestamp: { in: { pair: "time" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.uid", "event.body.status.state", "event.body.modified"],
	eventName: ["event.body.status.state"],
	eventTime: { path: "event.body.modified", unit: "iso" },
	orderingKeys: [{ path: "event.body.uid", what: "each video" }],
} as const satisfies Sender;

export const cloudflareStreamPage = {
	guide: {
		pasteUrl: ["Call PUT https://api.cloudflare.com/client/v4/accounts/YOUR_ACCOUNT/stream/webhook with {url} as notificationUrl."],
		findSecret: ["The answer of that call has the secret: copy it."],
	},
	samples: [
		{
			event: "ready",
			title: "A video is ready",
			body: {
				uid: "6b9e68b07dfee8cc2d116e4c51d6a957",
				readyToStream: true,
				status: { state: "ready" },
				meta: { name: "mug.mp4" },
				created: "2026-11-01T09:59:00.000Z",
				modified: "2026-11-01T10:00:00.000Z",
				duration: 23.9,
			},
		},
	],
} as const satisfies SenderPage;
