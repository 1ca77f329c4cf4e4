import type { Sender, SenderPage } from "../sender";

export const circleci = {
	id: "circleci",
	name: "CircleCI",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "circleci-signature" }, list: ",", prefix: "v1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret token" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type", "event.headers.circleci-event-type"],
	eventTime: { path: "event.body.happened_at", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries a few times more." },
	orderingKeys: [
		{ path: "event.body.project.slug", what: "each project" },
		{ path: "event.body.pipeline.id", what: "each pipeline" },
	],
} as const satisfies Sender;

export const circleciPage = {
	guide: {
		pasteUrl: [
			"In CircleCI, open Project Settings, then Webhooks, then Add Webhook.",
			"Paste {url} as the Receiver URL and choose the events.",
		],
		findSecret: ["Enter a long random text as the secret in the same form."],
	},
	samples: [
		{
			event: "workflow-completed",
			title: "A workflow ended",
			headers: { "circleci-event-type": "workflow-completed" },
			body: {
				type: "workflow-completed",
				id: "3888f21b",
				happened_at: "2026-11-01T10:00:00.000Z",
				workflow: { id: "fda08377", name: "build", status: "success" },
				pipeline: { id: "1285fe1d", number: 130 },
				project: { slug: "github/example/shop", name: "shop" },
			},
		},
	],
} as const satisfies SenderPage;
