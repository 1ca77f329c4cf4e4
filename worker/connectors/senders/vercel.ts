import type { Sender, SenderPage } from "../sender";

export const vercel = {
	id: "vercel",
	name: "Vercel",
	signature: { kind: "hmac", digest: "sha1", signature: { in: { header: "x-vercel-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.createdAt", unit: "milliseconds" },
	expects: { withinSeconds: 30, retries: "Tries again for a day, each time later." },
	orderingKeys: [
		{ path: "event.body.payload.project.id", what: "each project" },
		{ path: "event.body.payload.deployment.id", what: "each deployment" },
	],
} as const satisfies Sender;

export const vercelPage = {
	guide: {
		pasteUrl: [
			"In Vercel, open your team's Settings, then Webhooks (with a Pro or Enterprise plan).",
			"Choose the events and projects, paste {url} as the Endpoint URL, then Create Webhook.",
		],
		findSecret: ["After that, the secret is shown once: copy it."],
	},
	samples: [
		{
			event: "deployment.succeeded",
			title: "A deployment went through",
			body: {
				id: "uev_1",
				type: "deployment.succeeded",
				createdAt: 1790000000000,
				region: "sfo1",
				payload: {
					team: { id: "team_1" },
					user: { id: "u_1" },
					target: "production",
					project: { id: "prj_1" },
					deployment: { id: "dpl_1", name: "shop", url: "shop-1.vercel.app", meta: {} },
				},
			},
		},
		{
			event: "deployment.error",
			title: "A deployment failed",
			body: {
				id: "uev_2",
				type: "deployment.error",
				createdAt: 1790000000000,
				region: "sfo1",
				payload: {
					team: { id: "team_1" },
					user: { id: "u_1" },
					target: "production",
					project: { id: "prj_1" },
					deployment: { id: "dpl_2", name: "shop", url: "shop-2.vercel.app", meta: {} },
					links: { deployment: "https://vercel.com/example/shop/dpl_2", project: "https://vercel.com/example/shop" },
					plan: "pro",
				},
			},
		},
	],
} as const satisfies SenderPage;
