import type { Sender, SenderPage } from "../sender";

export const sentry = {
	id: "sentry",
	name: "Sentry",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "sentry-hook-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Client Secret" },
	duplicateId: ["event.headers.request-id"],
	eventName: ["event.headers.sentry-hook-resource"],
	expects: { withinSeconds: 1, retries: "Never tries again, and stops sending after a thousand late answers in a day." },
	orderingKeys: [{ path: "event.body.data.issue.id", what: "each issue" }],
} as const satisfies Sender;

export const sentryPage = {
	guide: {
		pasteUrl: [
			"In Sentry, open Settings, then Developer Settings, then Custom Integrations, and create an Internal Integration.",
			"Paste {url} as the Webhook URL, allow reading of Issue & Event, and choose the webhooks.",
			"For alerts, switch on Alert Rule Action and add the integration to the alert.",
		],
		findSecret: ["After saving, copy the Client Secret under Credentials at once: it may be hidden later."],
	},
	samples: [
		{
			event: "issue",
			title: "A new issue",
			headers: { "sentry-hook-resource": "issue", "request-id": "0f2f7a1a" },
			body: {
				action: "created",
				installation: { uuid: "a8e5d37a" },
				actor: { type: "application", id: "sentry", name: "Sentry" },
				data: {
					issue: {
						id: "1170820242",
						shortId: "SHOP-1",
						title: "TypeError: price is undefined",
						culprit: "cart",
						level: "error",
						status: "unresolved",
						project: { slug: "shop" },
					},
				},
			},
		},
		{
			event: "event_alert",
			title: "An alert went off",
			headers: { "sentry-hook-resource": "event_alert", "request-id": "0f2f7a1b" },
			body: {
				action: "triggered",
				installation: { uuid: "a8e5d37a" },
				actor: { type: "application", id: "sentry", name: "Sentry" },
				data: {
					event: {
						event_id: "e4874d664c3540c1a32eab185f12c5ab",
						issue_id: "1170820242",
						project: 1,
						title: "TypeError: price is undefined",
						level: "error",
						platform: "javascript",
						datetime: "2026-11-01T10:00:00.000000Z",
						web_url: "https://sentry.io/organizations/example/issues/1170820242/",
					},
					triggered_rule: "Errors in the cart",
				},
			},
		},
	],
} as const satisfies SenderPage;
