import type { Sender, SenderPage } from "../sender";

export const confluence = {
	id: "confluence",
	name: "Confluence",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hub-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.headers.x-atlassian-webhook-identifier"],
	eventName: ["event.body.event", "event.body.webhookEvent"],
	eventTime: { path: "event.body.timestamp", unit: "milliseconds" },
	orderingKeys: [{ path: "event.body.page.id", what: "each page" }],
} as const satisfies Sender;

export const confluencePage = {
	guide: {
		pasteUrl: [
			"In Confluence, open Administration, then General Configuration, then Webhooks, and create one.",
			"Paste {url} as the URL and choose the events.",
		],
		findSecret: ["Enter a long random text as the Secret in the same form."],
	},
	samples: [
		{
			event: "page_created",
			title: "A page was created",
			body: {
				timestamp: 1790000000000,
				event: "page_created",
				userKey: "8a1b",
				page: { id: 65603, spaceKey: "SHOP", title: "Opening hours", self: "https://wiki.example.com/pages/65603" },
			},
		},
	],
} as const satisfies SenderPage;
