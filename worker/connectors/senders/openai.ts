import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const openai = {
	id: "openai",
	name: "OpenAI",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "seconds" },
	expects: { withinSeconds: 10, retries: "Tries again for three days, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each response, batch or job" }],
} as const satisfies Sender;

export const openaiPage = {
	guide: {
		pasteUrl: [
			"At platform.openai.com, open Settings, choose your project, then Webhooks, then Create.",
			"Paste {url} as the URL and choose the events.",
		],
		findSecret: ["The signing secret is shown once when the webhook is created: copy it."],
	},
	samples: [
		{
			event: "response.completed",
			title: "A background response is done",
			headers: { "webhook-id": "wh_1" },
			body: {
				object: "event",
				id: "evt_685343a1381c819085d44c354e1b330e",
				type: "response.completed",
				created_at: 1790000000,
				data: { id: "resp_abc123" },
			},
		},
	],
} as const satisfies SenderPage;
