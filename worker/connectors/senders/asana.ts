import type { Sender, SenderPage } from "../sender";

export const asana = {
	id: "asana",
	name: "Asana",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-hook-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "X-Hook-Secret" },
	handshakes: [
		{
			when: { method: "POST", has: [{ header: "x-hook-secret" }] },
			verified: false,
			answer: { kind: "keepSecret", from: { header: "x-hook-secret" }, echo: true },
		},
	],
	eventName: ["event.body.events.0.action", "event.body.action"],
	eventTime: { path: "event.body.events.0.created_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for a day, each time later, then deletes the webhook." },
	batch: { path: "event.body.events", what: "several changes" },
	orderingKeys: [{ path: "event.body.resource.gid", what: "each task or project" }],
} as const satisfies Sender;

export const asanaPage = {
	guide: {
		pasteUrl: [
			"Asana has no page for it: webhooks are made through its API.",
			"Call POST https://app.asana.com/api/1.0/webhooks with {url} as target and the project or task as resource.",
		],
		findSecret: ["Nothing to copy: Asana sends the secret while the webhook is made, and it is kept."],
	},
	samples: [
		{
			event: "changed",
			title: "A task changed",
			body: {
				events: [
					{
						action: "changed",
						created_at: "2026-11-01T10:00:00.000Z",
						user: { gid: "1200001" },
						resource: { gid: "1200777", resource_type: "task" },
						parent: null,
						change: { field: "completed", action: "changed" },
					},
				],
			},
		},
		{
			event: "added",
			title: "A task was added, and a comment on it",
			body: {
				events: [
					{
						action: "added",
						created_at: "2026-11-01T10:00:00.000Z",
						user: { gid: "1200001", resource_type: "user" },
						resource: { gid: "1200778", resource_type: "task", resource_subtype: "default_task" },
						parent: { gid: "1200100", resource_type: "project" },
					},
					{
						action: "added",
						created_at: "2026-11-01T10:00:01.000Z",
						user: { gid: "1200001", resource_type: "user" },
						resource: { gid: "1200900", resource_type: "story", resource_subtype: "comment_added" },
						parent: { gid: "1200778", resource_type: "task" },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
