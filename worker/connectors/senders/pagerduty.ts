import type { Sender, SenderPage } from "../sender";

export const pagerduty = {
	id: "pagerduty",
	name: "PagerDuty",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-pagerduty-signature" }, list: ",", prefix: "v1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.body.event.id"],
	eventName: ["event.body.event.event_type"],
	eventTime: { path: "event.body.event.occurred_at", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries up to ten times more, then disables the webhook for a while." },
	orderingKeys: [{ path: "event.body.event.data.id", what: "each incident" }],
} as const satisfies Sender;

export const pagerdutyPage = {
	guide: {
		pasteUrl: [
			"In PagerDuty, open Integrations, then Generic Webhooks (v3), then New Webhook.",
			"Paste {url} as the Webhook URL, choose the scope and the events, then Add Webhook.",
		],
		findSecret: ["After that, a dialog shows the secret once: copy it."],
	},
	samples: [
		{
			event: "incident.triggered",
			title: "An incident began",
			body: {
				event: {
					id: "01DEN1HNLBC1VITK192ETJ1MPJ",
					event_type: "incident.triggered",
					resource_type: "incident",
					occurred_at: "2026-11-01T10:00:00.000Z",
					agent: null,
					data: {
						id: "PGR0VU2",
						type: "incident",
						number: 2,
						title: "Checkout is slow",
						status: "triggered",
						urgency: "high",
						service: { id: "PF9KMXH", summary: "Shop" },
					},
				},
			},
		},
		{
			event: "incident.resolved",
			title: "An incident was resolved",
			body: {
				event: {
					id: "01DEN1HNLBC1VITK192ETJ1MPK",
					event_type: "incident.resolved",
					resource_type: "incident",
					occurred_at: "2026-11-01T10:30:00.000Z",
					agent: { id: "PLH1HKV", type: "user_reference", summary: "Alex Example" },
					client: null,
					data: {
						id: "PGR0VU2",
						type: "incident",
						number: 2,
						title: "Checkout is slow",
						status: "resolved",
						urgency: "high",
						service: { id: "PF9KMXH", type: "service_reference", summary: "Shop" },
						priority: { id: "PSO75BM", summary: "P1" },
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
