import type { Sender, SenderPage } from "../sender";

export const slack = {
	id: "slack",
	name: "Slack",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-slack-signature" }, prefix: "v0=", encoding: "hex" },
		timestamp: { in: { header: "x-slack-request-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: [{ text: "v0:" }, "timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Signing Secret" },
	handshakes: [
		{
			when: { method: "POST", equals: [{ json: "type", value: "url_verification" }], has: [{ json: "challenge" }] },
			verified: true,
			answer: { kind: "echo", from: { json: "challenge" }, to: { json: "challenge" } },
		},
	],
	formats: ["json", "form"],
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.event.type", "event.body.command", "event.body.type"],
	eventTime: { path: "event.body.event_time", unit: "seconds" },
	expects: { status: 200, emptyBody: true, withinSeconds: 3, retries: "Tries three times more: at once, after a minute and after five." },
	orderingKeys: [
		{ path: "event.body.event.channel", what: "each channel" },
		{ path: "event.body.event.user", what: "each person" },
	],
} as const satisfies Sender;

export const slackPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the same app, open Event Subscriptions and turn on Enable Events.",
			"Paste {url} as the Request URL and wait for “Verified”.",
			"Add the events you want under “Subscribe to bot events”, then save.",
		],
		findSecret: [
			"Open api.slack.com/apps, choose your app, then Basic Information.",
			"Under App Credentials, show the Signing Secret and copy it.",
		],
	},
	samples: [
		{
			event: "message",
			title: "A message in a channel",
			body: {
				team_id: "T0001",
				api_app_id: "A0001",
				type: "event_callback",
				event_id: "Ev0000000001",
				event_time: 1790000000,
				event: {
					type: "message",
					channel: "C0001",
					user: "U0001",
					text: "The parcel is here",
					ts: "1790000000.000100",
					event_ts: "1790000000.000100",
				},
			},
		},
		{
			event: "/stock",
			title: "A slash command",
			contentType: "application/x-www-form-urlencoded",
			body: "team_id=T0001&channel_id=C0001&user_id=U0001&command=%2Fstock&text=blue+mug&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1",
		},
	],
} as const satisfies SenderPage;
