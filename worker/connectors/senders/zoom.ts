import type { Sender, SenderPage } from "../sender";

export const zoom = {
	id: "zoom",
	name: "Zoom",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-zm-signature" }, prefix: "v0=", encoding: "hex" },
		timestamp: { in: { header: "x-zm-request-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: [{ text: "v0:" }, "timestamp", { text: ":" }, "body"],
	},
	secret: { name: "Secret Token" },
	handshakes: [
		{
			when: { method: "POST", equals: [{ json: "event", value: "endpoint.url_validation" }], has: [{ json: "payload.plainToken" }] },
			verified: true,
			answer: {
				kind: "hmac",
				of: { json: "payload.plainToken" },
				digest: "sha256",
				encoding: "hex",
				to: { json: "encryptedToken" },
				also: { plainToken: { json: "payload.plainToken" } },
				pattern: "^[A-Za-z0-9_+/=-]{1,200}$",
			},
		},
	],
	duplicateId: ["event.headers.x-zm-request-id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.event_ts", unit: "milliseconds" },
	expects: { withinSeconds: 3, retries: "Tries three times more: after 5, 30 and 90 minutes." },
	orderingKeys: [{ path: "event.body.payload.object.uuid", what: "each meeting" }],
} as const satisfies Sender;

export const zoomPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"On the same page, under General Features, switch on Event Subscriptions, add one and choose the events.",
			"Paste {url} as the Event notification endpoint URL, choose Validate, then Save.",
		],
		findSecret: ["In the Zoom App Marketplace, open Manage, choose your app, then Features, then Access.", "Copy the Secret Token."],
	},
	samples: [
		{
			event: "meeting.ended",
			title: "A meeting ended",
			body: {
				event: "meeting.ended",
				event_ts: 1790000000000,
				payload: {
					account_id: "abc",
					object: {
						id: "6962400003",
						uuid: "4118UHIiRCAAAtBlDkcVyw==",
						host_id: "z8yCxTTTTSiw02QgCAp8uQ",
						topic: "Talk with Alex",
						start_time: "2026-11-01T09:00:00Z",
						end_time: "2026-11-01T10:00:00Z",
						duration: 60,
						timezone: "Europe/Berlin",
					},
				},
			},
		},
		{
			event: "recording.completed",
			title: "A recording is ready",
			headers: { "x-zm-request-id": "0f2f7a1a-1d8a-4ef1-9a4f-2f0f6e1f0a11" },
			body: {
				event: "recording.completed",
				event_ts: 1790000000000,
				payload: {
					account_id: "abc",
					object: {
						id: 6962400003,
						uuid: "4118UHIiRCAAAtBlDkcVyw==",
						host_id: "z8yCxTTTTSiw02QgCAp8uQ",
						host_email: "alex@example.com",
						topic: "Talk with Alex",
						type: 2,
						start_time: "2026-11-01T09:00:00Z",
						timezone: "Europe/Berlin",
						duration: 60,
						total_size: 3328371,
						recording_count: 1,
						recording_files: [
							{
								id: "ed6c2f27",
								meeting_id: "4118UHIiRCAAAtBlDkcVyw==",
								recording_start: "2026-11-01T09:00:00Z",
								recording_end: "2026-11-01T10:00:00Z",
								file_type: "MP4",
								file_size: 3328371,
								status: "completed",
								recording_type: "shared_screen_with_speaker_view",
							},
						],
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
