import type { Sender, SenderPage } from "../sender";

export const bearer = {
	id: "bearer",
	name: "Bearer token",
	signature: { kind: "token", in: { header: "authorization" }, prefix: "Bearer " },
	secret: { name: "Token" },
} as const satisfies Sender;

export const bearerPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In the sender's settings, paste {url} as the webhook's URL.",
			"Enter the token there as bearer token, or add a header Authorization with “Bearer ” and the token.",
		],
		findSecret: ["Make up a long random token. The word “Bearer” does not belong to it."],
	},
} as const satisfies SenderPage;
