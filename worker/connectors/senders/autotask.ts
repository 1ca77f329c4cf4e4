import type { Sender, SenderPage } from "../sender";

export const autotask = {
	id: "autotask",
	name: "Autotask PSA",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "x-hook-signature" }, prefix: "sha1=", encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "SecretKey" },
	duplicateId: ["event.body.Guid", "event.body.SequenceNumber"],
	eventName: ["event.body.Action"],
	eventTime: { path: "event.body.EventTime", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for a while, then deactivates the webhook and says so by e-mail." },
	orderingKeys: [{ path: "event.body.Id", what: "each ticket, company or contact" }],
} as const satisfies Sender;

export const autotaskPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Autotask, open Admin, then Security Levels, and allow the API user's level “Can create WebHooks”.",
			"Through the REST API, call POST …/atservicesrest/v1.0/TicketWebhooks with {url} as WebhookUrl and the same secret as SecretKey.",
			"Add at least one field to it, then set it active.",
		],
		findSecret: ["Make up a secret of 10 to 64 characters."],
	},
	samples: [
		{
			event: "Update",
			title: "A ticket changed",
			body: {
				Action: "Update",
				Guid: "6ee00fd1-a8d5-4cd2-9b1e-1f0f4c2c0a11",
				EntityType: "Ticket",
				Id: 7698,
				Fields: { Status: "Complete" },
				EventTime: "2026-11-01T10:00:00Z",
				SequenceNumber: 12,
				PersonID: 29682885,
			},
		},
	],
} as const satisfies SenderPage;
