import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const lithic = {
	id: "lithic",
	name: "Lithic",
	signature: standardWebhooks("webhook"),
	secret: { name: "Webhook secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.event_type"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [
		{ path: "event.body.token", what: "each transaction" },
		{ path: "event.body.card_token", what: "each card" },
	],
} as const satisfies Sender;

export const lithicPage = {
	guide: {
		pasteUrl: [
			"In the Lithic Dashboard, open Program, then Webhooks (event subscriptions), and add one.",
			"Paste {url} as the URL and choose the events.",
		],
		findSecret: ["Open the subscription and copy its secret."],
	},
	samples: [
		{
			event: "card_transaction.updated",
			title: "A card was used",
			headers: { "webhook-id": "ep_1" },
			body: {
				event_type: "card_transaction.updated",
				token: "df2c6b00",
				card_token: "19c22c47",
				status: "PENDING",
				amount: 4200,
				merchant: { descriptor: "BLUE MUGS", city: "KOELN" },
			},
		},
	],
} as const satisfies SenderPage;
