import type { Sender, SenderPage } from "../sender";

export const awsSns = {
	id: "aws-sns",
	name: "Amazon SNS",
	signature: { kind: "bespoke", module: "sns", binds: "fields", toleranceSeconds: 3_900 },
	secret: { name: "Topic ARN", looksLike: "arn:aws:sns:eu-central-1:123456789012:orders" },
	handshakes: [
		{
			// By what is signed: the header could make any message a confirmation, whose link is signed by nobody.
			when: { method: "POST", equals: [{ json: "Type", value: "SubscriptionConfirmation" }] },
			verified: true,
			answer: {
				kind: "show",
				from: { json: "SubscribeURL" },
				what: "link",
				host: "^sns\\.[a-z]{2}(-[a-z]{1,12}){1,3}-\\d{1,2}\\.amazonaws\\.com(\\.cn)?$",
			},
		},
	],
	// Its headers say the same, and nobody signs them.
	duplicateId: ["event.body.MessageId"],
	eventName: ["event.body.Subject", "event.body.Type"],
	eventTime: { path: "event.body.Timestamp", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries fifty times within the hour unless the topic's policy says otherwise." },
} as const satisfies Sender;

export const awsSnsPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the AWS console, open Simple Notification Service, then your topic.",
			"Choose “Create subscription”, HTTPS as the protocol, and paste {url} as the endpoint.",
			"Leave “Enable raw message delivery” off: raw messages are not signed.",
			"A notice on this page then asks for confirmation: open its link.",
		],
		findSecret: [
			"In the AWS console, open Simple Notification Service, then your topic, and copy its ARN: only messages of this topic are accepted.",
		],
	},
	samples: [
		{
			event: "Notification",
			title: "A message of the topic",
			headers: { "x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324" },
			contentType: "text/plain; charset=UTF-8",
			body: '{"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324","TopicArn":"arn:aws:sns:eu-central-1:123456789012:orders","Subject":"Order","Message":"{\\"order\\":1001}","Timestamp":"2026-11-01T10:00:00.000Z"}',
		},
	],
} as const satisfies SenderPage;
