import type { Sender, SenderPage } from "../sender";

export const hookdeck = {
	id: "hookdeck",
	name: "Hookdeck",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hookdeck-signature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Signing secret" },
	formats: "any",
	duplicateId: ["event.headers.x-hookdeck-eventid"],
	eventName: ["event.headers.x-hookdeck-source-name"],
} as const satisfies Sender;

export const hookdeckPage = {
	guide: {
		pasteUrl: ["In Hookdeck, create a connection with a destination of type HTTP.", "Paste {url} as its URL."],
		findSecret: ["Open Project Settings, then Secrets, and copy the signing secret."],
	},
	samples: [
		{
			event: "orders",
			title: "Something was passed on",
			headers: { "x-hookdeck-source-name": "orders", "x-hookdeck-eventid": "evt_1" },
			body: { id: "1001", status: "paid" },
		},
	],
} as const satisfies SenderPage;
