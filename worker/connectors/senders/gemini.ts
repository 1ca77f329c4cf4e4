import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const gemini = {
	id: "gemini",
	name: "Gemini API",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.data.id", what: "each job" }],
} as const satisfies Sender;

export const geminiPage = {
	guide: {
		pasteUrl: ["Webhooks are made through the Gemini API or its SDKs: create one with {url} and the events, such as batch.succeeded."],
		findSecret: ["The answer of that call has the signing secret, only this once: copy it."],
	},
	samples: [
		{
			event: "batch.succeeded",
			title: "A batch is done",
			headers: { "webhook-id": "msg_1" },
			body: {
				type: "batch.succeeded",
				version: "v1",
				timestamp: "2026-11-01T10:00:00Z",
				data: { id: "batches/abc123", output_file_uri: "gs://example/out.jsonl" },
			},
		},
	],
} as const satisfies SenderPage;
