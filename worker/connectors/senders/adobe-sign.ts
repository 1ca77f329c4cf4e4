import type { Sender, SenderPage } from "../sender";

/** Acrobat Sign does not sign: it names the client ID, and wants it back in each answer. */
export const adobeSign = {
	id: "adobe-sign",
	name: "Adobe Acrobat Sign",
	signature: { kind: "token", in: { header: "x-adobesign-clientid" } },
	secret: { name: "Application ID (client ID)", looksLike: "CBJCHB…" },
	handshakes: [
		{
			when: { method: "GET", has: [{ header: "x-adobesign-clientid" }] },
			verified: true,
			answer: { kind: "echo", from: { header: "x-adobesign-clientid" }, to: { header: "x-adobesign-clientid" } },
		},
	],
	duplicateId: ["event.body.webhookNotificationId"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.eventDate", unit: "iso" },
	expects: {
		status: 200,
		withinSeconds: 5,
		echoHeader: "x-adobesign-clientid",
		retries: "Tries again for three days, then switches the webhook off.",
	},
	orderingKeys: [{ path: "event.body.agreement.id", what: "each agreement" }],
} as const satisfies Sender;

export const adobeSignPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Acrobat Sign, open Account, then Webhooks, and choose the plus sign.",
			"Give it a name, choose scope and events, and paste {url} as the URL.",
		],
		findSecret: [
			"For a webhook made in the web application the client ID is UB7E5BXCXY.",
			"For one made through the API it is the Application ID: Account, then Acrobat Sign API, then API Applications.",
		],
	},
	samples: [
		{
			event: "AGREEMENT_WORKFLOW_COMPLETED",
			title: "Everybody has signed",
			body: {
				webhookId: "b7f1",
				webhookName: "Contracts",
				webhookNotificationId: "6b3c1f0e",
				event: "AGREEMENT_WORKFLOW_COMPLETED",
				eventDate: "2026-11-01T10:00:00Z",
				eventResourceType: "agreement",
				agreement: { id: "CBJCHBCAABAA1", name: "Rental contract", status: "SIGNED", senderInfo: { email: "alex@example.com" } },
			},
		},
	],
} as const satisfies SenderPage;
