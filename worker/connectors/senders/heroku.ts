import type { Sender, SenderPage } from "../sender";

export const heroku = {
	id: "heroku",
	name: "Heroku",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "heroku-webhook-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.body.webhook_metadata.event.id"],
	eventName: ["event.body.webhook_metadata.event.include", "event.body.resource"],
	eventTime: { path: "event.body.published_at", unit: "iso" },
	expects: { withinSeconds: 20, retries: "Tries again for three days, each time later." },
	orderingKeys: [{ path: "event.body.data.app.name", what: "each app" }],
} as const satisfies Sender;

export const herokuPage = {
	guide: {
		pasteUrl: [
			"In the Heroku Dashboard, open the app, then More, then View webhooks, then Create Webhook.",
			"Paste {url} as the Payload URL and choose the event types and the notification level sync.",
		],
		findSecret: ["In the same form, enter a long random Secret, or copy the one that is made."],
	},
	samples: [
		{
			event: "api:release",
			title: "A release went out",
			body: {
				id: "e1",
				resource: "release",
				action: "update",
				published_at: "2026-11-01T10:00:00Z",
				actor: { email: "alex@example.com" },
				data: { app: { id: "a1", name: "example-shop" }, version: 12, status: "succeeded", description: "Deploy 0d1a26e" },
				webhook_metadata: { event: { id: "e1", include: "api:release" } },
			},
		},
	],
} as const satisfies SenderPage;
