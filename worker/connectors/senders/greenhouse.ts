import type { Sender, SenderPage } from "../sender";

export const greenhouse = {
	id: "greenhouse",
	name: "Greenhouse",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "signature" }, prefix: "sha256 ", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret key" },
	duplicateId: ["event.headers.greenhouse-event-id"],
	eventName: ["event.body.action"],
	expects: { withinSeconds: 10, retries: "Tries again up to seven times within fifteen hours." },
	orderingKeys: [{ path: "event.body.payload.application.id", what: "each application" }],
} as const satisfies Sender;

export const greenhousePage = {
	guide: {
		pasteUrl: [
			"In Greenhouse, open Configure, then Dev Center, then Web Hooks, and create one.",
			"Choose the event and paste {url} as the Endpoint URL.",
		],
		findSecret: ["Enter a long random text as the Secret key in the same form."],
	},
	samples: [
		{
			event: "candidate_hired",
			title: "Somebody was hired",
			headers: { "greenhouse-event-id": "3d2c1b" },
			body: {
				action: "hire_candidate",
				payload: {
					application: {
						id: 46194062,
						status: "hired",
						hired_at: "2026-11-01T10:00:00.000Z",
						candidate: { id: 37031511, first_name: "Alex", last_name: "Example" },
						jobs: [{ id: 371417, name: "Baker" }],
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
