import type { Sender, SenderPage } from "../sender";

/** Webhooks of an app; those of a rule are signed in another way. */
export const front = {
	id: "front",
	name: "Front",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-front-signature" }, encoding: "base64" },
		timestamp: { in: { header: "x-front-request-timestamp" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Application signing key" },
	handshakes: [
		{
			when: { method: "POST", has: [{ header: "x-front-challenge" }], equals: [{ json: "type", value: "sync" }] },
			verified: true,
			answer: { kind: "echo", from: { header: "x-front-challenge" }, to: { json: "challenge" } },
		},
	],
	duplicateId: ["event.body.payload.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.payload.emitted_at", unit: "seconds" },
	expects: { withinSeconds: 5, retries: "Tries three times more." },
	orderingKeys: [{ path: "event.body.payload.conversation.id", what: "each conversation" }],
} as const satisfies Sender;

export const frontPage = {
	guide: {
		secretFirst: true,
		pasteUrl: ["In the same app, under Features, add Webhooks, paste {url} as the Webhook URL, choose the events and save."],
		findSecret: [
			"In Front, open Settings, then Developers, and create or open an app.",
			"Open Basic information and copy the application signing key.",
		],
	},
	samples: [
		{
			event: "inbound_received",
			title: "A message came in",
			body: {
				type: "inbound_received",
				authorization: { id: "cmp_1" },
				payload: {
					id: "evt_1",
					type: "inbound",
					emitted_at: 1790000000.12,
					conversation: { id: "cnv_1", subject: "Where is my parcel?", status: "unassigned" },
					target: { _meta: { type: "message" }, data: { id: "msg_1", author: null, body: "Where is it?" } },
				},
			},
		},
	],
} as const satisfies SenderPage;
