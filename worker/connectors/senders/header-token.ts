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
		secretFirst: true,
		pasteUrl: [
			"In the sender's settings, paste {url} as the webhook's URL.",
			"Add a header there with the name and the value that you made up.",
		],
		findSecret: ["Make up the name of a header, such as X-Token, and a long random value."],
	},
} as const satisfies SenderPage;
