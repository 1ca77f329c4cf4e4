import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const brex = {
	id: "brex",
	name: "Brex",
	signature: standardWebhooks("webhook"),
	secret: { name: "Webhook secret" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.event_type"],
	expects: { withinSeconds: 15, retries: "Tries again, each time later." },
	orderingKeys: [
		{ path: "event.body.transfer_id", what: "each transfer" },
		{ path: "event.body.expense_id", what: "each expense" },
	],
} as const satisfies Sender;

export const brexPage = {
	guide: {
		pasteUrl: [
			"Brex has no page for it: webhooks are made through its API.",
			"In the Brex dashboard, open Developer and create a token; then call POST https://platform.brexapis.com/v1/webhooks with {url} and the event types.",
		],
		findSecret: ["Call GET https://platform.brexapis.com/v1/webhooks/secrets with the same token and copy the active secret."],
	},
	samples: [
		{
			event: "TRANSFER_PROCESSED",
			title: "A transfer went through",
			headers: { "webhook-id": "wh_1" },
			body: { event_type: "TRANSFER_PROCESSED", transfer_id: "dptx_1", payment_type: "ACH", return_for_id: null, company_id: "cuacc_1" },
		},
	],
} as const satisfies SenderPage;
