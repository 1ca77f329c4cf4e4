import type { Sender, SenderPage } from "../sender";

export const mux = {
	id: "mux",
	name: "Mux",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "mux-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Webhook signing secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries again for a day, each time later." },
	orderingKeys: [{ path: "event.body.object.id", what: "each video or live stream" }],
} as const satisfies Sender;

export const muxPage = {
	guide: {
		pasteUrl: ["In the Mux Dashboard, open Settings, then Webhooks, then “Create new webhook”.", "Paste {url} as the URL to notify."],
		findSecret: ["In the list of webhooks, choose “Show signing secret” and copy it."],
	},
	samples: [
		{
			event: "video.asset.ready",
			title: "A video is ready",
			body: {
				type: "video.asset.ready",
				id: "3a56ac3d-33da-4366-855b-f592d898409d",
				created_at: "2026-11-01T10:00:00.000000Z",
				object: { type: "asset", id: "0201p02fGKPE7MrbC269XRD7LpcHhrmbu0002" },
				environment: { name: "Production", id: "j0863n" },
				data: {
					id: "0201p02fGKPE7MrbC269XRD7LpcHhrmbu0002",
					status: "ready",
					duration: 23.9,
					playback_ids: [{ id: "pb_1", policy: "public" }],
				},
			},
		},
	],
} as const satisfies SenderPage;
