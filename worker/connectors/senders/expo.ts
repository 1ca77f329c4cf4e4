import type { Sender, SenderPage } from "../sender";

export const expo = {
	id: "expo",
	name: "Expo",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "expo-signature" }, prefix: "sha1=", encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	duplicateId: ["event.body.id", "event.body.status"],
	eventName: ["event.body.status"],
	eventTime: { path: "event.body.completedAt", unit: "iso" },
	orderingKeys: [{ path: "event.body.appId", what: "each app" }],
} as const satisfies Sender;

export const expoPage = {
	guide: {
		pasteUrl: ["In the project's folder, run: eas webhook:create, and enter {url}.", "Choose BUILD or SUBMIT as the event."],
		findSecret: ["Enter a secret of at least 16 characters when it asks."],
	},
	samples: [
		{
			event: "finished",
			title: "A build is done",
			body: {
				id: "147a3212",
				accountName: "example",
				projectName: "shop",
				appId: "f1c2",
				platform: "ios",
				status: "finished",
				artifacts: { buildUrl: "https://expo.dev/artifacts/1" },
				completedAt: "2026-11-01T10:00:00.000Z",
			},
		},
		{
			event: "errored",
			title: "A build failed",
			body: {
				id: "147a3212",
				accountName: "example",
				projectName: "shop",
				appId: "f1c2",
				platform: "ios",
				status: "errored",
				error: { errorCode: "UNKNOWN_ERROR", message: "The build failed." },
				completedAt: "2026-11-01T10:00:00.000Z",
			},
		},
	],
} as const satisfies SenderPage;
