import type { Sender, SenderPage } from "../sender";

/** Any sender that signs with an HMAC: the person names header, algorithm, encoding and parts. */
export const hmac = {
	id: "hmac",
	name: "Custom HMAC",
	signature: { kind: "custom", as: "hmac" },
	secret: { name: "Secret" },
	options: [
		{ id: "header", name: "Header", help: "The header that holds the signature, such as X-Signature.", required: true },
		{ id: "algorithm", name: "Algorithm", help: "Mostly SHA-256.", required: true, choices: ["sha1", "sha256", "sha384", "sha512"] },
		{ id: "encoding", name: "Encoding", help: "Hex has only 0–9 and a–f.", required: true, choices: ["hex", "base64", "base64url"] },
		{ id: "prefix", name: "Prefix", help: "What stands before the signature, such as sha256=.", required: false },
		{
			id: "parts",
			name: "Signed text",
			help: "What is signed. {body}, {timestamp}, {method}, {url}, {path} and {header:x-name} stand for the request's own; all else as it is.",
			required: false,
		},
		{ id: "timestampHeader", name: "Timestamp header", help: "The header with the time, where {timestamp} is signed.", required: false },
		{
			id: "timestampUnit",
			name: "Timestamp in",
			help: "Ten digits are seconds, thirteen milliseconds.",
			required: false,
			choices: ["seconds", "milliseconds", "iso"],
		},
		{ id: "toleranceSeconds", name: "Window in seconds", help: "How far the clock may differ; 300 unless set.", required: false },
		{ id: "key", name: "Secret written in", help: "Mostly plain text (utf8).", required: false, choices: ["utf8", "hex", "base64"] },
	],
} as const satisfies Sender;

export const hmacPage = {
	guide: {
		pasteUrl: ["In the sender's settings, look for Webhooks and paste {url}."],
		findSecret: ["Copy the secret from the same page, or make up a long random one and enter it there."],
	},
} as const satisfies SenderPage;
