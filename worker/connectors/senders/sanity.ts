import type { Sender, SenderPage } from "../sender";

/** Sanity signs the time of the first try and names no window, so later tries must not be too late. */
export const sanity = {
	id: "sanity",
	name: "Sanity",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "sanity-webhook-signature" }, pairs: ",", signature: "v1", encoding: "base64url" },
		timestamp: { in: { pair: "t" }, unit: "milliseconds", toleranceSeconds: 86400 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Secret" },
	duplicateId: ["event.headers.idempotency-key"],
	eventName: ["event.body._type"],
	expects: { withinSeconds: 30, retries: "Tries again for about half an hour, each time later." },
	orderingKeys: [{ path: "event.body._id", what: "each document" }],
} as const satisfies Sender;

export const sanityPage = {
	guide: {
		pasteUrl: [
			"At sanity.io/manage, choose your project, then API, then Webhooks, then Create webhook.",
			"Paste {url} as the URL and choose dataset and triggers.",
		],
		findSecret: ["In the same form, enter a long random text as the Secret."],
	},
	samples: [
		{
			event: "product",
			title: "A document was published",
			headers: { "idempotency-key": "4c1d", "sanity-operation": "update" },
			body: { _id: "product-1", _type: "product", _rev: "q2X", name: "Blue mug", price: 21 },
		},
	],
} as const satisfies SenderPage;
