import type { Sender, SenderPage } from "../sender";

export const ashby = {
	id: "ashby",
	name: "Ashby",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "ashby-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret token" },
	eventName: ["event.body.action"],
	duplicateId: ["event.body.webhookActionId"],
	orderingKeys: [{ path: "event.body.data.application.id", what: "each application" }],
} as const satisfies Sender;

export const ashbyPage = {
	guide: {
		pasteUrl: [
			"In Ashby, open Admin, then Integrations, then Webhooks, then New webhook.",
			"Choose the type and paste {url} as the request URL.",
		],
		findSecret: ["Enter a long random text as the secret in the same form."],
	},
	samples: [
		{
			event: "candidateHire",
			title: "Somebody was hired",
			body: {
				action: "candidateHire",
				webhookActionId: "w1",
				data: {
					application: { id: "a1", status: "Hired", candidate: { id: "c1", name: "Alex Example" }, job: { id: "j1", title: "Baker" } },
				},
			},
		},
	],
} as const satisfies SenderPage;
