import type { Sender, SenderPage } from "../sender";

export const braintree = {
	id: "braintree",
	name: "Braintree",
	signature: { kind: "bespoke", module: "braintree", binds: "fields" },
	secret: { name: "Private key", looksLike: "32 signs, 0–9 and a–f" },
	options: [
		{
			id: "publicKey",
			name: "Public key",
			help: "Stands beside the private key; Braintree asks for it when it checks the URL.",
			required: true,
		},
	],
	handshakes: [
		{
			when: { method: "GET", has: [{ query: "bt_challenge" }] },
			verified: false,
			answer: {
				kind: "hmac",
				of: { query: "bt_challenge" },
				digest: "sha1",
				key: { as: "sha1" },
				encoding: "hex",
				prefixOption: { option: "publicKey", between: "|" },
				to: "text",
				pattern: "^[a-f0-9]{20,32}$",
			},
		},
	],
	formats: ["form"],
	duplicateId: ["event.body.bt_payload"],
	expects: { status: 200, withinSeconds: 30, retries: "Tries again each hour for 24 hours (three hours in the sandbox)." },
} as const satisfies Sender;

export const braintreePage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the Control Panel, open the gear, then API, then Webhooks.",
			"Choose “Create New Webhook”, paste {url} and choose the events.",
		],
		findSecret: ["In the Control Panel, open the gear, then API, then Keys.", "Copy the public key and, under View, the private key."],
	},
	samples: [
		{
			event: "subscription_charged_successfully",
			title: "A subscription was paid",
			contentType: "application/x-www-form-urlencoded",
			body: "bt_signature=public_key%7C0000000000000000000000000000000000000000&bt_payload=PG5vdGlmaWNhdGlvbj48a2luZD5zdWJzY3JpcHRpb25fY2hhcmdlZF9zdWNjZXNzZnVsbHk8L2tpbmQ%2BPC9ub3RpZmljYXRpb24%2B",
		},
	],
} as const satisfies SenderPage;
