import type { Sender, SenderPage } from "../sender";

/** The notification only says that there is news; what changed is fetched from Airtable's API. */
export const airtable = {
	id: "airtable",
	name: "Airtable",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "base64" },
		signature: { in: { header: "x-airtable-content-mac" }, prefix: "hmac-sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "MAC secret (macSecretBase64)" },
	duplicateId: ["event.body.webhook.id", "event.body.timestamp"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: {
		status: 200,
		emptyBody: true,
		withinSeconds: 25,
		retries: "Tries again, each time later, and then stops sending until notifications are switched on again.",
	},
	orderingKeys: [{ path: "event.body.base.id", what: "each base" }],
} as const satisfies Sender;

export const airtablePage = {
	guide: {
		pasteUrl: [
			"Airtable has no page for it: webhooks are made through its API.",
			"Call POST https://api.airtable.com/v0/bases/YOUR_BASE/webhooks with {url} as notificationUrl and what to watch as specification.",
			"Such a webhook ends after seven days unless it is refreshed.",
		],
		findSecret: ["The answer of that call has macSecretBase64. It is shown only this once: copy it."],
	},
	samples: [
		{
			event: "ping",
			title: "Something changed in a base",
			body: { base: { id: "appExample0000001" }, webhook: { id: "achExample0000001" }, timestamp: "2026-11-01T10:00:00.000Z" },
		},
	],
} as const satisfies SenderPage;
