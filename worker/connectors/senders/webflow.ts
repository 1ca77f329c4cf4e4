import type { Sender, SenderPage } from "../sender";

export const webflow = {
	id: "webflow",
	name: "Webflow",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-webflow-signature" }, encoding: "hex" },
		timestamp: { in: { header: "x-webflow-timestamp" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Secret key of the webhook (or your app's client secret)" },
	// An item keeps its id through all of its changes.
	duplicateId: ["event.body.triggerType", "event.body.payload"],
	eventName: ["event.body.triggerType"],
	eventTime: { path: "event.body.payload.submittedAt", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries three times more, ten minutes apart, then switches the webhook off." },
	orderingKeys: [
		{ path: "event.body.payload.formId", what: "each form" },
		{ path: "event.body.payload.id", what: "each item" },
	],
} as const satisfies Sender;

export const webflowPage = {
	guide: {
		pasteUrl: [
			"In Webflow, open Site settings, then Apps & integrations, then Webhooks, then Add webhook.",
			"Choose the trigger type and paste {url} as the webhook URL.",
		],
		findSecret: [
			"If a secret key is shown when you add the webhook, copy it: it is shown once.",
			"For webhooks that an app makes through the API, use the app's client secret; older ones from the site settings are not signed.",
		],
	},
	samples: [
		{
			event: "form_submission",
			title: "Somebody sent a form",
			body: {
				triggerType: "form_submission",
				payload: {
					name: "Contact",
					siteId: "65427cf400e02b306eaa049c",
					formId: "65429eadebe8a9f3a30f62d0",
					id: "6321ca84df3949bfc6752327",
					submittedAt: "2026-11-01T10:00:00.000Z",
					data: { Name: "Kim Example", Email: "kim@example.com" },
				},
			},
		},
		{
			event: "collection_item_changed",
			title: "An item of a collection was changed",
			body: {
				triggerType: "collection_item_changed",
				payload: {
					id: "582b900cba19143b2bb8a759",
					siteId: "65427cf400e02b306eaa049c",
					collectionId: "65429eadebe8a9f3a30f62d1",
					lastPublished: null,
					lastUpdated: "2026-11-01T10:05:00.000Z",
					createdOn: "2026-11-01T10:00:00.000Z",
					isArchived: false,
					isDraft: true,
					fieldData: { name: "Blue mug", slug: "blue-mug" },
				},
			},
		},
		{
			event: "collection_item_deleted",
			title: "An item of a collection was deleted",
			body: {
				triggerType: "collection_item_deleted",
				payload: {
					id: "582b900cba19143b2bb8a759",
					siteId: "65427cf400e02b306eaa049c",
					collectionId: "65429eadebe8a9f3a30f62d1",
				},
			},
		},
	],
} as const satisfies SenderPage;
