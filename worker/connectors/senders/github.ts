import type { Sender, SenderPage } from "../sender";

export const github = {
	id: "github",
	name: "GitHub",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hub-signature-256" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	formats: ["json", "form"],
	duplicateId: ["event.headers.x-github-delivery"],
	// The same workflow or dispatch may be asked for again in the same words; a form's words stand in one text.
	freshBody: { unless: ["event.body.workflow", "event.body.branch", "event.body.payload"] },
	eventName: ["event.headers.x-github-event"],
	expects: { withinSeconds: 10, retries: "Never tries again by itself; a delivery can be redelivered by hand for three days." },
	orderingKeys: [{ path: "event.body.repository.full_name", what: "each repository" }],
} as const satisfies Sender;

export const githubPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the repository or organization, open Settings, then Webhooks, then “Add webhook”.",
			"Paste {url} as the Payload URL and choose application/json as the content type.",
			"Enter the same secret in the field Secret, choose the events you want, then “Add webhook”.",
		],
		findSecret: ["Make up a long random secret."],
	},
	samples: [
		{
			event: "push",
			title: "Somebody pushed commits",
			headers: { "x-github-event": "push", "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" },
			body: {
				ref: "refs/heads/main",
				before: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
				after: "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
				repository: { id: 35129377, full_name: "example/shop", private: false },
				pusher: { name: "alex", email: "alex@example.com" },
				commits: [
					{ id: "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c", message: "Raise the price", added: [], removed: [], modified: ["price.txt"] },
				],
			},
		},
		{
			event: "issues",
			title: "An issue was opened",
			headers: { "x-github-event": "issues", "x-github-delivery": "8c2d8d80-1d8a-11ef-9a4f-2f0f6e1f0a11" },
			body: {
				action: "opened",
				issue: { number: 7, title: "The page is blank", state: "open", user: { login: "alex" } },
				repository: { id: 35129377, full_name: "example/shop" },
				sender: { login: "alex" },
			},
		},
	],
} as const satisfies SenderPage;
