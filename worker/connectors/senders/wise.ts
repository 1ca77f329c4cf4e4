import type { Sender, SenderPage } from "../sender";

export const wise = {
	id: "wise",
	name: "Wise",
	signature: {
		kind: "rsa",
		digest: "sha256",
		key: { as: "pem" },
		signature: { in: { header: "x-signature-sha256" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Wise's public key", looksLike: "-----BEGIN PUBLIC KEY----- …" },
	duplicateId: ["event.headers.x-delivery-id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.sent_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries 25 times over two weeks." },
	orderingKeys: [{ path: "event.body.data.resource.id", what: "each transfer or account" }],
} as const satisfies Sender;

export const wisePage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Wise, open Settings, then Developer tools, then Webhooks.",
			"Choose “Create new webhook”, paste {url} and choose the event.",
		],
		findSecret: ["Copy the public key of your environment from Wise's page on event handling, with its BEGIN and END lines."],
	},
	samples: [
		{
			event: "transfers#state-change",
			title: "A transfer changed",
			body: {
				event_type: "transfers#state-change",
				schema_version: "2.0.0",
				sent_at: "2026-11-01T10:00:00Z",
				data: {
					resource: { type: "transfer", id: 111, profile_id: 222 },
					current_state: "processing",
					previous_state: "incoming_payment_waiting",
				},
			},
		},
	],
} as const satisfies SenderPage;
