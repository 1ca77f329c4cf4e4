import type { Sender, SenderPage } from "../sender";

/** Webhooks that a Connect app declares: a token over method, path and query; the body is not protected. */
export const jiraConnect = {
	id: "jira-connect",
	name: "Jira (Connect app)",
	signature: {
		kind: "jwt",
		in: { header: "authorization" },
		prefix: "JWT ",
		algorithms: ["HS256"],
		claims: { queryStringHash: true, issuer: { option: "clientKey" } },
	},
	secret: { name: "Shared secret" },
	options: [{ id: "clientKey", name: "Client key", help: "Comes with the shared secret when the app is installed.", required: true }],
	duplicateId: ["event.headers.x-atlassian-webhook-identifier"],
	eventName: ["event.body.webhookEvent"],
	eventTime: { path: "event.body.timestamp", unit: "milliseconds" },
	expects: { withinSeconds: 30, retries: "Tries five times more, minutes apart." },
	orderingKeys: [{ path: "event.body.issue.key", what: "each issue" }],
} as const satisfies Sender;

export const jiraConnectPage = {
	guide: {
		pasteUrl: ["In the app's descriptor, set baseUrl to {url}.", "Add a webhook under modules with the url / and the event you want."],
		findSecret: ["Jira posts clientKey and sharedSecret when the app is installed: copy both."],
	},
	samples: [
		{
			event: "jira:issue_updated",
			title: "An issue changed",
			body: {
				timestamp: 1790000000000,
				webhookEvent: "jira:issue_updated",
				issue: { id: "10002", key: "SHOP-7", fields: { summary: "The page is blank", status: { name: "Done" } } },
			},
		},
	],
} as const satisfies SenderPage;
