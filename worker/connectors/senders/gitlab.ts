import type { Sender, SenderPage } from "../sender";
import { standardWebhooks } from "./standard-webhooks";

export const gitlab = {
	id: "gitlab",
	name: "GitLab",
	signature: {
		kind: "bySecret",
		cases: [{ secretPrefix: "whsec_", scheme: standardWebhooks("webhook") }],
		otherwise: { kind: "token", in: { header: "x-gitlab-token" } },
	},
	secret: { name: "Signing token, or secret token", looksLike: "whsec_… for a signing token" },
	duplicateId: ["event.headers.idempotency-key"],
	eventName: ["event.headers.x-gitlab-event"],
	expects: { withinSeconds: 10, retries: "Never tries again by itself; a webhook that fails often is disabled for a while." },
	orderingKeys: [
		{ path: "event.body.project.path_with_namespace", what: "each project" },
		{ path: "event.body.object_attributes.id", what: "each issue or merge request" },
	],
} as const satisfies Sender;

export const gitlabPage = {
	guide: {
		pasteUrl: ["In the project or group, open Settings, then Webhooks, then “Add new webhook”.", "Paste {url} and choose the events."],
		findSecret: [
			"On the same page, add a signing token and copy it (it begins with whsec_).",
			"Where there is none, make up a long random secret token and enter it in both places.",
		],
	},
	samples: [
		{
			event: "Push Hook",
			title: "Somebody pushed commits",
			headers: { "x-gitlab-event": "Push Hook" },
			body: {
				object_kind: "push",
				ref: "refs/heads/main",
				checkout_sha: "da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
				user_username: "alex",
				project: { id: 15, name: "Shop", path_with_namespace: "example/shop" },
				total_commits_count: 1,
			},
		},
	],
} as const satisfies SenderPage;
