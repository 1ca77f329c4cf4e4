import type { Sender, SenderPage } from "../sender";

export const dropbox = {
	id: "dropbox",
	name: "Dropbox",
	signature: { kind: "hmac", digest: "sha256", signature: { in: { header: "x-dropbox-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "App secret" },
	handshakes: [
		{
			when: { method: "GET", has: [{ query: "challenge" }] },
			verified: false,
			answer: { kind: "echo", from: { query: "challenge" }, to: "text" },
		},
	],
	expects: {
		status: 200,
		withinSeconds: 10,
		retries: "Tries again, each time later, for about ten minutes, and disables a URL that fails for long.",
	},
	orderingKeys: [{ path: "event.body.list_folder.accounts.0", what: "each account" }],
} as const satisfies Sender;

export const dropboxPage = {
	guide: {
		pasteUrl: [
			"Open the App Console at dropbox.com/developers/apps and choose your app.",
			"On the tab Settings, under Webhooks, paste {url} and choose Add.",
		],
		findSecret: ["On the same tab, beside App secret, choose Show and copy it."],
	},
	samples: [
		{
			event: "list_folder",
			title: "Files changed in an account",
			body: { list_folder: { accounts: ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"] }, delta: { users: [12345678] } },
		},
	],
} as const satisfies SenderPage;
