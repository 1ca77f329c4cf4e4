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
	duplicateId: ["event.body.payload.id"],
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
	],
} as const satisfies SenderPage;
