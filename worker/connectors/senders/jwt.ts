import type { Sender, SenderPage } from "../sender";

/** Any sender that sends a signed JSON Web Token along. */
export const jwt = {
	id: "jwt",
	name: "JSON Web Token",
	signature: { kind: "custom", as: "jwt" },
	secret: { name: "Secret or public key", looksLike: "-----BEGIN PUBLIC KEY----- … for RS256, ES256 and EdDSA" },
	options: [
		{ id: "header", name: "Header", help: "The header that holds the token; Authorization unless set.", required: false },
		{
			id: "algorithm",
			name: "Algorithm",
			help: "Only tokens of this one are accepted.",
			required: true,
			choices: ["HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"],
		},
		{ id: "audience", name: "Audience", help: "What the token must name as aud, if anything.", required: false },
		{ id: "issuer", name: "Issuer", help: "What the token must name as iss, if anything.", required: false },
		{ id: "toleranceSeconds", name: "Longest age in seconds", help: "How old iat may be; without it, exp counts alone.", required: false },
	],
} as const satisfies Sender;

export const jwtPage = {
	guide: {
		pasteUrl: ["In the sender's settings, paste {url} as the webhook's URL."],
		findSecret: ["Copy the shared secret, or the public key with its BEGIN and END lines."],
	},
} as const satisfies SenderPage;
