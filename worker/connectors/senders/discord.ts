import type { Sender, SenderPage } from "../sender";

export const discord = {
	id: "discord",
	name: "Discord",
	signature: {
		kind: "ed25519",
		key: { as: "raw-hex" },
		signature: { in: { header: "x-signature-ed25519" }, encoding: "hex" },
		timestamp: { in: { header: "x-signature-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", "body"],
	},
	secret: { name: "Public Key", looksLike: "64 signs, 0–9 and a–f" },
	handshakes: [
		// Interactions are asked with type 1 and want it back; webhook events are asked with type 0 and want 204.
		{
			when: { method: "POST", equals: [{ json: "type", value: 1 }], has: [{ json: "token" }] },
			verified: true,
			answer: { kind: "json", body: { type: 1 } },
		},
		{ when: { method: "POST", equals: [{ json: "type", value: 0 }] }, verified: true, answer: { kind: "status", status: 204 } },
	],
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event.type", "event.body.data.name"],
	eventTime: { path: "event.body.event.timestamp", unit: "iso" },
	expects: { withinSeconds: 3, retries: "Webhook events are tried again for ten minutes; interactions never." },
	orderingKeys: [
		{ path: "event.body.channel_id", what: "each channel" },
		{ path: "event.body.guild_id", what: "each server" },
	],
} as const satisfies Sender;

export const discordPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"For events: open Webhooks of the same app, paste {url} as the endpoint URL and choose the events.",
			"For commands: open General Information and paste {url} as the Interactions Endpoint URL.",
		],
		findSecret: ["Open discord.com/developers/applications, choose your app, and in General Information copy the Public Key."],
	},
	samples: [
		{
			event: "APPLICATION_AUTHORIZED",
			title: "Somebody added the app",
			body: {
				version: 1,
				application_id: "1234560123453231555",
				type: 1,
				event: {
					type: "APPLICATION_AUTHORIZED",
					timestamp: "2026-11-01T10:00:00.000Z",
					data: { integration_type: 1, user: { id: "1", username: "alex" } },
				},
			},
		},
		{
			event: "stock",
			title: "Somebody used a command",
			body: {
				id: "1290000000000000001",
				application_id: "1234560123453231555",
				type: 2,
				version: 1,
				token: "not-a-secret",
				guild_id: "1290000000000000002",
				channel_id: "1290000000000000003",
				member: { user: { id: "1290000000000000004", username: "alex" }, permissions: "2147483647" },
				data: { id: "1290000000000000005", name: "stock", type: 1, options: [{ name: "item", type: 3, value: "blue mug" }] },
			},
		},
	],
} as const satisfies SenderPage;
