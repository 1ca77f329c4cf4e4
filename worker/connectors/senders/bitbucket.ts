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
		secretFirst: true,
		pasteUrl: [
			"In the repository, open Repository settings, then Webhooks, then “Add webhook”.",
			"Paste {url} as the URL, enter the same secret, choose the triggers and save.",
		],
		findSecret: ["Make up a long random secret."],
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
		{
			event: "pullrequest:created",
			title: "A pull request was opened",
			headers: {
				"x-event-key": "pullrequest:created",
				"x-request-uuid": "0f2f7a1a-1d8a-4ef1-9a4f-2f0f6e1f0a12",
				"x-hook-uuid": "a4f5c1d2-0000-4000-8000-000000000001",
				"x-attempt-number": "1",
			},
			body: {
				actor: { display_name: "Alex Example", type: "user" },
				repository: { full_name: "example/shop", name: "shop", uuid: "{b7f1}" },
				pullrequest: {
					id: 1,
					title: "Raise the price",
					state: "OPEN",
					source: { branch: { name: "price" } },
					destination: { branch: { name: "main" } },
					author: { display_name: "Alex Example" },
					links: { html: { href: "https://bitbucket.org/example/shop/pull-requests/1" } },
				},
			},
		},
	],
} as const satisfies SenderPage;
