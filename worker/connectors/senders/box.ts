import type { Sender, SenderPage } from "../sender";

export const box = {
	id: "box",
	name: "Box",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: ["box-signature-primary", "box-signature-secondary"] }, encoding: "base64" },
		timestamp: { in: { header: "box-delivery-timestamp" }, unit: "iso", toleranceSeconds: 600 },
		message: ["body", "timestamp"],
	},
	secret: { name: "Primary Signature Key" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.trigger"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 30, retries: "Tries up to ten times more, each time later." },
	orderingKeys: [{ path: "event.body.source.id", what: "each file or folder" }],
} as const satisfies Sender;

export const boxPage = {
	guide: {
		pasteUrl: [
			"Open the Box Developer Console and choose your app.",
			"Open the tab Webhooks, then Create Webhook, then V2.",
			"Paste {url} as the URL address, choose the folder or file and the triggers, then Create Webhook.",
		],
		findSecret: ["On the tab Webhooks, choose Manage signature keys.", "Generate the Primary Key and copy it."],
	},
	samples: [
		{
			event: "FILE.UPLOADED",
			title: "A file was uploaded",
			body: {
				type: "webhook_event",
				id: "0f2f7a1a-1d8a-4ef1",
				created_at: "2026-11-01T10:00:00-07:00",
				trigger: "FILE.UPLOADED",
				webhook: { id: "53", type: "webhook" },
				created_by: { type: "user", id: "226067247", name: "Alex Example", login: "alex@example.com" },
				source: { id: "73835521473", type: "file", name: "invoice.pdf", size: 18000, parent: { id: "1", name: "Invoices" } },
			},
		},
		{
			event: "FILE.DELETED",
			title: "A file was deleted",
			body: {
				type: "webhook_event",
				id: "0f2f7a1a-1d8a-4ef2",
				created_at: "2026-11-01T10:05:00-07:00",
				trigger: "FILE.DELETED",
				webhook: { id: "53", type: "webhook" },
				created_by: { type: "user", id: "226067247", name: "Alex Example", login: "alex@example.com" },
				source: { id: "73835521473", type: "file", name: "invoice.pdf" },
				additional_info: [],
			},
		},
	],
} as const satisfies SenderPage;
