import type { Sender, SenderPage } from "../sender";

export const calendly = {
	id: "calendly",
	name: "Calendly",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "calendly-webhook-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 180 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Signing key" },
	duplicateId: ["event.body.event", "event.body.created_at", "event.body.payload.uri"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for a day, each time later, then switches the webhook off." },
	orderingKeys: [
		{ path: "event.body.payload.email", what: "each invitee" },
		{ path: "event.body.payload.uri", what: "each booking" },
	],
} as const satisfies Sender;

export const calendlyPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Calendly has no page for it: webhooks are made through its API.",
			"Under Integrations, then “API and webhooks”, create a personal access token.",
			"Call POST https://api.calendly.com/webhook_subscriptions with {url}, the events, your organization, and the same signing_key.",
		],
		findSecret: ["Make up a long random signing key.", "For an OAuth app it is the webhook signing key that Calendly made with the app."],
	},
	samples: [
		{
			event: "invitee.created",
			title: "Somebody booked a time",
			body: {
				event: "invitee.created",
				created_at: "2026-11-01T10:00:00.000000Z",
				payload: {
					uri: "https://api.calendly.com/scheduled_events/E1/invitees/I1",
					email: "kim@example.com",
					name: "Kim Example",
					status: "active",
					timezone: "Europe/Berlin",
					scheduled_event: { name: "Talk", start_time: "2026-11-05T09:00:00.000000Z", end_time: "2026-11-05T09:30:00.000000Z" },
				},
			},
		},
		{
			event: "invitee.canceled",
			title: "Somebody cancelled a booking",
			body: {
				event: "invitee.canceled",
				created_at: "2026-11-01T11:00:00.000000Z",
				created_by: "https://api.calendly.com/users/U1",
				payload: {
					uri: "https://api.calendly.com/scheduled_events/E1/invitees/I1",
					email: "kim@example.com",
					name: "Kim Example",
					status: "canceled",
					timezone: "Europe/Berlin",
					rescheduled: false,
					cancellation: { canceled_by: "Kim Example", reason: "Ill", canceler_type: "invitee" },
					scheduled_event: {
						uri: "https://api.calendly.com/scheduled_events/E1",
						name: "Talk",
						status: "canceled",
						start_time: "2026-11-05T09:00:00.000000Z",
						end_time: "2026-11-05T09:30:00.000000Z",
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
