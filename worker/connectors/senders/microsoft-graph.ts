import type { Sender, SenderPage } from "../sender";

export const microsoftGraph = {
	id: "microsoft-graph",
	name: "Microsoft Graph",
	signature: { kind: "token", in: { json: "value[].clientState" } },
	secret: { name: "Client state" },
	handshakes: [
		{
			when: { method: "POST", has: [{ query: "validationToken" }] },
			verified: false,
			answer: { kind: "echo", from: { query: "validationToken" }, to: "text" },
		},
	],
	eventName: ["event.body.value.0.lifecycleEvent", "event.body.value.0.changeType", "event.body.lifecycleEvent", "event.body.changeType"],
	expects: { status: 202, withinSeconds: 3, retries: "Tries again for up to four hours; slow answers have it drop notifications." },
	batch: { path: "event.body.value", what: "several notifications" },
	orderingKeys: [
		{ path: "event.body.resource", what: "each message, event or file" },
		{ path: "event.body.subscriptionId", what: "each subscription" },
	],
} as const satisfies Sender;

export const microsoftGraphPage = {
	guide: {
		secretFirst: true,
		pasteUrl: [
			"Create a subscription with POST https://graph.microsoft.com/v1.0/subscriptions.",
			"Set notificationUrl (and lifecycleNotificationUrl) to {url}, and clientState to the same text.",
		],
		findSecret: ["Make up a long random text as client state."],
	},
	samples: [
		{
			event: "created",
			title: "A message arrived",
			body: {
				value: [
					{
						subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
						clientState: "not-a-secret",
						changeType: "created",
						resource: "users/1/messages/2",
						tenantId: "84bd8158-6d4d-4958-8b9f-9d6445542f95",
						resourceData: { "@odata.type": "#Microsoft.Graph.Message", id: "2" },
					},
				],
			},
		},
		{
			event: "updated",
			title: "Two calendar entries changed",
			body: {
				value: [
					{
						subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
						subscriptionExpirationDateTime: "2026-11-20T11:00:00.0000000Z",
						clientState: "not-a-secret",
						changeType: "updated",
						resource: "Users/1/Events/AAMk1",
						tenantId: "84bd8158-6d4d-4958-8b9f-9d6445542f95",
						resourceData: { "@odata.type": "#Microsoft.Graph.Event", "@odata.id": "Users/1/Events/AAMk1", id: "AAMk1" },
					},
					{
						subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
						subscriptionExpirationDateTime: "2026-11-20T11:00:00.0000000Z",
						clientState: "not-a-secret",
						changeType: "updated",
						resource: "Users/1/Events/AAMk2",
						tenantId: "84bd8158-6d4d-4958-8b9f-9d6445542f95",
						resourceData: { "@odata.type": "#Microsoft.Graph.Event", "@odata.id": "Users/1/Events/AAMk2", id: "AAMk2" },
					},
				],
			},
		},
	],
} as const satisfies SenderPage;
