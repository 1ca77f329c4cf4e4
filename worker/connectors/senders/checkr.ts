import type { Sender, SenderPage } from "../sender";

export const checkr = {
	id: "checkr",
	name: "Checkr",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-checkr-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "API key" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.created_at", unit: "iso" },
	expects: { withinSeconds: 20, retries: "Tries again for a day, each time later." },
	orderingKeys: [{ path: "event.body.data.object.candidate_id", what: "each candidate" }],
} as const satisfies Sender;

export const checkrPage = {
	guide: {
		pasteUrl: [
			"In the Checkr Dashboard, open Account settings, then Developer settings.",
			"Under Webhooks, paste {url} and choose live or test.",
		],
		findSecret: ["On the same page, copy the API key: it is the key of the signature."],
	},
	samples: [
		{
			event: "report.completed",
			title: "A report is done",
			body: {
				id: "507f1f77bcf86cd799439011",
				object: "event",
				type: "report.completed",
				created_at: "2026-11-01T10:00:00Z",
				data: { object: { id: "r1", status: "complete", result: "clear", candidate_id: "c1" } },
			},
		},
	],
} as const satisfies SenderPage;
