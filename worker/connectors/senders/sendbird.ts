import type { Sender, SenderPage } from "../sender";

export const sendbird = {
	id: "sendbird",
	name: "Sendbird",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-sendbird-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Master API token" },
	eventName: ["event.body.category"],
	orderingKeys: [{ path: "event.body.channel.channel_url", what: "each channel" }],
	expects: { status: 200, withinSeconds: 5, retries: "Tries three times more." },
} as const satisfies Sender;

export const sendbirdPage = {
	guide: {
		pasteUrl: [
			"In the Sendbird Dashboard, open Settings, then Chat, then Webhooks, and switch them on.",
			"Paste {url} and choose the events.",
		],
		findSecret: ["Under Settings, then General, copy the Master API token."],
	},
	samples: [
		{
			event: "group_channel:message_send",
			title: "A message was sent",
			body: {
				category: "group_channel:message_send",
				app_id: "a1",
				sender: { user_id: "kim", nickname: "Kim" },
				type: "MESG",
				payload: { message_id: 1, message: "Where is my parcel?", created_at: 1790000000000 },
				channel: { channel_url: "sendbird_group_channel_1" },
			},
		},
	],
} as const satisfies SenderPage;
