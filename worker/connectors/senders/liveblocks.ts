import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const liveblocks = {
	id: "liveblocks",
	name: "Liveblocks",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.data.roomId", what: "each room" }],
} as const satisfies Sender;

export const liveblocksPage = {
	guide: {
		pasteUrl: [
			"In the Liveblocks Dashboard, choose your project, then Webhooks, then Create endpoint.",
			"Paste {url} as the URL and choose the events.",
		],
		findSecret: ["On the endpoint's page, copy the Signing Secret."],
	},
	samples: [
		{
			event: "commentCreated",
			title: "Somebody commented",
			headers: { "webhook-id": "msg_1" },
			body: {
				type: "commentCreated",
				data: {
					projectId: "p1",
					roomId: "room-1",
					threadId: "th_1",
					commentId: "cm_1",
					createdAt: "2026-11-01T10:00:00.000Z",
					createdBy: "kim",
				},
			},
		},
	],
} as const satisfies SenderPage;
