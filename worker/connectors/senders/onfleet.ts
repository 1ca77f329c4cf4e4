import type { Sender, SenderPage } from "../sender";

export const onfleet = {
	id: "onfleet",
	name: "Onfleet",
	signature: {
		kind: "hmac",
		digest: "sha512",
		key: { as: "hex" },
		signature: { in: { header: "x-onfleet-signature" }, encoding: "hex" },
		message: ["body"],
	},
	secret: { name: "Webhook secret" },
	handshakes: [
		{ when: { method: "GET", has: [{ query: "check" }] }, verified: false, answer: { kind: "echo", from: { query: "check" }, to: "text" } },
	],
	eventName: ["event.body.triggerName"],
	eventTime: { path: "event.body.time", unit: "milliseconds" },
	duplicateId: ["event.body.triggerId", "event.body.taskId", "event.body.time"],
	orderingKeys: [{ path: "event.body.taskId", what: "each task" }],
} as const satisfies Sender;

export const onfleetPage = {
	guide: {
		pasteUrl: ["In Onfleet, open Settings, then API & Webhooks, and add a webhook.", "Paste {url} and choose the trigger."],
		findSecret: ["On the same page, show the webhook secret and copy it."],
	},
	samples: [
		{
			event: "taskCompleted",
			title: "A delivery is done",
			body: {
				triggerId: 3,
				triggerName: "taskCompleted",
				taskId: "11z1BbsQUZFHD1XAd~emDDeK",
				workerId: "w1",
				time: 1790000000000,
				data: { task: { shortId: "31aac0a5", completionDetails: { success: true } } },
			},
		},
	],
} as const satisfies SenderPage;
