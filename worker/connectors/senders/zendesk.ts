import type { Sender, SenderPage } from "../sender";

export const zendesk = {
	id: "zendesk",
	name: "Zendesk",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-zendesk-webhook-signature" }, encoding: "base64" },
		timestamp: { in: { header: "x-zendesk-webhook-signature-timestamp" }, unit: "iso", toleranceSeconds: 300 },
		message: ["timestamp", "body"],
	},
	secret: { name: "Signing secret" },
	formats: ["json", "xml", "form"],
	duplicateId: ["event.headers.x-zendesk-webhook-invocation-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.time", unit: "iso" },
	expects: { withinSeconds: 12, retries: "Tries up to three times more when it is told to wait." },
	orderingKeys: [{ path: "event.body.detail.id", what: "each ticket or user" }],
} as const satisfies Sender;

export const zendeskPage = {
	guide: {
		pasteUrl: [
			"In Zendesk Admin Center, open Apps and integrations, then Webhooks, then Create webhook.",
			"Choose Zendesk events (or trigger or automation), then Next.",
			"Paste {url} as the Endpoint URL, with POST and JSON, and create it.",
		],
		findSecret: ["On the webhook's page, beside Signing secret, choose Reveal secret and copy it."],
	},
	samples: [
		{
			event: "zen:event-type:ticket.created",
			title: "A ticket was opened",
			headers: { "x-zendesk-webhook-invocation-id": "01F4" },
			body: {
				account_id: 22129848,
				id: "2b24ef10-19bc-4b23-9f4a-cd8a3ef2fa81",
				type: "zen:event-type:ticket.created",
				time: "2026-11-01T10:00:00Z",
				zendesk_event_version: "2022-11-06",
				subject: "zen:ticket:5158",
				detail: { id: "5158", subject: "Where is my parcel?", status: "NEW", priority: "NORMAL", requester_id: "8447388090494" },
				event: {},
			},
		},
		{
			event: "zen:event-type:ticket.status_changed",
			title: "A ticket's status changed",
			headers: { "x-zendesk-webhook-invocation-id": "01F5", "x-zendesk-webhook-id": "01F4", "x-zendesk-account-id": "22129848" },
			body: {
				account_id: 22129848,
				id: "3c35fa21-19bc-4b23-9f4a-cd8a3ef2fa82",
				type: "zen:event-type:ticket.status_changed",
				time: "2026-11-01T10:00:00Z",
				zendesk_event_version: "2022-11-06",
				subject: "zen:ticket:5158",
				detail: {
					id: "5158",
					subject: "Where is my parcel?",
					status: "SOLVED",
					priority: "NORMAL",
					requester_id: "8447388090494",
					assignee_id: "8447346621310",
					tags: ["parcel"],
				},
				event: { current: "SOLVED", previous: "OPEN" },
			},
		},
	],
} as const satisfies SenderPage;
