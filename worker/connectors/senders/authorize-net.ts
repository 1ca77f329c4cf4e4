import type { Sender, SenderPage } from "../sender";

export const authorizeNet = {
	id: "authorize-net",
	name: "Authorize.Net",
	signature: {
		kind: "hmac",
		digest: "sha512",
		// The key's text, although it looks like hex: only that reproduces a signature of theirs.
		signature: { in: { header: "x-anet-signature" }, prefix: "sha512=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Signature Key", looksLike: "128 signs, 0–9 and A–F" },
	duplicateId: ["event.body.notificationId"],
	eventName: ["event.body.eventType"],
	eventTime: { path: "event.body.eventDate", unit: "iso" },
	expects: { status: 200, withinSeconds: 30, retries: "Tries ten times over two days, then the webhook is made inactive." },
	orderingKeys: [{ path: "event.body.payload.id", what: "each transaction" }],
} as const satisfies Sender;

export const authorizeNetPage = {
	guide: {
		pasteUrl: [
			"In the Merchant Interface, open Account, then Settings, then Webhooks.",
			"Choose “Add Endpoint”, paste {url} and choose the events.",
		],
		findSecret: ["Open Account, then Settings, then “API Credentials & Keys”.", "Choose New Signature Key, submit, and copy it."],
	},
	samples: [
		{
			event: "net.authorize.payment.authcapture.created",
			title: "A payment was made",
			body: {
				notificationId: "d0e8e7fe-c3e7-4add-a480-27bc5ce28a18",
				eventType: "net.authorize.payment.authcapture.created",
				eventDate: "2026-11-01T10:00:00.0000000Z",
				webhookId: "63d6fea2-aa13-4b1d-a204-f5fbc15942b7",
				payload: { responseCode: 1, authCode: "LZ6I19", avsResponse: "Y", authAmount: 45, entityName: "transaction", id: "60020981676" },
			},
		},
	],
} as const satisfies SenderPage;
