import type { Sender, SenderPage } from "../sender";

export const ebay = {
	id: "ebay",
	name: "eBay",
	signature: { kind: "bespoke", module: "ebay", binds: "body" },
	secret: { name: "App ID and Cert ID", looksLike: "AppID:CertID" },
	options: [
		{
			id: "verificationToken",
			name: "Verification token",
			help: "32 to 80 letters, digits, - or _, made up by you and entered at eBay, too.",
			required: true,
			secret: true,
		},
		{ id: "environment", name: "Environment", help: "Which of eBay's systems sends.", required: false, choices: ["production", "sandbox"] },
	],
	handshakes: [
		{
			when: { method: "GET", has: [{ query: "challenge_code" }] },
			verified: false,
			answer: {
				kind: "hash",
				digest: "sha256",
				parts: [{ query: "challenge_code" }, { option: "verificationToken" }, "url"],
				encoding: "hex",
				to: { json: "challengeResponse" },
			},
		},
	],
	duplicateId: ["event.body.notification.notificationId"],
	eventName: ["event.body.metadata.topic"],
	eventTime: { path: "event.body.notification.eventDate", unit: "iso" },
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for a day; an endpoint that never answers is marked as down." },
} as const satisfies Sender;

export const ebayPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Open developer.ebay.com, then your account, then Alerts and Notifications.",
			"Paste {url} as the notification endpoint, enter the same verification token, then save.",
		],
		findSecret: [
			"Make up a verification token of 32 to 80 letters, digits, - or _.",
			"At developer.ebay.com, open Application Keysets and copy App ID and Cert ID: the secret is both with a colon in between.",
		],
	},
	samples: [
		{
			event: "MARKETPLACE_ACCOUNT_DELETION",
			title: "A person wants their account deleted",
			body: {
				metadata: { topic: "MARKETPLACE_ACCOUNT_DELETION", schemaVersion: "1.0", deprecated: false },
				notification: {
					notificationId: "49feeaeb-4982-42d9-a377-9645b8479411",
					eventDate: "2026-11-01T10:00:00.000Z",
					publishDate: "2026-11-01T10:00:00.200Z",
					publishAttemptCount: 1,
					data: { username: "example", userId: "ma8vp1jySJC", eiasToken: "nY+sHZ2PrBmdj6wV" },
				},
			},
		},
	],
} as const satisfies SenderPage;
