import type { Sender, SenderPage } from "../sender";

export const tally = {
	id: "tally",
	name: "Tally",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "tally-signature" }, encoding: "base64" }, message: ["body"] },
	secret: { name: "Signing secret" },
	duplicateId: ["event.body.eventId"],
	eventName: ["event.body.eventType"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries five times more: after 5 and 30 minutes, 1, 6 and 24 hours." },
	orderingKeys: [{ path: "event.body.data.formId", what: "each form" }],
} as const satisfies Sender;

export const tallyPage = {
	guide: {
		pasteUrl: ["In Tally, open the form, then Integrations, then Webhooks, then Connect.", "Paste {url} as the Endpoint URL."],
		findSecret: ["In the same form, add a signing secret and copy it."],
	},
	samples: [
		{
			event: "FORM_RESPONSE",
			title: "Somebody answered the form",
			body: {
				eventId: "a4cb511e",
				eventType: "FORM_RESPONSE",
				createdAt: "2026-11-01T10:00:00.000Z",
				data: {
					responseId: "2wgx4n",
					formId: "VwbNEw",
					formName: "Contact",
					fields: [{ key: "q1", label: "Name", type: "INPUT_TEXT", value: "Kim Example" }],
				},
			},
		},
	],
} as const satisfies SenderPage;
