import type { Sender, SenderPage } from "../sender";

export const dub = {
	id: "dub",
	name: "Dub",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "dub-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Signing secret", looksLike: "whsec_…" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event"],
	eventTime: { path: "event.body.createdAt", unit: "iso" },
	expects: { withinSeconds: 10, retries: "Tries again for a day, and disables a webhook after many failures." },
	orderingKeys: [
		{ path: "event.body.data.id", what: "each link" },
		{ path: "event.body.data.customer.id", what: "each customer" },
	],
} as const satisfies Sender;

export const dubPage = {
	guide: {
		pasteUrl: ["In Dub, open Settings, then Webhooks, then Create webhook.", "Paste {url} as the URL and choose the events."],
		findSecret: ["On the webhook's page, copy the signing secret."],
	},
	samples: [
		{
			event: "lead.created",
			title: "A lead came through a link",
			body: {
				id: "evt_1",
				event: "lead.created",
				createdAt: "2026-11-01T10:00:00.000Z",
				data: {
					eventName: "Sign up",
					customer: { id: "cus_1", name: "Kim Example", email: "kim@example.com" },
					link: { id: "link_1", shortLink: "https://dub.sh/mug" },
				},
			},
		},
	],
} as const satisfies SenderPage;
