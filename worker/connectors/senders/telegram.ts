import type { Sender, SenderPage } from "../sender";

export const telegram = {
	id: "telegram",
	name: "Telegram",
	signature: { kind: "token", in: { header: "x-telegram-bot-api-secret-token" } },
	secret: { name: "secret_token" },
	duplicateId: ["event.body.update_id"],
	eventTime: { path: "event.body.message.date", unit: "seconds" },
	expects: { withinSeconds: 60, retries: "Tries again for up to a day." },
	orderingKeys: [{ path: "event.body.message.chat.id", what: "each chat" }],
} as const satisfies Sender;

export const telegramPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Make a bot with @BotFather and copy its token.",
			"Open https://api.telegram.org/botTOKEN/setWebhook?url={url}&secret_token=SECRET in a browser, with your bot's token and the same secret.",
		],
		findSecret: ["Make up a long secret of letters, digits, _ and -."],
	},
	samples: [
		{
			event: "message",
			title: "Somebody wrote to the bot",
			body: {
				update_id: 10000,
				message: {
					message_id: 1365,
					date: 1790000000,
					from: { id: 1111111, is_bot: false, first_name: "Kim" },
					chat: { id: 1111111, type: "private", first_name: "Kim" },
					text: "/stock blue mug",
				},
			},
		},
		{
			event: "callback_query",
			title: "Somebody pressed a button",
			body: {
				update_id: 10001,
				callback_query: {
					id: "4382bfdwdsb323b2d9",
					from: { id: 1111111, is_bot: false, first_name: "Kim" },
					message: {
						message_id: 1366,
						date: 1790000000,
						chat: { id: 1111111, type: "private", first_name: "Kim" },
						text: "Order the blue mug?",
					},
					chat_instance: "-3488",
					data: "order:MUG-BLUE",
				},
			},
		},
	],
} as const satisfies SenderPage;
