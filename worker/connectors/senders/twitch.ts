import type { Sender, SenderPage } from "../sender";

export const twitch = {
	id: "twitch",
	name: "Twitch",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "twitch-eventsub-message-signature" }, prefix: "sha256=", encoding: "hex" },
		timestamp: { in: { header: "twitch-eventsub-message-timestamp" }, unit: "iso", toleranceSeconds: 600 },
		message: [{ header: "twitch-eventsub-message-id" }, "timestamp", "body"],
	},
	secret: { name: "Secret of the subscription" },
	handshakes: [
		{
			when: {
				method: "POST",
				equals: [{ header: "twitch-eventsub-message-type", value: "webhook_callback_verification" }],
				has: [{ json: "challenge" }],
			},
			verified: true,
			answer: { kind: "echo", from: { json: "challenge" }, to: "text" },
		},
	],
	duplicateId: ["event.headers.twitch-eventsub-message-id"],
	eventName: ["event.body.subscription.type", "event.headers.twitch-eventsub-subscription-type"],
	eventTime: { path: "event.headers.twitch-eventsub-message-timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again a few times, and revokes a subscription that keeps failing." },
	orderingKeys: [{ path: "event.body.event.broadcaster_user_id", what: "each channel" }],
} as const satisfies Sender;

export const twitchPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Twitch has no page for it: call POST https://api.twitch.tv/helix/eventsub/subscriptions with your app's token.",
			"Send the type and condition, and as transport: method webhook, callback {url}, and the same secret.",
		],
		findSecret: ["Make up a secret of 10 to 100 letters and digits."],
	},
	samples: [
		{
			event: "stream.online",
			title: "A stream began",
			headers: {
				"twitch-eventsub-message-type": "notification",
				"twitch-eventsub-subscription-type": "stream.online",
				"twitch-eventsub-message-timestamp": "2026-11-01T10:00:02.634234626Z",
			},
			body: {
				subscription: {
					id: "f1c2a387",
					type: "stream.online",
					version: "1",
					status: "enabled",
					condition: { broadcaster_user_id: "1337" },
				},
				event: {
					id: "9001",
					broadcaster_user_id: "1337",
					broadcaster_user_name: "Example",
					type: "live",
					started_at: "2026-11-01T10:00:00Z",
				},
			},
		},
		{
			event: "channel.follow",
			title: "Somebody follows a channel",
			headers: {
				"twitch-eventsub-message-id": "befa7b53-d79d-478f-86b9-120f112b044e",
				"twitch-eventsub-message-retry": "0",
				"twitch-eventsub-message-type": "notification",
				"twitch-eventsub-message-timestamp": "2026-11-01T10:00:00.123456789Z",
				"twitch-eventsub-subscription-type": "channel.follow",
				"twitch-eventsub-subscription-version": "2",
			},
			body: {
				subscription: {
					id: "f1c2a388",
					type: "channel.follow",
					version: "2",
					status: "enabled",
					cost: 0,
					condition: { broadcaster_user_id: "1337", moderator_user_id: "1337" },
					transport: { method: "webhook", callback: "https://example.com/webhook" },
					created_at: "2026-10-01T10:00:00Z",
				},
				event: {
					user_id: "1234",
					user_login: "kim_example",
					user_name: "Kim_Example",
					broadcaster_user_id: "1337",
					broadcaster_user_login: "example",
					broadcaster_user_name: "Example",
					followed_at: "2026-11-01T10:00:00Z",
				},
			},
		},
	],
} as const satisfies SenderPage;
