import type { Sender, SenderPage } from "../sender";

export const pusher = {
	id: "pusher",
	name: "Pusher Channels",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-pusher-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "App secret" },
	eventName: ["event.body.events.0.name", "event.body.name"],
	eventTime: { path: "event.body.time_ms", unit: "milliseconds" },
	expects: { withinSeconds: 5, retries: "Tries again for five minutes, each time later." },
	batch: { path: "event.body.events", what: "several events" },
	orderingKeys: [{ path: "event.body.channel", what: "each channel" }],
} as const satisfies Sender;

export const pusherPage = {
	guide: {
		pasteUrl: [
			"In the Pusher dashboard, choose your Channels app, then Webhooks.",
			"Paste {url} as the Webhook URL and choose the event type.",
		],
		findSecret: ["Open App Keys and copy the secret."],
	},
	samples: [
		{
			event: "channel_occupied",
			title: "Somebody joined a channel",
			headers: { "x-pusher-key": "278d425bdf160c739803" },
			body: { time_ms: 1790000000000, events: [{ name: "channel_occupied", channel: "orders" }] },
		},
	],
} as const satisfies SenderPage;
