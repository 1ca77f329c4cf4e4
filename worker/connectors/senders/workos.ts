import type { Sender, SenderPage } from "../sender";

export const workos = {
	id: "workos",
	name: "WorkOS",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "workos-signature" }, pairs: ", ", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries up to twelve times within three days." },
	orderingKeys: [{ path: "event.body.data.id", what: "each user, group or connection" }],
} as const satisfies Sender;

export const workosPage = {
	guide: {
		pasteUrl: [
			"In the WorkOS Dashboard, open Developer, then Webhooks, then Create webhook.",
			"Paste {url} as the endpoint URL and choose the events.",
		],
		findSecret: ["On the webhook's page, copy the secret."],
	},
	samples: [
		{
			event: "dsync.user.created",
			title: "A user was added to a directory",
			body: {
				id: "event_01FK3HFJ9V4FN7QXBX5ZRX3S8N",
				event: "dsync.user.created",
				created_at: "2026-11-01T10:00:00.000Z",
				data: {
					id: "directory_user_1",
					directory_id: "directory_1",
					state: "active",
					first_name: "Alex",
					last_name: "Example",
					emails: [{ primary: true, value: "alex@example.com" }],
				},
			},
		},
	],
} as const satisfies SenderPage;
