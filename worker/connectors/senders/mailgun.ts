import type { Sender, SenderPage } from "../sender";

/** Only time and token are signed: the body around them is not protected, so each token is taken once. */
export const mailgun = {
	id: "mailgun",
	name: "Mailgun",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { json: "signature.signature" }, encoding: "hex" },
		// Deliveries are tried again for eight hours, and may be late besides.
		timestamp: { in: { json: "signature.timestamp" }, unit: "seconds", toleranceSeconds: 43_200 },
		message: ["timestamp", { json: "signature.token" }],
	},
	secret: { name: "HTTP webhook signing key" },
	duplicateId: ["event.body.signature.token"],
	takenOnce: ["event.body.signature.token"],
	eventName: ["event.body.event-data.event"],
	eventTime: { path: "event.body.event-data.timestamp", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for eight hours; 406 stops it." },
	orderingKeys: [{ path: "event.body.event-data.recipient", what: "each recipient" }],
} as const satisfies Sender;

export const mailgunPage = {
	guide: {
		pasteUrl: ["In Mailgun, open Sending, then Webhooks, and choose your domain.", "Choose “Add webhook”, the event, and paste {url}."],
		findSecret: ["On the same page, copy the “HTTP webhook signing key”."],
	},
	samples: [
		{
			event: "delivered",
			title: "An e-mail arrived",
			body: {
				signature: { token: "0000000000000000000000000000000000000000000000test", timestamp: "1790000000", signature: "00" },
				"event-data": { event: "delivered", id: "CPgfbmQMTCKtHW6uIWtuVe", timestamp: 1790000000.5, recipient: "alex@example.com" },
			},
		},
		{
			event: "failed",
			title: "An e-mail bounced for good",
			body: {
				signature: { token: "0000000000000000000000000000000000000000000001test", timestamp: "1790000000", signature: "00" },
				"event-data": {
					event: "failed",
					severity: "permanent",
					reason: "suppress-bounce",
					id: "G9Bn5sl1TC6nu79C8C0bwg",
					timestamp: 1790000000.5,
					recipient: "kim@example.com",
					"recipient-domain": "example.com",
					"delivery-status": { code: 605, message: "", description: "Not delivering to previously bounced address", "attempt-no": 1 },
					message: {
						headers: { to: "kim@example.com", "message-id": "20261101.1.1@example.com", from: "shop@example.com", subject: "Your order" },
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
