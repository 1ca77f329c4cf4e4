import type { Sender, SenderPage } from "../sender";

export const livekit = {
	id: "livekit",
	name: "LiveKit",
	signature: {
		kind: "jwt",
		in: { header: "authorization" },
		algorithms: ["HS256"],
		claims: { bodyDigest: { claim: "sha256", digest: "sha256", encoding: "base64" } },
	},
	secret: { name: "API secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.createdAt", unit: "seconds" },
	orderingKeys: [{ path: "event.body.room.sid", what: "each room" }],
} as const satisfies Sender;

export const livekitPage = {
	guide: {
		pasteUrl: [
			"In LiveKit Cloud, open Settings, then Webhooks, and create one.",
			"Paste {url} as the URL and choose the API key that signs.",
		],
		findSecret: ["Under Settings, then API keys, copy the secret of that key."],
	},
	samples: [
		{
			event: "room_finished",
			title: "A call ended",
			body: { event: "room_finished", id: "EV_1", createdAt: "1790000000", room: { sid: "RM_1", name: "talk", numParticipants: 0 } },
		},
	],
} as const satisfies SenderPage;
