import type { Sender, SenderPage } from "../sender";

export const buildkite = {
	id: "buildkite",
	name: "Buildkite",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-buildkite-signature" }, pairs: ",", signature: "signature", encoding: "hex" },
		timestamp: { in: { pair: "timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Token" },
	duplicateId: ["event.headers.x-buildkite-request"],
	eventName: ["event.body.event", "event.headers.x-buildkite-event"],
	orderingKeys: [
		{ path: "event.body.pipeline.slug", what: "each pipeline" },
		{ path: "event.body.build.id", what: "each build" },
	],
} as const satisfies Sender;

export const buildkitePage = {
	guide: {
		pasteUrl: [
			"In Buildkite, open Settings, then Notification Services, then add a Webhook.",
			"Paste {url} as the Webhook URL and choose the events.",
		],
		findSecret: [
			"On the same page, choose to send an HMAC signature in the X-Buildkite-Signature header.",
			"Copy the Token that stands there.",
		],
	},
	samples: [
		{
			event: "build.finished",
			title: "A build ended",
			headers: { "x-buildkite-event": "build.finished" },
			body: {
				event: "build.finished",
				build: { id: "f62a1b4d", number: 27, state: "passed", branch: "main", message: "Raise the price" },
				pipeline: { slug: "shop", name: "Shop" },
				sender: { name: "Alex Example" },
			},
		},
	],
} as const satisfies SenderPage;
