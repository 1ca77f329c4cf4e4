import type { Sender, SenderPage } from "../sender";

export const todoist = {
	id: "todoist",
	name: "Todoist",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-todoist-hmac-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Client secret" },
	duplicateId: ["event.headers.x-todoist-delivery-id"],
	eventName: ["event.body.event_name"],
	eventTime: { path: "event.body.triggered_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries three times more, a quarter of an hour apart." },
	orderingKeys: [
		{ path: "event.body.event_data.id", what: "each task" },
		{ path: "event.body.event_data.project_id", what: "each project" },
	],
} as const satisfies Sender;

export const todoistPage = {
	guide: {
		pasteUrl: [
			"In the Todoist App Management Console, open your app, then Webhooks.",
			"Paste {url} as the callback URL, choose the events and activate it.",
		],
		findSecret: ["On the app's page, copy the Client secret."],
	},
	samples: [
		{
			event: "item:added",
			title: "A task was added",
			headers: { "x-todoist-delivery-id": "d1" },
			body: {
				event_name: "item:added",
				user_id: "2671355",
				version: "10",
				triggered_at: "2026-11-01T10:00:00.000000Z",
				event_data: { id: "6XR4GqQQCW6Gv9h4", content: "Buy mugs", project_id: "6XR4H993xv8H5qCR", checked: false, priority: 1 },
			},
		},
	],
} as const satisfies SenderPage;
