import type { Sender, SenderPage } from "../sender";

export const vonage = {
	id: "vonage",
	name: "Vonage",
	signature: {
		kind: "jwt",
		in: { header: "authorization" },
		prefix: "Bearer ",
		algorithms: ["HS256"],
		claims: { bodyDigest: { claim: "payload_hash", digest: "sha256", encoding: "hex" } },
		toleranceSeconds: 300,
	},
	secret: { name: "Signature secret" },
	duplicateId: ["event.body.message_uuid", "event.body.status"],
	eventName: ["event.body.status", "event.body.message_type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again for a day." },
	orderingKeys: [
		{ path: "event.body.message_uuid", what: "each message" },
		{ path: "event.body.from", what: "each sender" },
	],
} as const satisfies Sender;

export const vonagePage = {
	guide: {
		pasteUrl: [
			"In the Vonage API Dashboard, open Applications, choose yours and edit it.",
			"Under Messages (or Voice), paste {url} as the Inbound URL and Status URL, and use signed webhooks.",
		],
		findSecret: ["Open API Settings and copy the Signature secret."],
	},
	samples: [
		{
			event: "delivered",
			title: "A message was delivered",
			body: {
				message_uuid: "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
				to: "4915550001111",
				from: "4915550002222",
				timestamp: "2026-11-01T10:00:00.000Z",
				status: "delivered",
				channel: "sms",
			},
		},
	],
} as const satisfies SenderPage;
