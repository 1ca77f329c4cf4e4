import type { Sender, SenderPage } from "../sender";

export const jira = {
	id: "jira",
	name: "Jira",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-hub-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.headers.x-atlassian-webhook-identifier"],
	eventName: ["event.body.webhookEvent"],
	eventTime: { path: "event.body.timestamp", unit: "milliseconds" },
	expects: { withinSeconds: 20, retries: "Tries up to five times more, five to fifteen minutes apart." },
	orderingKeys: [
		{ path: "event.body.issue.key", what: "each issue" },
		{ path: "event.body.issue.fields.project.key", what: "each project" },
	],
} as const satisfies Sender;

export const jiraPage = {
	guide: {
		pasteUrl: [
			"As an administrator, open Settings (the cog), then System, then WebHooks.",
			"Choose “Create a WebHook”, paste {url} as the URL and choose the events.",
		],
		findSecret: ["In the same form, use “Generate secret” or enter a long random one, and copy it before you save."],
	},
	samples: [
		{
			event: "jira:issue_created",
			title: "An issue was created",
			headers: { "x-atlassian-webhook-identifier": "evt-1" },
			body: {
				timestamp: 1790000000000,
				webhookEvent: "jira:issue_created",
				issue_event_type_name: "issue_created",
				user: { displayName: "Alex Example" },
				issue: {
					id: "10002",
					key: "SHOP-1",
					fields: { summary: "The page is blank", status: { name: "To Do" }, priority: { name: "High" }, project: { key: "SHOP" } },
				},
			},
		},
		{
			event: "jira:issue_updated",
			title: "An issue was moved to Done",
			headers: { "x-atlassian-webhook-identifier": "evt-2" },
			body: {
				timestamp: 1790000000000,
				webhookEvent: "jira:issue_updated",
				issue_event_type_name: "issue_generic",
				user: { accountId: "99:27935d01", displayName: "Alex Example", active: true },
				issue: {
					id: "10002",
					key: "SHOP-1",
					fields: { summary: "The page is blank", status: { name: "Done" }, priority: { name: "High" }, project: { key: "SHOP" } },
				},
				changelog: {
					id: "10124",
					items: [
						{ field: "status", fieldtype: "jira", fieldId: "status", from: "10000", fromString: "To Do", to: "10001", toString: "Done" },
					],
				},
			},
		},
	],
} as const satisfies SenderPage;
