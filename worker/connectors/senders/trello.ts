import type { Sender, SenderPage } from "../sender";

export const trello = {
	id: "trello",
	name: "Trello",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "x-trello-webhook" }, encoding: "base64" },
		message: ["body", "url"],
	},
	secret: { name: "OAuth secret of the Power-Up" },
	handshakes: [{ when: { method: "HEAD" }, verified: false, answer: { kind: "status", status: 200 } }],
	duplicateId: ["event.body.action.id"],
	eventName: ["event.body.action.type"],
	eventTime: { path: "event.body.action.date", unit: "iso" },
	expects: { status: 200, withinSeconds: 30, retries: "Tries three times more: after 30, 60 and 120 seconds." },
	orderingKeys: [
		{ path: "event.body.action.data.card.id", what: "each card" },
		{ path: "event.body.model.id", what: "each board" },
	],
} as const satisfies Sender;

export const trelloPage = {
	guide: {
		pasteUrl: [
			"Create a webhook with POST https://api.trello.com/1/webhooks.",
			"Send {url} as callbackURL and the board's or card's id as idModel.",
		],
		findSecret: ["Open trello.com/power-ups/admin, then your Power-Up, then API Key, and copy the secret."],
	},
	samples: [
		{
			event: "updateCard",
			title: "A card was moved",
			body: {
				model: { id: "4d5ea62fd76aa1136000000c", name: "Shop" },
				action: {
					id: "51f9424bcd6e040f3c002412",
					type: "updateCard",
					date: "2026-11-01T10:00:00.000Z",
					data: { card: { id: "51a79e72dbb7e23c7c003778", name: "Blue mug" }, listBefore: { name: "To do" }, listAfter: { name: "Done" } },
				},
			},
		},
		{
			event: "commentCard",
			title: "Somebody commented on a card",
			body: {
				action: {
					id: "51f9424bcd6e040f3c002413",
					idMemberCreator: "4fc78a59a885233f4b349bd9",
					type: "commentCard",
					date: "2026-11-01T10:00:00.000Z",
					data: {
						text: "Ready to ship",
						card: { id: "51a79e72dbb7e23c7c003778", name: "Blue mug", shortLink: "abc12345" },
						board: { id: "4d5ea62fd76aa1136000000c", name: "Shop" },
						list: { id: "4d5ea62fd76aa1136000000d", name: "Done" },
					},
					memberCreator: { id: "4fc78a59a885233f4b349bd9", fullName: "Alex Example", username: "alex" },
				},
				model: { id: "4d5ea62fd76aa1136000000c", name: "Shop" },
			},
		},
	],
} as const satisfies SenderPage;
