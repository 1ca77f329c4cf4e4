import type { Sender, SenderPage } from "../sender";

export const tailscale = {
	id: "tailscale",
	name: "Tailscale",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "tailscale-webhook-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret", looksLike: "tskey-webhook-…" },
	eventName: ["event.body.0.type", "event.body.type"],
	eventTime: { path: "event.body.0.timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for a day, each time later." },
	batch: { path: "event.body", what: "several events" },
	orderingKeys: [{ path: "event.body.data.nodeID", what: "each device" }],
} as const satisfies Sender;

export const tailscalePage = {
	guide: {
		pasteUrl: ["In the Tailscale admin console, open Settings, then Webhooks, then Add endpoint.", "Paste {url} and choose the events."],
		findSecret: ["The secret is shown when the webhook is made: copy it."],
	},
	samples: [
		{
			event: "nodeCreated",
			title: "A device was added",
			body: [
				{
					timestamp: "2026-11-01T10:00:00Z",
					version: 1,
					type: "nodeCreated",
					tailnet: "example.com",
					message: "Node alex-laptop created",
					data: { nodeID: "n1", deviceName: "alex-laptop.example.ts.net", actor: "alex@example.com" },
				},
			],
		},
	],
} as const satisfies SenderPage;
