import type { Sender, SenderPage } from "../sender";

export const veriff = {
	id: "veriff",
	name: "Veriff",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-hmac-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Shared secret key" },
	// One session is decided again after each attempt, at times alike.
	duplicateId: ["event.body.verification"],
	eventName: ["event.body.verification.status", "event.body.action"],
	eventTime: { path: "event.body.verification.decisionTime", unit: "iso" },
	expects: { status: 200, withinSeconds: 5, retries: "Tries again each hour for a week." },
	orderingKeys: [{ path: "event.body.verification.id", what: "each check" }],
} as const satisfies Sender;

export const veriffPage = {
	guide: {
		pasteUrl: [
			"In Veriff, open Integrations and choose yours, then Settings.",
			"Paste {url} as the Webhook decisions URL (or events URL).",
		],
		findSecret: ["On the same page, copy the Shared secret key."],
	},
	samples: [
		{
			event: "approved",
			title: "Somebody was checked",
			headers: { "x-auth-client": "client-1" },
			body: {
				status: "success",
				verification: {
					id: "12df6045",
					code: 9001,
					status: "approved",
					decisionTime: "2026-11-01T10:00:00.000Z",
					vendorData: "42",
					person: { firstName: "ALEX", lastName: "EXAMPLE" },
				},
			},
		},
		{
			event: "resubmission_requested",
			title: "Somebody has to try again",
			headers: { "x-auth-client": "client-1" },
			body: {
				status: "success",
				verification: {
					id: "12df6045",
					attemptId: "4ee9b1c2",
					code: 9103,
					status: "resubmission_requested",
					decisionTime: "2026-11-01T09:50:00.000Z",
					vendorData: "42",
				},
			},
		},
	],
} as const satisfies SenderPage;
