import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

/** Standard Webhooks, but the client secret's text is the key. */
export const bigcommerce = {
	id: "bigcommerce",
	name: "BigCommerce",
	signature: { ...standardWebhooks("webhook"), key: { as: "utf8" } },
	secret: { name: "Client secret" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.scope"],
	eventTime: { path: "event.body.created_at", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for two days, then deactivates the webhook." },
	orderingKeys: [{ path: "event.body.data.id", what: "each order, product or customer" }],
} as const satisfies Sender;

export const bigcommercePage = {
	guide: {
		pasteUrl: [
			"BigCommerce has no page for it: webhooks are made through its API.",
			"Call POST https://api.bigcommerce.com/stores/YOUR_STORE/v3/hooks with the scope (such as store/order/created) and {url} as destination.",
			"It takes about a minute until it sends.",
		],
		findSecret: [
			"In the control panel, open Settings, then Store-level API accounts, and create an account: the client secret is shown once.",
			"For an app, it stands in the Developer Portal under View Client ID. It must be the account that made the webhook.",
		],
	},
	samples: [
		{
			event: "store/order/created",
			title: "An order came in",
			body: {
				store_id: "1025646",
				producer: "stores/abc123",
				scope: "store/order/created",
				data: { type: "order", id: 173331 },
				hash: "3f9ea420af83450d7ef9f78b08c8af25b2213637",
				created_at: 1790000000,
			},
		},
	],
} as const satisfies SenderPage;
