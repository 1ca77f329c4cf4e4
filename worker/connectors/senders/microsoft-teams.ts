import type { Sender, SenderPage } from "../sender";

export const microsoftTeams = {
	id: "microsoft-teams",
	name: "Microsoft Teams (outgoing webhook)",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "base64" },
		signature: { in: { header: "authorization" }, prefix: "HMAC ", encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Security token" },
	duplicateId: ["event.body.id", "event.body.timestamp"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Never tries again." },
	orderingKeys: [{ path: "event.body.conversation.id", what: "each conversation" }],
} as const satisfies Sender;

export const microsoftTeamsPage = {
	guide: {
		pasteUrl: [
			"In Teams, open “Manage team”, then Apps, then “Create an outgoing webhook”.",
			"Give it a name and paste {url} as the callback URL.",
		],
		findSecret: ["When it is created, a security token is shown: copy it at once."],
	},
	samples: [
		{
			event: "message",
			title: "Somebody named the webhook in a message",
			body: {
				type: "message",
				id: "1485983408511",
				timestamp: "2026-11-01T10:00:00.000Z",
				text: "<at>Stock</at> blue mug",
				from: { id: "29:1", name: "Alex Example" },
				conversation: { id: "19:253b1f341670408fb6fe51050b6e5ceb@thread.skype" },
			},
		},
	],
} as const satisfies SenderPage;
