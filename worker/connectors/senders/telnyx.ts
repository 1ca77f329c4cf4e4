import type { Sender, SenderPage } from "../sender";

export const telnyx = {
	id: "telnyx",
	name: "Telnyx",
	signature: {
		kind: "ed25519",
		key: { as: "raw-base64" },
		signature: { in: { header: "telnyx-signature-ed25519" }, encoding: "base64" },
		timestamp: { in: { header: "telnyx-timestamp" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "|" }, "body"],
	},
	secret: { name: "Public key", looksLike: "44 signs, = at the end" },
	formats: ["json", "form"],
	duplicateId: ["event.body.data.id"],
	eventName: ["event.body.data.event_type"],
	eventTime: { path: "event.body.data.occurred_at", unit: "iso" },
	expects: { status: 200, withinSeconds: 2, retries: "Tries three times, then the failover URL." },
	orderingKeys: [
		{ path: "event.body.data.payload.call_session_id", what: "each call" },
		{ path: "event.body.data.payload.from.phone_number", what: "each phone number" },
	],
} as const satisfies Sender;

export const telnyxPage = {
	guide: {
		pasteUrl: ["In the Telnyx Portal, open the messaging profile or voice application.", "Paste {url} as the webhook URL, API version 2."],
		findSecret: ["In the portal, open Account, then Keys & Credentials, then Public Key, and copy it."],
	},
	samples: [
		{
			event: "message.received",
			title: "A text message came in",
			body: {
				data: {
					event_type: "message.received",
					id: "b301ed3f-1490-491f-995f-6e64e69674d4",
					occurred_at: "2026-11-01T10:00:00.000Z",
					payload: {
						direction: "inbound",
						text: "Where is my parcel?",
						from: { phone_number: "+13125550001" },
						to: [{ phone_number: "+17735550002" }],
					},
				},
			},
		},
	],
} as const satisfies SenderPage;
