import type { Sender, SenderPage } from "../sender";

export const workday = {
	id: "workday",
	name: "Workday",
	signature: { kind: "basic" },
	secret: { name: "User name and password", looksLike: "user:password" },
	expects: { withinSeconds: 60 },
} as const satisfies Sender;

export const workdayPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"In Workday, search for the task Create Subscription, or open the integration that is to send.",
			"Add an external endpoint of type HTTP, enter {url}, the user name and the password; choose the events that notify it.",
		],
		findSecret: ["Make up a user name and a password.", "The secret is both with a colon in between: name:password."],
	},
	samples: [
		{
			event: "worker.hired",
			title: "Somebody was hired",
			body: {
				event: "worker.hired",
				worker: { employeeId: "21001", name: "Alex Example", hireDate: "2026-12-01", supervisoryOrganization: "Bakery" },
			},
		},
	],
} as const satisfies SenderPage;
