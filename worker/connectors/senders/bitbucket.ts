import type { Sender, SenderPage } from "../sender";

export const bitbucket = {
	id: "bitbucket",
	name: "Bitbucket",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hub-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.headers.x-request-uuid"],
	eventName: ["event.headers.x-event-key"],
	expects: { withinSeconds: 10, retries: "Tries twice more." },
	orderingKeys: [{ path: "event.body.repository.full_name", what: "each repository" }],
} as const satisfies Sender;

export const bitbucketPage = {
	guide: {
		pasteUrl: [
			"In the repository, open Repository settings, then Webhooks, then “Add webhook”.",
			"Paste {url} as the URL, choose the triggers and save.",
		],
		findSecret: ["In the same form, choose “Generate secret” or enter a long random one, and copy it before you save."],
	},
	samples: [
		{
			event: "repo:push",
			title: "Somebody pushed commits",
			headers: { "x-event-key": "repo:push", "x-request-uuid": "0f2f7a1a-1d8a-4ef1-9a4f-2f0f6e1f0a11" },
			body: {
				actor: { display_name: "Alex Example" },
				repository: { full_name: "example/shop", uuid: "{b7f1}" },
				push: { changes: [{ "new": { type: "branch", name: "main", target: { hash: "0d1a26e67d8f", message: "Raise the price" } } }] },
			},
		},
	],
} as const satisfies SenderPage;
