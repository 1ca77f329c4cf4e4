import type { Sender, SenderPage } from "../sender";

/** A token for this very URL; the body is not protected. */
export const monday = {
	id: "monday",
	name: "monday.com",
	signature: { kind: "jwt", in: { header: "authorization" }, algorithms: ["HS256"], claims: { audience: "url" } },
	secret: { name: "Signing secret of the app (or its client secret)" },
	handshakes: [
		{
			when: { method: "POST", onlyMember: "challenge" },
			verified: false,
			answer: { kind: "echo", from: { json: "challenge" }, to: { json: "challenge" }, pattern: "^[A-Za-z0-9_.=-]{1,200}$" },
		},
	],
	duplicateId: ["event.body.event.triggerUuid"],
	eventName: ["event.body.event.type"],
	eventTime: { path: "event.body.event.triggerTime", unit: "iso" },
	expects: { status: 200, retries: "Tries again each minute for half an hour." },
	orderingKeys: [
		{ path: "event.body.event.pulseId", what: "each item" },
		{ path: "event.body.event.boardId", what: "each board" },
	],
} as const satisfies Sender;

export const mondayPage = {
	guide: {
		pasteUrl: ["On the board, open Integrate and search for Webhooks.", "Choose a recipe and paste {url}; monday checks it at once."],
		findSecret: [
			"Open the Developer Center, then your app, then Basic Information, and copy the Signing Secret.",
			"Webhooks from a board's recipe are not signed: leave verification off for those.",
		],
	},
	samples: [
		{
			event: "update_column_value",
			title: "A column of an item changed",
			body: {
				event: {
					type: "update_column_value",
					boardId: 1771812698,
					pulseId: 1772099344,
					columnId: "status",
					triggerTime: "2026-11-01T10:00:00.000Z",
					triggerUuid: "645fc8d8709d35718f1ae00ceded91e9",
				},
			},
		},
	],
} as const satisfies SenderPage;
