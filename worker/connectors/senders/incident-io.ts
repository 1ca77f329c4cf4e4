import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const incidentIo = {
	id: "incident-io",
	name: "incident.io",
	signature: standardWebhooks("webhook"),
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.event_type"],
	expects: { withinSeconds: 15, retries: "Tries again for about a day, each time later." },
} as const satisfies Sender;

export const incidentIoPage = {
	guide: {
		pasteUrl: [
			"In incident.io, open Settings, then Webhooks, then Add endpoint.",
			"Paste {url} as the endpoint URL and choose the events.",
		],
		findSecret: ["Open the endpoint that you added, show its signing secret and copy it."],
	},
	samples: [
		{
			event: "public_incident.incident_created_v2",
			title: "An incident was created",
			headers: { "webhook-id": "msg_1" },
			body: {
				event_type: "public_incident.incident_created_v2",
				"public_incident.incident_created_v2": {
					id: "01FDAG4SAP5TYPT98WGR2N7W91",
					reference: "INC-123",
					name: "Checkout is slow",
					severity: { name: "Major" },
					incident_status: { name: "Investigating" },
				},
			},
		},
	],
} as const satisfies SenderPage;
