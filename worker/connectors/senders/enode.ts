import type { Sender, SenderPage } from "../sender";

export const enode = {
	id: "enode",
	name: "Enode",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "x-enode-signature" }, prefix: "sha1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.headers.x-enode-delivery"],
	eventName: ["event.body.0.event", "event.body.event"],
	eventTime: { path: "event.body.0.createdAt", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries again for some days, then switches the webhook off." },
	batch: { path: "event.body", what: "up to 100 events" },
	orderingKeys: [{ path: "event.body.user.id", what: "each user" }],
} as const satisfies Sender;

export const enodePage = {
	guide: {
		secretFirst: true,
		pasteUrl: ["Call POST https://enode-api.production.enode.io/webhooks with {url}, the events and the same secret."],
		findSecret: ["Make up a long random secret."],
	},
	samples: [
		{
			event: "user:vehicle:updated",
			title: "A car changed",
			headers: { "x-enode-delivery": "d1" },
			body: [
				{
					event: "user:vehicle:updated",
					createdAt: "2026-11-01T10:00:00.000Z",
					version: "2024-10-01",
					user: { id: "u1" },
					updatedFields: ["chargeState"],
					vehicle: { id: "v1", chargeState: { batteryLevel: 66, isCharging: true } },
				},
			],
		},
	],
} as const satisfies SenderPage;
