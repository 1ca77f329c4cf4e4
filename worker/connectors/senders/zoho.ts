import type { Sender, SenderPage } from "../sender";

/**
 * Workflow webhooks of Zoho's apps send a header of yours. Books, Billing and Inventory can also sign, but Zoho does not say
 * whether in hex or base64: whoever wants that takes the custom HMAC.
 */
export const zoho = {
	id: "zoho",
	name: "Zoho",
	signature: { kind: "token", in: { header: "authorization" } },
	secret: { name: "Header that you make up" },
	expects: { status: 200, withinSeconds: 5, retries: "Mostly never tries again." },
	orderingKeys: [{ path: "event.body.id", what: "each record" }],
} as const satisfies Sender;

export const zohoPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Zoho CRM, open Setup, then Automation, then Actions, then Webhooks, and configure one; in Zoho Books, open Settings, then Workflow Actions, then Webhooks.",
			"Paste {url} as the URL to notify, by POST and JSON, and add a header with the name Authorization and the text as its value.",
			"Then name the webhook in a workflow rule.",
		],
		findSecret: [
			"Make up a long random text.",
			"Zoho Books and Zoho Billing can sign with a secret token instead: for that, choose Custom HMAC with the header X-Zoho-Webhook-Signature and SHA-256.",
		],
	},
	samples: [
		{
			event: "lead",
			title: "A lead was added",
			body: { module: "Leads", id: "554023000000527002", name: "Kim Example", email: "kim@example.com", status: "New" },
		},
	],
} as const satisfies SenderPage;
