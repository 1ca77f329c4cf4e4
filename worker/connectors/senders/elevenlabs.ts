import type { Sender, SenderPage } from "../sender";

export const elevenlabs = {
	id: "elevenlabs",
	name: "ElevenLabs",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "elevenlabs-signature" }, pairs: ",", signature: "v0", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 1800 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook secret", looksLike: "wsec_…" },
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.event_timestamp", unit: "seconds" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries a few times more, and disables a webhook that fails for a week." },
	orderingKeys: [{ path: "event.body.data.conversation_id", what: "each conversation" }],
} as const satisfies Sender;

export const elevenlabsPage = {
	guide: {
		pasteUrl: [
			"In ElevenLabs, open Developers, then Webhooks, and create one.",
			"Paste {url} as the callback URL, then choose it in the settings of your agents.",
		],
		findSecret: ["The secret is shown once when the webhook is created: copy it."],
	},
	samples: [
		{
			event: "post_call_transcription",
			title: "A call has ended",
			body: {
				type: "post_call_transcription",
				event_timestamp: 1790000000,
				data: {
					agent_id: "agent_1",
					conversation_id: "conv_1",
					status: "done",
					transcript: [{ role: "user", message: "Where is my parcel?", time_in_call_secs: 3 }],
				},
			},
		},
	],
} as const satisfies SenderPage;
