import type { Sender, SenderPage } from "../sender";

export const contentful = {
	id: "contentful",
	name: "Contentful",
	signature: { kind: "bespoke", module: "contentful", binds: "body", toleranceSeconds: 30 },
	secret: { name: "Signing secret", looksLike: "64 signs" },
	formats: ["json", "form"],
	duplicateId: ["event.headers.x-contentful-idempotency-key"],
	eventName: ["event.headers.x-contentful-topic"],
	eventTime: { path: "event.body.sys.updatedAt", unit: "iso" },
	expects: { withinSeconds: 30, retries: "Tries twice more, half a minute apart." },
	orderingKeys: [{ path: "event.body.sys.id", what: "each entry" }],
} as const satisfies Sender;

export const contentfulPage = {
	guide: {
		pasteUrl: ["In the space, open Settings, then Webhooks, then “Add Webhook”.", "Paste {url} with POST and choose the triggers."],
		findSecret: ["In Settings, Webhooks, open the tab Settings and enable request verification.", "Copy the secret: it is shown only now."],
	},
	samples: [
		{
			event: "ContentManagement.Entry.publish",
			title: "An entry was published",
			headers: { "x-contentful-topic": "ContentManagement.Entry.publish" },
			contentType: "application/vnd.contentful.management.v1+json",
			body: {
				sys: { type: "Entry", id: "5KsDBWseXY6QegucYAoacS", version: 7, updatedAt: "2026-11-01T10:00:00.000Z" },
				fields: { title: { "en-US": "Blue mug" }, price: { "en-US": 21 } },
			},
		},
	],
} as const satisfies SenderPage;
