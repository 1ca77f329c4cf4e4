import type { Sender, SenderPage } from "../sender";

export const persona = {
	id: "persona",
	name: "Persona",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "persona-signature" }, sets: " ", pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret", looksLike: "wbhsec_…" },
	duplicateId: ["event.body.data.id"],
	eventName: ["event.body.data.attributes.name"],
	eventTime: { path: "event.body.data.attributes.created-at", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries up to seven times more." },
	orderingKeys: [{ path: "event.body.data.attributes.payload.data.id", what: "each inquiry" }],
} as const satisfies Sender;

export const personaPage = {
	guide: {
		pasteUrl: [
			"In the Persona Dashboard, open API, then Webhooks, then Create webhook.",
			"Paste {url} as the URL, choose the events, then enable it.",
		],
		findSecret: ["On the webhook's page, show the Webhook Secret and copy it."],
	},
	samples: [
		{
			event: "inquiry.completed",
			title: "Somebody was checked",
			body: {
				data: {
					type: "event",
					id: "evt_1",
					attributes: {
						name: "inquiry.completed",
						"created-at": "2026-11-01T10:00:00.000Z",
						payload: { data: { type: "inquiry", id: "inq_1", attributes: { status: "completed", "reference-id": "42" } } },
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
