import type { Sender, SenderPage } from "../sender";

export const launchdarkly = {
	id: "launchdarkly",
	name: "LaunchDarkly",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-ld-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Secret" },
	duplicateId: ["event.body._id"],
	eventName: ["event.body.titleVerb", "event.body.kind"],
	eventTime: { path: "event.body.date", unit: "milliseconds" },
	expects: { withinSeconds: 10, retries: "Tries once more." },
	orderingKeys: [{ path: "event.body.name", what: "each flag" }],
} as const satisfies Sender;

export const launchdarklyPage = {
	guide: {
		pasteUrl: [
			"In LaunchDarkly, open Organization settings, then Integrations, and add the Webhooks integration.",
			"Paste {url} as the URL.",
		],
		findSecret: ["In the same form, choose to sign this webhook and enter or copy the secret."],
	},
	samples: [
		{
			event: "turned on the flag",
			title: "A flag was switched on",
			body: {
				_id: "5a1",
				kind: "flag",
				name: "new-prices",
				titleVerb: "turned on the flag",
				date: 1790000000000,
				member: { email: "alex@example.com" },
				accesses: [{ action: "updateOn", resource: "proj/default:env/production:flag/new-prices" }],
			},
		},
	],
} as const satisfies SenderPage;
