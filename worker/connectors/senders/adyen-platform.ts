import type { Sender, SenderPage } from "../sender";

/** Balance platform, banking and management webhooks: signed as a whole, unlike payments. */
export const adyenPlatform = {
	id: "adyen-platform",
	name: "Adyen for Platforms",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "hex" },
		signature: { in: { header: "hmacsignature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "HMAC key", looksLike: "64 signs, 0–9 and A–F" },
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for up to 30 days, each time later." },
	orderingKeys: [{ path: "event.body.data.accountHolder.id", what: "each account holder" }],
} as const satisfies Sender;

export const adyenPlatformPage = {
	guide: {
		pasteUrl: [
			"In the Balance Platform Customer Area, open Developers, then Webhooks.",
			"Create a webhook of the kind you need and paste {url}.",
		],
		findSecret: ["In the same webhook, generate an HMAC key and copy it: it is shown only now."],
	},
	samples: [
		{
			event: "balancePlatform.accountHolder.created",
			title: "An account holder was added",
			body: {
				type: "balancePlatform.accountHolder.created",
				environment: "test",
				timestamp: "2026-11-01T10:00:00+01:00",
				data: {
					balancePlatform: "ExamplePlatform",
					accountHolder: { id: "AH00000000000000000000001", reference: "seller-7", status: "active" },
				},
			},
		},
	],
} as const satisfies SenderPage;
