import type { Sender, SenderPage } from "../sender";

/** Since 2026 a list of CloudEvents; older apps may still send eventNotifications. */
export const quickbooks = {
	id: "quickbooks",
	name: "QuickBooks",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "intuit-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Verifier token" },
	duplicateId: ["event.body.0.id"],
	eventName: ["event.body.0.type", "event.body.eventNotifications.0.dataChangeEvent.entities.0.name", "event.body.type"],
	eventTime: { path: "event.body.0.time", unit: "iso" },
	expects: { status: 200, withinSeconds: 3, retries: "Tries three times more, after 20, 30 and 50 minutes." },
	batch: { path: "event.body", what: "several changes", duplicateId: ["event.body.id"] },
	orderingKeys: [
		{ path: "event.body.intuitentityid", what: "each invoice, customer or payment" },
		{ path: "event.body.intuitaccountid", what: "each company" },
	],
} as const satisfies Sender;

export const quickbooksPage = {
	guide: {
		pasteUrl: [
			"At developer.intuit.com, open My Hub, then App dashboard, and choose your app.",
			"Open Webhooks under Production Settings (or Development Settings), paste {url} as the Endpoint URL and choose the entities.",
		],
		findSecret: ["On the same page, show the verifier token and copy it."],
	},
	samples: [
		{
			event: "qbo.invoice.updated.v1",
			title: "An invoice changed",
			body: [
				{
					specversion: "1.0",
					id: "88cd52aa-33b6-4351-9aa4-47572edbd068",
					source: "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=",
					type: "qbo.invoice.updated.v1",
					datacontenttype: "application/json",
					time: "2026-11-01T10:00:00Z",
					intuitentityid: "145",
					intuitaccountid: "1185883450",
					data: {},
				},
			],
		},
		{
			event: "Invoice",
			title: "An invoice changed, in the older form",
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
} as const satisfies SenderPage;
