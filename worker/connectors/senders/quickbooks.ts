import type { Sender } from "../sender";

export const quickbooks = {
	id: "quickbooks",
	name: "QuickBooks",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "intuit-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Verifier token" },
	eventName: ["event.body.eventNotifications.0.dataChangeEvent.entities.0.name"],
	eventTime: { path: "event.body.eventNotifications.0.dataChangeEvent.entities.0.lastUpdated", unit: "iso" },
	expects: { status: 200, withinSeconds: 3, retries: "Tries three times more, after 20, 30 and 50 minutes." },
	orderingKeys: [{ path: "event.body.eventNotifications.0.realmId", what: "each company" }],
	guide: {
		pasteUrl: [
			"At developer.intuit.com, open My Hub, then App dashboard, and choose your app.",
			"Open Webhooks under Production Settings (or Development Settings), paste {url} as the Endpoint URL and choose the entities.",
		],
		findSecret: ["On the same page, show the verifier token and copy it."],
	},
	samples: [
		{
			event: "Invoice",
			title: "An invoice changed",
			body: {
				eventNotifications: [
					{
						realmId: "1185883450",
						dataChangeEvent: { entities: [{ name: "Invoice", id: "145", operation: "Update", lastUpdated: "2026-11-01T10:00:00.000Z" }] },
					},
				],
			},
		},
	],
} as const satisfies Sender;
