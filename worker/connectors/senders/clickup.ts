import type { Sender, SenderPage } from "../sender";

export const clickup = {
	id: "clickup",
	name: "ClickUp",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.webhook_id", "event.body.event", "event.body.history_items.0.id"],
	eventName: ["event.body.event"],
	expects: { withinSeconds: 7, retries: "Tries up to five times, and suspends the webhook after many failures." },
	orderingKeys: [{ path: "event.body.task_id", what: "each task" }],
} as const satisfies Sender;

export const clickupPage = {
	guide: {
		pasteUrl: [
			"ClickUp has no page for it: webhooks are made through its API.",
			"Call POST https://api.clickup.com/api/v2/team/YOUR_WORKSPACE/webhook with {url} as endpoint and the events.",
		],
		findSecret: ["The answer of that call has the secret at webhook.secret."],
	},
	samples: [
		{
			event: "taskStatusUpdated",
			title: "A task's status changed",
			body: {
				event: "taskStatusUpdated",
				webhook_id: "7fa3ec74-69a8-4530-a251-8a13730bd204",
				task_id: "1vj38vv",
				history_items: [
					{
						id: "2800787326392370170",
						field: "status",
						date: "1790000000000",
						user: { id: 183, username: "Alex Example" },
						before: { status: "to do" },
						after: { status: "in progress" },
					},
				],
			},
		},
		{
			event: "taskCreated",
			title: "A task was created",
			body: {
				event: "taskCreated",
				webhook_id: "7fa3ec74-69a8-4530-a251-8a13730bd204",
				task_id: "1vj37mc",
				history_items: [
					{
						id: "2800763136717140857",
						type: 1,
						date: "1790000000000",
						field: "task_creation",
						parent_id: "162641062",
						user: { id: 183, username: "Alex Example", email: "alex@example.com" },
						before: null,
						after: null,
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
