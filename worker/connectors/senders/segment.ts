import type { Sender, SenderPage } from "../sender";

/** The Webhooks destination with a shared secret. Of a batch it signs the first event alone, so batches are refused. */
export const segment = {
	id: "segment",
	name: "Segment",
	signature: { kind: "hmac", digest: "sha1", signature: { in: { header: "x-signature" }, encoding: "hex" }, message: ["body"] },
	secret: { name: "Shared Secret" },
	duplicateId: ["event.body.messageId"],
	eventName: ["event.body.event", "event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 5, retries: "Tries again for about four hours, each time later." },
	orderingKeys: [{ path: "event.body.userId", what: "each user" }],
} as const satisfies Sender;

export const segmentPage = {
	guide: {
		pasteUrl: [
			"In Segment, open Connections, then Catalog, and add the destination Webhooks (Actions).",
			"Add a mapping and paste {url} as its URL.",
			"Leave its batch size at 0: of several events at once, Segment signs only the first.",
		],
		findSecret: ["In the destination's settings, enter a long random text as the Shared Secret."],
	},
	samples: [
		{
			event: "Order Completed",
			title: "Something was tracked",
			body: {
				type: "track",
				event: "Order Completed",
				messageId: "ajs-1",
				userId: "42",
				timestamp: "2026-11-01T10:00:00.000Z",
				properties: { orderId: "1001", revenue: 42, currency: "EUR" },
				context: { ip: "203.0.113.7" },
			},
		},
	],
} as const satisfies SenderPage;
