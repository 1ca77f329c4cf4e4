import type { Sender, SenderPage } from "../sender";

export const squarespace = {
	id: "squarespace",
	name: "Squarespace",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "hex" },
		signature: { in: { header: "squarespace-signature" }, encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook subscription secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.topic"],
	eventTime: { path: "event.body.createdOn", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for two days, each time later." },
	orderingKeys: [{ path: "event.body.data.orderId", what: "each order" }],
} as const satisfies Sender;

export const squarespacePage = {
	guide: {
		pasteUrl: [
			"Squarespace has no page for it: webhooks are made through its API by an app with OAuth.",
			"Call POST https://api.squarespace.com/1.0/webhook_subscriptions with {url} as endpointUrl and the topics.",
		],
		findSecret: [
			"The answer of that call has the secret, only this once: copy it.",
			"If it is lost, rotate it with the action rotateSecret.",
		],
	},
	samples: [
		{
			event: "order.create",
			title: "An order came in",
			body: {
				id: "ee4ee0e0",
				websiteId: "60ac8b1d",
				subscriptionId: "4d24a7f9",
				topic: "order.create",
				createdOn: "2026-11-01T10:00:00.000Z",
				data: { orderId: "585d498f" },
			},
		},
	],
} as const satisfies SenderPage;
