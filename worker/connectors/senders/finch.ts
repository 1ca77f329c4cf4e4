import type { Sender, SenderPage } from "../sender";

/** Standard Webhooks under names of its own; the secret has no prefix. */
export const finch = {
	id: "finch",
	name: "Finch",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "base64" },
		signature: { in: { header: "finch-signature" }, list: " ", prefix: "v1,", encoding: "base64" },
		timestamp: { in: { header: "finch-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: [{ header: "finch-event-id" }, { text: "." }, "timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.headers.finch-event-id"],
	eventName: ["event.body.event_type"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [
		{ path: "event.body.connection_id", what: "each connection" },
		{ path: "event.body.company_id", what: "each company" },
	],
} as const satisfies Sender;

export const finchPage = {
	guide: {
		pasteUrl: ["In the Finch Developer Dashboard, open Webhooks and add an endpoint.", "Paste {url} and choose the events."],
		findSecret: ["The secret is shown once when the endpoint is added: copy it."],
	},
	samples: [
		{
			event: "individual.updated",
			title: "A person's record changed",
			headers: { "finch-event-id": "msg_1" },
			body: {
				company_id: "720be419",
				account_id: "6cfc",
				connection_id: "c1",
				event_type: "individual.updated",
				data: { individual_id: "27e0" },
			},
		},
	],
} as const satisfies SenderPage;
