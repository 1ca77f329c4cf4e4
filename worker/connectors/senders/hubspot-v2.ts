import type { Sender, SenderPage } from "../sender";

/** What workflows and cards send for those who do not read version 3: a digest of secret, method, URL and body, without a time. */
export const hubspotV2 = {
	id: "hubspot-v2",
	name: "HubSpot (signature version 2)",
	signature: {
		kind: "hash",
		digest: "sha256",
		signature: { in: { header: "x-hubspot-signature" }, encoding: "hex" },
		message: ["secret", "method", "url", "body"],
	},
	secret: { name: "Client secret" },
	expects: { withinSeconds: 30, retries: "Tries again for up to three days, each time later; never after an answer from 400 to 499." },
} as const satisfies Sender;

export const hubspotV2Page = {
	guide: {
		pasteUrl: [
			"In HubSpot, open Automation, then Workflows, and add the action “Send a webhook”.",
			"Choose POST and paste {url}.",
			"Under authentication, choose “Include request signature in header” and enter the ID of your app.",
		],
		findSecret: [
			"In that app's settings, open Auth and copy the client secret.",
			"If deliveries carry X-HubSpot-Signature-v3, choose HubSpot instead: it is safer.",
		],
	},
	samples: [
		{
			event: "contact",
			title: "A contact went through a workflow",
			body: { vid: 101, "portal-id": 33, properties: { email: { value: "alex@example.com" }, firstname: { value: "Alex" } } },
		},
	],
} as const satisfies SenderPage;
