import type { Sender, SenderPage } from "../sender";

/** What all of Meta's products have in common: who signs, and how they ask whether the URL is ours. */
export const metaWebhook = {
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hub-signature-256" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "App secret" },
	options: [
		{
			id: "verifyToken",
			name: "Verify token",
			help: "Any text that you make up; Meta asks with it whether this URL is yours.",
			required: true,
			secret: true,
		},
	],
	handshakes: [
		{
			when: {
				method: "GET",
				has: [{ query: "hub.challenge" }, { query: "hub.verify_token" }],
				equals: [{ query: "hub.mode", value: "subscribe" }],
			},
			verified: false,
			requires: { query: "hub.verify_token", option: "verifyToken" },
			answer: { kind: "echo", from: { query: "hub.challenge" }, to: "text" },
		},
	],
} as const satisfies Pick<Sender, "signature" | "secret" | "options" | "handshakes">;

export const meta = {
	id: "meta",
	name: "Meta (Facebook)",
	...metaWebhook,
	eventName: ["event.body.entry.0.changes.0.field", "event.body.changes.0.field", "event.body.object"],
	eventTime: { path: "event.body.entry.0.time", unit: "seconds" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again for a day and a half, each time later." },
	batch: { path: "event.body.entry", what: "several changes" },
	orderingKeys: [{ path: "event.body.id", what: "each page or account" }],
} as const satisfies Sender;

export const metaPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Open developers.facebook.com/apps, choose your app, then Webhooks, and choose the kind of object, such as Page.",
			"Paste {url} as the Callback URL and the same verify token, then “Verify and save”.",
			"Subscribe to the fields you want.",
		],
		findSecret: [
			"Make up a verify token: any text.",
			"Open developers.facebook.com/apps, choose your app, then App settings, then Basic.",
			"Beside App secret, choose Show and copy it.",
		],
	},
	samples: [
		{
			event: "leadgen",
			title: "Somebody filled in a lead form",
			body: {
				object: "page",
				entry: [
					{
						id: "1000001",
						time: 1790000000,
						changes: [{ field: "leadgen", value: { leadgen_id: "444", page_id: "1000001", form_id: "555", created_time: 1790000000 } }],
					},
				],
			},
		},
		{
			event: "feed",
			title: "Somebody wrote on the page",
			body: {
				object: "page",
				entry: [
					{
						id: "1000001",
						time: 1790000000,
						changes: [
							{
								field: "feed",
								value: {
									item: "comment",
									verb: "add",
									comment_id: "1000001_2",
									post_id: "1000001_1",
									message: "Is the blue mug there again?",
									from: { id: "2000001", name: "Kim Example" },
									created_time: 1790000000,
								},
							},
						],
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
