import type { Sender, SenderPage } from "../sender";

export const netlify = {
	id: "netlify",
	name: "Netlify",
	signature: {
		kind: "jwt",
		in: { header: "x-webhook-signature" },
		algorithms: ["HS256"],
		claims: { issuer: "netlify", bodyDigest: { claim: "sha256", digest: "sha256", encoding: "hex" } },
	},
	secret: { name: "JWS secret token" },
	eventName: ["event.headers.x-netlify-event", "event.body.state"],
	eventTime: { path: "event.body.updated_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 30, retries: "Tries five times more, then the notification is disabled." },
	orderingKeys: [{ path: "event.body.site_id", what: "each site" }],
} as const satisfies Sender;

export const netlifyPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the project, open Notifications, then “Add notification”, then “HTTP POST request”.",
			"Choose the event, paste {url} and enter the same secret as JWS secret token.",
		],
		findSecret: ["Make up a long random secret."],
	},
	samples: [
		{
			event: "deploy_created",
			title: "A deploy is live",
			headers: { "x-netlify-event": "deploy_created" },
			body: {
				id: "5f0000000000000000000001",
				site_id: "3970e0fe-0000-0000-0000-000000000001",
				state: "ready",
				name: "example",
				branch: "main",
				updated_at: "2026-11-01T10:00:00.000Z",
			},
		},
	],
} as const satisfies SenderPage;
