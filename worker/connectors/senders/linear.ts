import type { Sender, SenderPage } from "../sender";

/** Its time stands in the body, and is signed with it. */
export const linear = {
	id: "linear",
	name: "Linear",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "linear-signature" }, encoding: "hex" },
		timestamp: { in: { json: "webhookTimestamp" }, unit: "milliseconds", toleranceSeconds: 300 },
		message: ["body"],
	},
	secret: { name: "Signing secret", looksLike: "lin_wh_…" },
	duplicateId: ["event.headers.linear-delivery"],
	eventName: ["event.body.type", "event.headers.linear-event"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries three times more: after a minute, an hour and six hours." },
	orderingKeys: [{ path: "event.body.data.id", what: "each issue, comment or project" }],
} as const satisfies Sender;

export const linearPage = {
	guide: {
		pasteUrl: [
			"In Linear, as an admin, open Settings, then API (under Administration), then “New webhook”.",
			"Paste {url} as the URL, choose the team and the kinds of data, then create it.",
		],
		findSecret: ["Open the webhook that you made: its signing secret stands there. Copy it."],
	},
	samples: [
		{
			event: "Issue",
			title: "An issue was created",
			headers: { "linear-event": "Issue", "linear-delivery": "234d1a4e-b617-4388-90fe-adc3633d6b72" },
			body: {
				action: "create",
				type: "Issue",
				createdAt: "2026-11-01T10:00:00.000Z",
				organizationId: "org-1",
				webhookTimestamp: 1790000000000,
				webhookId: "wh-1",
				url: "https://linear.app/example/issue/SHOP-1",
				data: {
					id: "2174add1",
					identifier: "SHOP-1",
					title: "The page is blank",
					priority: 1,
					state: { name: "Todo" },
					team: { key: "SHOP" },
				},
			},
		},
		{
			event: "Comment",
			title: "Somebody commented on an issue",
			headers: { "linear-event": "Comment", "linear-delivery": "234d1a4e-b617-4388-90fe-adc3633d6b73" },
			body: {
				action: "create",
				actor: { id: "u1", type: "user", name: "Alex Example", email: "alex@example.com" },
				type: "Comment",
				createdAt: "2026-11-01T10:00:00.000Z",
				organizationId: "org-1",
				webhookTimestamp: 1790000000000,
				webhookId: "wh-1",
				url: "https://linear.app/example/issue/SHOP-1#comment-2174add1",
				data: {
					id: "2174add2",
					body: "It works again.",
					issueId: "2174add1",
					userId: "u1",
					issue: { id: "2174add1", identifier: "SHOP-1", title: "The page is blank" },
				},
			},
		},
	],
} as const satisfies SenderPage;
