import type { Sender, SenderPage } from "../sender";

export const docusign = {
	id: "docusign",
	name: "DocuSign",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { numbered: "x-docusign-signature-", upTo: 100 }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "HMAC key" },
	formats: ["json", "xml"],
	duplicateId: ["event.body.event", "event.body.data.envelopeId", "event.body.generatedDateTime"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.generatedDateTime", unit: "iso" },
	expects: { status: 200, withinSeconds: 100, retries: "Tries again for 15 days, each time later." },
	orderingKeys: [{ path: "event.body.data.envelopeId", what: "each envelope" }],
} as const satisfies Sender;

export const docusignPage = {
	guide: {
		pasteUrl: [
			"In Docusign Admin, under Integrations, open Connect, then “Add Configuration”, then Custom.",
			"Paste {url} as the URL to publish, with JSON as the format.",
			"Choose the events and tick “Include HMAC Signature”.",
		],
		findSecret: ["On the Connect page, open Connect Keys and choose “Add Secret Key”.", "Copy the key: it is shown only now."],
	},
	samples: [
		{
			event: "envelope-completed",
			title: "Everybody has signed",
			body: {
				event: "envelope-completed",
				apiVersion: "v2.1",
				configurationId: 10000001,
				generatedDateTime: "2026-11-01T10:00:00.0000000Z",
				data: { accountId: "6c5c0e6a-0000-0000-0000-000000000001", envelopeId: "0af5b8a2-0000-0000-0000-000000000001", userId: "1" },
			},
		},
		{
			event: "envelope-declined",
			title: "Somebody declined to sign",
			body: {
				event: "envelope-declined",
				apiVersion: "v2.1",
				uri: "/restapi/v2.1/accounts/6c5c0e6a-0000-0000-0000-000000000001/envelopes/0af5b8a2-0000-0000-0000-000000000002",
				retryCount: 0,
				configurationId: 10000001,
				generatedDateTime: "2026-11-01T10:00:00.0000000Z",
				data: {
					accountId: "6c5c0e6a-0000-0000-0000-000000000001",
					userId: "1",
					envelopeId: "0af5b8a2-0000-0000-0000-000000000002",
					envelopeSummary: { status: "declined", emailSubject: "Please sign: contract", declinedDateTime: "2026-11-01T10:00:00.0000000Z" },
				},
			},
		},
	],
} as const satisfies SenderPage;
