import type { Sender, SenderPage } from "../sender";

export const intercom = {
	id: "intercom",
	name: "Intercom",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "x-hub-signature" }, prefix: "sha1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Client secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.topic"],
	eventTime: { path: "event.body.created_at", unit: "seconds" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries once more after a minute, and pauses a URL that keeps failing." },
	orderingKeys: [{ path: "event.body.data.item.id", what: "each conversation or contact" }],
} as const satisfies Sender;

export const intercomPage = {
	guide: {
		pasteUrl: [
			"In the Intercom Developer Hub, choose your app, then Configure, then Webhooks.",
			"Paste {url} as the Endpoint URL, choose the topics and save.",
		],
		findSecret: ["In the same app, under Configure, open Basic information and copy the Client secret."],
	},
	samples: [
		{
			event: "conversation.user.created",
			title: "Somebody started a conversation",
			body: {
				type: "notification_event",
				app_id: "abc123",
				id: "notif_1",
				topic: "conversation.user.created",
				created_at: 1790000000,
				delivery_attempts: 1,
				data: {
					type: "notification_event_data",
					item: {
						type: "conversation",
						id: "1224",
						source: { subject: "", body: "<p>Where is my parcel?</p>", author: { name: "Kim Example", email: "kim@example.com" } },
					},
				},
			},
		},
		{
			event: "contact.user.created",
			title: "A user was created",
			body: {
				type: "notification_event",
				app_id: "abc123",
				id: "notif_2",
				topic: "contact.user.created",
				created_at: 1790000000,
				first_sent_at: 1790000000,
				delivery_attempts: 1,
				delivery_status: "pending",
				data: {
					type: "notification_event_data",
					item: {
						type: "contact",
						id: "677c55ef6abd011ad17ff541",
						external_id: "42",
						role: "user",
						email: "kim@example.com",
						name: "Kim Example",
						created_at: 1790000000,
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
