import type { Sender, SenderPage } from "../sender";

export const notion = {
	id: "notion",
	name: "Notion",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-notion-signature" }, prefix: "sha256=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Verification token", looksLike: "secret_…" },
	handshakes: [
		{
			when: { method: "POST", onlyMember: "verification_token" },
			verified: false,
			answer: { kind: "show", from: { json: "verification_token" }, what: "code", alsoKeepSecret: true },
		},
	],
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { status: 200, retries: "Tries up to eight times more within a day." },
	orderingKeys: [{ path: "event.body.entity.id", what: "each page or database" }],
} as const satisfies Sender;

export const notionPage = {
	guide: {
		pasteUrl: [
			"Open notion.so/developers/connections and choose your connection (an integration by its older name), then the tab Webhooks.",
			"Choose “Create a subscription”, paste {url} as the Webhook URL and choose the events.",
			"Notion sends a verification token: copy it from the notice on this page, choose “Verify” in Notion and paste it there.",
		],
		findSecret: [
			"Nothing to look for: the token that Notion sent is the secret, and it is kept.",
			"Share the pages with the connection, or nothing will come.",
		],
	},
	samples: [
		{
			event: "page.content_updated",
			title: "A page changed",
			body: {
				id: "367cba44-b6f3-4c92-81e7-6a2e9659efd4",
				timestamp: "2026-11-01T10:00:00.000Z",
				workspace_id: "13950b26",
				subscription_id: "29d75c0d",
				type: "page.content_updated",
				attempt_number: 1,
				authors: [{ id: "c7c11cca", type: "person" }],
				entity: { id: "153104cd-477e-809d-8dc4-ff2d96ae3090", type: "page" },
				data: { updated_blocks: [{ id: "153104cd", type: "block" }] },
			},
		},
		{
			event: "page.created",
			title: "A page was created",
			body: {
				id: "367cba44-b6f3-4c92-81e7-6a2e9659efd5",
				timestamp: "2026-11-01T10:00:00.000Z",
				workspace_id: "13950b26",
				workspace_name: "Shop",
				subscription_id: "29d75c0d",
				integration_id: "0ef2e755",
				type: "page.created",
				authors: [{ id: "c7c11cca", type: "person" }],
				accessible_by: [{ id: "556a1abf", type: "bot" }],
				attempt_number: 1,
				entity: { id: "153104cd-477e-809d-8dc4-ff2d96ae3091", type: "page" },
				data: { parent: { id: "13950b26-c203-4f3b-b97d-93ec06319565", type: "space" } },
			},
		},
	],
} as const satisfies SenderPage;
