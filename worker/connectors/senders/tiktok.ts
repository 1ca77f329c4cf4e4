import type { Sender, SenderPage } from "../sender";

export const tiktok = {
	id: "tiktok",
	name: "TikTok",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "tiktok-signature" }, pairs: ",", signature: "s", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Client secret" },
	duplicateId: ["event.body.event", "event.body.create_time", "event.body.user_openid", "event.body.content"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.create_time", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for three days, each time later." },
	orderingKeys: [{ path: "event.body.user_openid", what: "each account" }],
} as const satisfies Sender;

export const tiktokPage = {
	guide: {
		pasteUrl: [
			"At developers.tiktok.com, open Manage apps and choose your app.",
			"Add the product Webhooks and paste {url} as the Callback URL.",
		],
		findSecret: ["On the app's page, under App details, show the Client secret and copy it."],
	},
	samples: [
		{
			event: "post.publish.complete",
			title: "A video was published",
			body: {
				client_key: "bwo2m45353a6k85",
				event: "post.publish.complete",
				create_time: 1790000000,
				user_openid: "act.example12345",
				content: '{"publish_id":"v_pub_1","publish_type":"DIRECT_PUBLISH"}',
			},
		},
	],
} as const satisfies SenderPage;
