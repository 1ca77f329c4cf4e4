import type { Sender, SenderPage } from "../sender";

export const plaid = {
	id: "plaid",
	name: "Plaid",
	signature: { kind: "bespoke", module: "plaid", binds: "body", toleranceSeconds: 300 },
	secret: { name: "Secret" },
	options: [
		{ id: "clientId", name: "Client ID", help: "Stands beside the secret under Keys in the Plaid Dashboard.", required: true },
		{
			id: "environment",
			name: "Environment",
			help: "Which of Plaid's systems sends.",
			required: false,
			choices: ["production", "sandbox"],
		},
	],
	eventName: ["event.body.webhook_code"],
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for a day, each time later, unless nine of ten deliveries fail." },
	orderingKeys: [{ path: "event.body.item_id", what: "each item (a person's bank)" }],
} as const satisfies Sender;

export const plaidPage = {
	guide: {
		pasteUrl: ["Give {url} as webhook when you create a link token, or with /item/webhook/update."],
		findSecret: [
			"In the Plaid Dashboard, open Developers, then Keys.",
			"Copy the client ID and the secret of your environment: Plaid hands out its signing keys to them.",
		],
	},
	samples: [
		{
			event: "SYNC_UPDATES_AVAILABLE",
			title: "There are new transactions",
			body: {
				webhook_type: "TRANSACTIONS",
				webhook_code: "SYNC_UPDATES_AVAILABLE",
				item_id: "wz666MBjYWTp2PDzzggYhM6oWWmBb",
				environment: "sandbox",
			},
		},
	],
} as const satisfies SenderPage;
