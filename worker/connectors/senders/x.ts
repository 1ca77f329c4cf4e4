import type { Sender, SenderPage } from "../sender";

export const x = {
	id: "x",
	name: "X (Twitter)",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-twitter-webhooks-signature" }, prefix: "sha256=", encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Consumer secret (API key secret)" },
	handshakes: [
		{
			when: { method: "GET", has: [{ query: "crc_token" }] },
			verified: false,
			answer: {
				kind: "hmac",
				of: { query: "crc_token" },
				digest: "sha256",
				encoding: "base64",
				prefix: "sha256=",
				to: { json: "response_token" },
				// A token, and never a text that could be anything else: no form, no number.
				pattern: "^(?=.*[A-DF-Za-df-z])[A-Za-z0-9_+/-]{8,200}={0,2}$",
			},
		},
	],
	expects: {
		status: 200,
		withinSeconds: 10,
		retries: "Tries again a few times within some minutes; asks every day whether the URL is still yours.",
	},
	orderingKeys: [{ path: "event.body.for_user_id", what: "each account" }],
} as const satisfies Sender;

export const xPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Webhooks are made through the API: call POST https://api.x.com/2/webhooks with {url}.",
			"Then add subscriptions for the accounts that you want.",
		],
		findSecret: [
			"In the X Developer Portal, open your app, then Keys and tokens.",
			"Copy the API Key Secret (also called consumer secret).",
		],
	},
	samples: [
		{
			event: "tweet_create_events",
			title: "Somebody posted",
			body: {
				for_user_id: "2244994945",
				tweet_create_events: [
					{
						id_str: "1790000000000000001",
						created_at: "Sun Nov 01 10:00:00 +0000 2026",
						text: "The blue mug is back",
						user: { id_str: "2244994945", screen_name: "example" },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
