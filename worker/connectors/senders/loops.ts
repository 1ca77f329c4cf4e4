import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const loops = {
	id: "loops",
	name: "Loops",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.eventName"],
	eventTime: { path: "event.body.eventTime", unit: "seconds" },
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
	orderingKeys: [{ path: "event.body.contactIdentity.id", what: "each contact" }],
} as const satisfies Sender;

export const loopsPage = {
	guide: {
		pasteUrl: ["In Loops, open Settings, then Webhooks.", "Paste {url} as the endpoint and choose the events."],
		findSecret: ["On the same page, copy the Signing secret."],
	},
	samples: [
		{
			event: "email.opened",
			title: "Somebody opened an e-mail",
			headers: { "webhook-id": "msg_1" },
			body: {
				eventName: "email.opened",
				eventTime: 1790000000,
				webhookSchemaVersion: "1.0.0",
				sourceType: "campaign",
				campaignId: "cam_1",
				email: { id: "em_1", subject: "Your order" },
				contactIdentity: { id: "con_1", email: "kim@example.com" },
			},
		},
	],
} as const satisfies SenderPage;
