import type { Sender, SenderPage } from "../sender";

/** Signed with Ed25519 since July 2026; the RSA signature in X-WH-Signature is gone. */
export const highlevel = {
	id: "highlevel",
	name: "HighLevel",
	signature: {
		kind: "ed25519",
		key: { as: "pem" },
		signature: { in: { header: "x-ghl-signature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "HighLevel's public key", looksLike: "-----BEGIN PUBLIC KEY----- …" },
	duplicateId: ["event.body.webhookId"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { status: 200, retries: "Tries again only when it is told 429." },
	orderingKeys: [{ path: "event.body.locationId", what: "each location" }],
} as const satisfies Sender;

export const highlevelPage = {
	guide: {
		pasteUrl: [
			"Open the HighLevel Marketplace, then your app, then Advanced Settings, then Webhooks.",
			"Paste {url} and switch on the events.",
		],
		findSecret: ["Copy the Ed25519 public key from HighLevel's webhook integration guide, with its BEGIN and END lines."],
	},
	samples: [
		{
			event: "ContactCreate",
			title: "A contact was added",
			body: {
				type: "ContactCreate",
				timestamp: "2026-11-01T10:00:00.000Z",
				locationId: "ve9EPM428h8vShlRW1KT",
				webhookId: "wh_1",
				id: "nmFmQEsNgz6AVpgLVUJ0",
				firstName: "Alex",
				email: "alex@example.com",
			},
		},
	],
} as const satisfies SenderPage;
