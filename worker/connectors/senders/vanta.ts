import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const vanta = {
	id: "vanta",
	name: "Vanta",
	signature: standardWebhooks("svix"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.svix-id"],
	eventName: ["event.body.type", "event.body.eventType"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
} as const satisfies Sender;

export const vantaPage = {
	guide: {
		pasteUrl: [
			"In Vanta, open Settings, then Developer console, then Webhooks, and add an endpoint.",
			"Paste {url} as the endpoint URL and choose the events.",
		],
		findSecret: ["Open the endpoint that you added, show its signing secret and copy it."],
	},
	samples: [
		{
			event: "test.failed",
			title: "A test failed",
			headers: { "svix-id": "msg_1" },
			body: {
				type: "test.failed",
				timestamp: "2026-11-01T10:00:00Z",
				data: { id: "mfa-on-accounts", name: "MFA on accounts", status: "NEEDS_ATTENTION" },
			},
		},
	],
} as const satisfies SenderPage;
