import type { Sender, SenderPage } from "../sender";

export const shippo = {
	id: "shippo",
	name: "Shippo",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "shippo-auth-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "HMAC secret" },
	eventName: ["event.body.event"],
	expects: { withinSeconds: 3, retries: "Tries again when the answer is an error." },
	orderingKeys: [{ path: "event.body.data.tracking_number", what: "each parcel" }],
} as const satisfies Sender;

export const shippoPage = {
	guide: {
		pasteUrl: ["In Shippo, open Settings, then API, then Webhooks, and add one.", "Choose the event and paste {url} as the URL."],
		findSecret: [
			"Signatures are switched on by Shippo's people: ask their support for the HMAC secret.",
			"Until then, choose “Anyone who has the URL”: the URL itself is secret.",
		],
	},
	samples: [
		{
			event: "track_updated",
			title: "A parcel moved",
			body: {
				event: "track_updated",
				test: false,
				data: {
					carrier: "dhl",
					tracking_number: "00340434161094",
					tracking_status: { status: "TRANSIT", status_details: "The parcel is on its way", status_date: "2026-11-01T10:00:00Z" },
				},
			},
		},
	],
} as const satisfies SenderPage;
