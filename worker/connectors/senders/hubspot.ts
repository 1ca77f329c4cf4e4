import type { Sender, SenderPage } from "../sender";

export const hubspot = {
	id: "hubspot",
	name: "HubSpot",
	signature: { kind: "bespoke", module: "hubspot", binds: "body", toleranceSeconds: 300 },
	secret: { name: "Client secret" },
	eventName: ["event.body.0.subscriptionType", "event.body.subscriptionType"],
	eventTime: { path: "event.body.0.occurredAt", unit: "milliseconds" },
	expects: { withinSeconds: 5, retries: "Tries ten times over 24 hours; up to 100 events come in one list." },
	batch: {
		path: "event.body",
		what: "up to 100 changes",
		duplicateId: ["event.body.eventId", "event.body.subscriptionId", "event.body.occurredAt"],
	},
	orderingKeys: [{ path: "event.body.objectId", what: "each contact, company or deal" }],
} as const satisfies Sender;

/** Deliveries of an app, whichever version of the signature is on them. */
export const hubspotSamples = [
	{
		event: "contact.propertyChange",
		title: "A contact's e-mail address changed",
		body: [
			{
				eventId: 100,
				subscriptionId: 1,
				portalId: 33,
				occurredAt: 1790000000000,
				subscriptionType: "contact.propertyChange",
				attemptNumber: 0,
				objectId: 123,
				propertyName: "email",
				propertyValue: "alex@example.com",
			},
		],
	},
	{
		event: "contact.creation",
		title: "A contact was created, and its deal changed its stage",
		body: [
			{
				eventId: 3816279340,
				subscriptionId: 25,
				portalId: 33,
				appId: 1160452,
				occurredAt: 1790000000000,
				subscriptionType: "contact.creation",
				attemptNumber: 0,
				objectId: 123,
				changeFlag: "CREATED",
				changeSource: "CRM_UI",
			},
			{
				eventId: 3816279480,
				subscriptionId: 26,
				portalId: 33,
				appId: 1160452,
				occurredAt: 1790000000116,
				subscriptionType: "deal.propertyChange",
				attemptNumber: 0,
				objectId: 456,
				propertyName: "dealstage",
				propertyValue: "closedwon",
				changeSource: "CRM_UI",
			},
		],
	},
] as const satisfies SenderPage["samples"];

export const hubspotPage = {
	guide: {
		pasteUrl: [
			"In HubSpot, open Development, then Legacy apps, choose your app, and open its tab Webhooks.",
			"Paste {url} as the Target URL and create the subscriptions.",
			"For an app that is built as a project, write {url} as targetUrl in its webhooks configuration and upload it.",
		],
		findSecret: ["On the app's tab Auth, show the client secret and copy it."],
	},
	samples: hubspotSamples,
} as const satisfies SenderPage;
