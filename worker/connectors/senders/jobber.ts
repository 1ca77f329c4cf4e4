import type { Sender, SenderPage } from "../sender";

export const jobber = {
	id: "jobber",
	name: "Jobber",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-jobber-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Client secret" },
	duplicateId: ["event.body.data.webHookEvent.topic", "event.body.data.webHookEvent.itemId", "event.body.data.webHookEvent.occurredAt"],
	eventName: ["event.body.data.webHookEvent.topic"],
	eventTime: { path: "event.body.data.webHookEvent.occurredAt", unit: "iso" },
	expects: { withinSeconds: 1, retries: "Tries again; an app that fails often loses its webhooks." },
	orderingKeys: [{ path: "event.body.data.webHookEvent.itemId", what: "each client, job or invoice" }],
} as const satisfies Sender;

export const jobberPage = {
	guide: {
		pasteUrl: [
			"In the Jobber Developer Center, open your app and edit it.",
			"Under Webhooks, add a topic with {url} as its URL, then save.",
		],
		findSecret: ["On the app's page, copy the Client secret."],
	},
	samples: [
		{
			event: "CLIENT_CREATE",
			title: "A client was added",
			body: {
				data: {
					webHookEvent: {
						topic: "CLIENT_CREATE",
						appId: "3ef22a50-072d-430c-a78f-b7646657560b",
						accountId: "MQ==",
						itemId: "MTIz",
						occurredAt: "2026-11-01T10:00:00-06:00",
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
