import type { Sender, SenderPage } from "../sender";

export const mongodbAtlas = {
	id: "mongodb-atlas",
	name: "MongoDB Atlas",
	signature: { kind: "hmac", digest: "sha1", signature: { in: { header: "x-mms-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id", "event.body.updated"],
	eventName: ["event.headers.x-mms-event", "event.body.eventTypeName"],
	eventTime: { path: "event.body.updated", unit: "iso" },
	orderingKeys: [{ path: "event.body.id", what: "each alert" }],
} as const satisfies Sender;

export const mongodbAtlasPage = {
	guide: {
		pasteUrl: [
			"In Atlas, open the project's Integrations, then Webhook Settings, and paste {url}.",
			"Then add Webhook as a notification to your alerts.",
		],
		findSecret: ["Enter a long random text as the secret in the same form."],
	},
	samples: [
		{
			event: "alert.open",
			title: "An alert began",
			headers: { "x-mms-event": "alert.open" },
			body: {
				id: "yyy",
				status: "OPEN",
				eventTypeName: "OUTSIDE_METRIC_THRESHOLD",
				metricName: "OPCOUNTER_INSERT",
				clusterName: "shop",
				created: "2026-11-01T09:59:00Z",
				updated: "2026-11-01T10:00:00Z",
			},
		},
	],
} as const satisfies SenderPage;
