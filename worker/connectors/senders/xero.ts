import type { Sender, SenderPage } from "../sender";

export const xero = {
	id: "xero",
	name: "Xero",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-xero-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Webhooks key" },
	handshakes: [
		{
			when: {
				method: "POST",
				equals: [
					{ json: "firstEventSequence", value: 0 },
					{ json: "lastEventSequence", value: 0 },
				],
			},
			verified: true,
			answer: { kind: "intentToReceive" },
		},
	],
	duplicateId: ["event.body.firstEventSequence", "event.body.lastEventSequence", "event.body.entropy"],
	eventName: ["event.body.events.0.eventCategory", "event.body.eventCategory"],
	eventTime: { path: "event.body.events.0.eventDateUtc", unit: "iso" },
	expects: { status: 200, emptyBody: true, withinSeconds: 5, retries: "Tries again for a day, then switches the webhook off." },
	batch: {
		path: "event.body.events",
		what: "several changes",
		duplicateId: ["event.body.resourceId", "event.body.eventCategory", "event.body.eventType", "event.body.eventDateUtc"],
	},
	orderingKeys: [
		{ path: "event.body.resourceId", what: "each invoice or contact" },
		{ path: "event.body.tenantId", what: "each organisation" },
	],
} as const satisfies Sender;

export const xeroPage = {
	guide: {
		pasteUrl: [
			"At developer.xero.com, open My Apps, choose your app, then Webhooks.",
			"Choose the categories and paste {url} as the Delivery URL, then save.",
		],
		findSecret: ["On the same page, copy the Webhooks key."],
		finish: ["At Xero, choose “Send Intent to receive” until the status is OK."],
	},
	samples: [
		{
			event: "INVOICE",
			title: "An invoice changed",
			body: {
				events: [
					{
						resourceUrl: "https://api.xero.com/api.xro/2.0/Invoices/717f2bfc",
						resourceId: "717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
						eventDateUtc: "2026-11-01T10:00:00.000",
						eventType: "UPDATE",
						eventCategory: "INVOICE",
						tenantId: "c2cc9b6e",
						tenantType: "ORGANISATION",
					},
				],
				firstEventSequence: 1,
				lastEventSequence: 1,
				entropy: "S0m3r4Nd0mt3xt",
			},
		},
		{
			event: "CONTACT",
			title: "Two contacts changed",
			body: {
				events: [
					{
						resourceUrl: "https://api.xero.com/api.xro/2.0/Contacts/717f2bfc",
						resourceId: "717f2bfc-c6d4-41fd-b238-3f2f0c0cf701",
						eventDateUtc: "2026-11-01T10:00:00.000",
						eventType: "CREATE",
						eventCategory: "CONTACT",
						tenantId: "c2cc9b6e",
						tenantType: "ORGANISATION",
					},
					{
						resourceUrl: "https://api.xero.com/api.xro/2.0/Contacts/717f2bfd",
						resourceId: "717f2bfd-c6d4-41fd-b238-3f2f0c0cf702",
						eventDateUtc: "2026-11-01T10:00:01.000",
						eventType: "UPDATE",
						eventCategory: "CONTACT",
						tenantId: "c2cc9b6e",
						tenantType: "ORGANISATION",
					},
				],
				firstEventSequence: 2,
				lastEventSequence: 3,
				entropy: "S0m3r4Nd0mt3xu",
			},
		},
	],
} as const satisfies SenderPage;
