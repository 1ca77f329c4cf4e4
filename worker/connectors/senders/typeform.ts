import type { Sender, SenderPage } from "../sender";

export const typeform = {
	id: "typeform",
	name: "Typeform",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "typeform-signature" }, prefix: "sha256=", encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.body.event_id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.form_response.submitted_at", unit: "iso" },
	expects: { withinSeconds: 30, retries: "Tries again for ten hours, and disables a webhook that keeps failing." },
	orderingKeys: [{ path: "event.body.form_response.form_id", what: "each form" }],
} as const satisfies Sender;

export const typeformPage = {
	guide: {
		pasteUrl: [
			"In Typeform, open the form, then Connect, then Webhooks, then Add a webhook.",
			"Paste {url} as the Endpoint and switch it on.",
		],
		findSecret: ["In the list, choose Edit beside the webhook and enter a long random text as the Secret."],
	},
	samples: [
		{
			event: "form_response",
			title: "Somebody answered the form",
			body: {
				event_id: "LtWXD3crgy",
				event_type: "form_response",
				form_response: {
					form_id: "lT4Z3j",
					token: "a3a12ec67a1365927098a606107fac15",
					submitted_at: "2026-11-01T10:00:00Z",
					answers: [
						{ type: "text", text: "Alex Example", field: { id: "DlXFaesGBpoF", type: "short_text", ref: "name" } },
						{ type: "email", email: "alex@example.com", field: { id: "SMEUb7VJz92Q", type: "email", ref: "email" } },
					],
				},
			},
		},
	],
} as const satisfies SenderPage;
