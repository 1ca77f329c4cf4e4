import type { Sender, SenderPage } from "../sender";

/** Any sender that repeats a fixed value in a header of one's choice. */
export const headerToken = {
	id: "header-token",
	name: "Token in a header",
	signature: { kind: "custom", as: "header-token" },
	secret: { name: "Token" },
	options: [
		{ id: "header", name: "Header", help: "The header that holds the token, such as X-Token.", required: true },
		{ id: "prefix", name: "Prefix", help: "What stands before the token, if anything.", required: false },
	],
} as const satisfies Sender;

export const headerTokenPage = {
	guide: {
		pasteUrl: ["In the sender's settings, paste {url} as the webhook's URL.", "Add a header with a secret value there."],
		findSecret: ["Make up a long random value, enter it there, and enter the same one here."],
	},
} as const satisfies SenderPage;
