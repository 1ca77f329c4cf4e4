import type { Sender, SenderPage } from "../sender";

export const basic = {
	id: "basic",
	name: "User name and password",
	signature: { kind: "basic" },
	secret: { name: "User name and password", looksLike: "name:password" },
} as const satisfies Sender;

export const basicPage = {
	guide: {
		pasteUrl: ["In the sender's settings, paste {url} as the webhook's URL.", "Choose Basic authentication there."],
		findSecret: [
			"Make up a name and a long random password and enter both there.",
			"Enter them here with a colon in between: name:password.",
		],
	},
} as const satisfies SenderPage;
