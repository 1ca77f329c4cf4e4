import type { Sender, SenderPage } from "../sender";

export const basic = {
	id: "basic",
	name: "User name and password",
	signature: { kind: "basic" },
	secret: { name: "User name and password", looksLike: "name:password" },
} as const satisfies Sender;

export const basicPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the sender's settings, paste {url} as the webhook's URL.",
			"Choose Basic authentication there, and enter the name and the password.",
		],
		findSecret: ["Make up a name and a long random password.", "The secret is both with a colon in between: name:password."],
	},
} as const satisfies SenderPage;
