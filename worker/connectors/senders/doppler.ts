import type { Sender, SenderPage } from "../sender";

export const doppler = {
	id: "doppler",
	name: "Doppler",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-doppler-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Signing secret" },
	eventName: ["event.body.type"],
	orderingKeys: [{ path: "event.body.config.name", what: "each config" }],
} as const satisfies Sender;

export const dopplerPage = {
	guide: {
		pasteUrl: ["In Doppler, open the project, then Webhooks, then Add.", "Paste {url} as the URL and choose the configs."],
		findSecret: ["Enter a long random text as the secret in the same form."],
	},
	samples: [
		{
			event: "config.secrets.update",
			title: "Secrets changed",
			body: {
				type: "config.secrets.update",
				workplace: { name: "Example" },
				project: { id: "shop", name: "shop" },
				config: { name: "prd", environment: "prd" },
			},
		},
	],
} as const satisfies SenderPage;
