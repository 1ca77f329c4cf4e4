import type { Sender, SenderPage } from "../sender";

/** An event hook's authentication field and secret: a header that always says the same. */
export const okta = {
	id: "okta",
	name: "Okta",
	signature: { kind: "token", in: { header: "authorization" } },
	secret: { name: "Authentication secret" },
	handshakes: [
		{
			when: { method: "GET", has: [{ header: "x-okta-verification-challenge" }] },
			verified: true,
			answer: { kind: "echo", from: { header: "x-okta-verification-challenge" }, to: { json: "verification" } },
		},
	],
	duplicateId: ["event.body.eventId"],
	eventName: ["event.body.data.events.0.eventType", "event.body.eventType"],
	eventTime: { path: "event.body.eventTime", unit: "iso" },
	expects: { withinSeconds: 3, retries: "Tries once more." },
	batch: { path: "event.body.data.events", what: "several events", duplicateId: ["event.body.uuid"] },
	orderingKeys: [{ path: "event.body.target.0.id", what: "each user or group" }],
} as const satisfies Sender;

export const oktaPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the Okta Admin Console, open Workflow, then Event Hooks, then Create Event Hook.",
			"Paste {url} as the Endpoint URL, enter Authorization as the authentication field and the same secret, and choose the events; then Verify.",
		],
		findSecret: ["Make up a long random authentication secret."],
	},
	samples: [
		{
			event: "user.lifecycle.create",
			title: "A user was created",
			body: {
				eventType: "com.okta.event_hook",
				eventTypeVersion: "1.0",
				eventId: "b5a188b9-5ece-4636-b041-482ffda96311",
				eventTime: "2026-11-01T10:00:00.000Z",
				source: "https://example.okta.com/api/v1/eventHooks/whoq1",
				data: {
					events: [
						{
							uuid: "7c1",
							eventType: "user.lifecycle.create",
							published: "2026-11-01T10:00:00.000Z",
							target: [{ id: "00u1", type: "User", alternateId: "alex@example.com", displayName: "Alex Example" }],
						},
					],
				},
			},
		},
	],
} as const satisfies SenderPage;
