import type { Sender, SenderPage } from "../sender";

export const pipedrive = {
	id: "pipedrive",
	name: "Pipedrive",
	signature: { kind: "basic" },
	secret: { name: "HTTP auth user name and password", looksLike: "user:password" },
	// Version 1 of its webhooks has the object's id there.
	duplicateId: ["event.body.meta.id", "event.body.meta.action", "event.body.meta.timestamp"],
	eventName: ["event.body.meta.entity"],
	eventTime: { path: "event.body.meta.timestamp", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries three times more: after 3, 30 and 150 seconds, and bans a URL that keeps failing." },
	orderingKeys: [{ path: "event.body.meta.entity_id", what: "each deal, person or activity" }],
} as const satisfies Sender;

export const pipedrivePage = {
	guide: {
		pasteUrl: [
			"In Pipedrive, open Settings, then Tools and apps, then Webhooks, and create one.",
			"Choose event action and object, and paste {url} as the Endpoint URL.",
		],
		findSecret: [
			"In the same form, make up an HTTP Auth user name and password.",
			"The secret is both with a colon in between: name:password.",
		],
	},
	samples: [
		{
			event: "deal",
			title: "A deal changed",
			body: {
				meta: {
					version: "2.0",
					action: "change",
					entity: "deal",
					entity_id: "3",
					id: "0f2f7a1a-1d8a",
					timestamp: "2026-11-01T10:00:00.000Z",
					attempt: 1,
					company_id: "1",
					user_id: "1",
				},
				data: { id: 3, title: "Blue mugs for Example", value: 4200, currency: "EUR", stage_id: 2, status: "open" },
				previous: { stage_id: 1 },
			},
		},
	],
} as const satisfies SenderPage;
