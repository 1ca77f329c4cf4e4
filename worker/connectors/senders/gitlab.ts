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
			"Where there is none, make up a long random secret token and enter it there.",
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
		{
			event: "Merge Request Hook",
			title: "A merge request was opened",
			headers: {
				"x-gitlab-event": "Merge Request Hook",
				"x-gitlab-event-uuid": "13792a34-cac6-4fda-95a8-c58e00a3954e",
				"idempotency-key": "f5e57a5f-1d0b-4d3f-9c6a-9a5b2c1d0e11",
			},
			body: {
				object_kind: "merge_request",
				event_type: "merge_request",
				user: { id: 1, name: "Alex Example", username: "alex" },
				project: { id: 15, name: "Shop", path_with_namespace: "example/shop", web_url: "https://gitlab.example.com/example/shop" },
				object_attributes: {
					id: 99,
					iid: 1,
					title: "Raise the price",
					state: "opened",
					action: "open",
					source_branch: "price",
					target_branch: "main",
					url: "https://gitlab.example.com/example/shop/-/merge_requests/1",
				},
				labels: [],
				changes: {},
			},
		},
	],
} as const satisfies SenderPage;
