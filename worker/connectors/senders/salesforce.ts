import type { Sender, SenderPage } from "../sender";

/** Flows that call out with JSON. Outbound Messages want an answer in SOAP and are not for this. */
export const salesforce = {
	id: "salesforce",
	name: "Salesforce",
	signature: { kind: "token", in: { header: "authorization" }, prefix: "Bearer " },
	secret: { name: "Token of the Named Credential" },
	eventName: ["event.body.eventType"],
	expects: { withinSeconds: 10, retries: "Never tries again by itself." },
	orderingKeys: [{ path: "event.body.recordId", what: "each record" }],
} as const satisfies Sender;

export const salesforcePage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Setup, open Named Credentials and make an External Credential that sends a custom header Authorization: Bearer, a space, and the token.",
			"Make a Named Credential with {url} as its URL, and allow it in a permission set.",
			"In Setup, open Flows, make a Record-Triggered Flow, and add an HTTP Callout by POST with that Named Credential.",
			"Send JSON, such as eventType, recordId and the fields that you need.",
		],
		findSecret: ["Make up a long random token."],
	},
	samples: [
		{
			event: "opportunity.won",
			title: "A deal was won",
			body: {
				eventType: "opportunity.won",
				recordId: "0065e00000AbCdEAAV",
				objectType: "Opportunity",
				record: { Name: "Blue mugs for Example", StageName: "Closed Won", Amount: 4200 },
			},
		},
	],
} as const satisfies SenderPage;
