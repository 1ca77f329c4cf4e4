import type { Sender, SenderPage } from "../sender";

export const nylas = {
	id: "nylas",
	name: "Nylas",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-nylas-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Webhook secret" },
	handshakes: [
		{
			when: { method: "GET", has: [{ query: "challenge" }] },
			verified: false,
			answer: { kind: "echo", from: { query: "challenge" }, to: "text" },
		},
	],
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.time", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries twice more, and stops sending to a URL that keeps failing." },
	orderingKeys: [{ path: "event.body.data.object.grant_id", what: "each mailbox" }],
} as const satisfies Sender;

export const nylasPage = {
	guide: {
		pasteUrl: [
			"In the Nylas Dashboard, open Notifications, then Create webhook.",
			"Paste {url} as the webhook URL and choose the triggers.",
		],
		findSecret: ["After that the webhook secret is shown: copy it."],
	},
	samples: [
		{
			event: "message.created",
			title: "An e-mail came in",
			body: {
				specversion: "1.0",
				type: "message.created",
				source: "/google/emails/realtime",
				id: "mm1",
				time: 1790000000,
				data: {
					application_id: "app1",
					object: { grant_id: "g1", id: "m1", subject: "Where is my parcel?", from: [{ name: "Kim Example", email: "kim@example.com" }] },
				},
			},
		},
	],
} as const satisfies SenderPage;
