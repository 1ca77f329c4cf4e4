import type { Sender, SenderPage } from "../sender";

export const paypal = {
	id: "paypal",
	name: "PayPal",
	// A delivery is repeated for three days.
	signature: { kind: "bespoke", module: "paypal", binds: "body", toleranceSeconds: 262_800 },
	secret: { name: "Webhook ID", looksLike: "17 letters and digits" },
	duplicateId: ["event.body.id"],
	eventName: ["event.body.event_type"],
	eventTime: { path: "event.body.create_time", unit: "iso" },
	expects: { status: 200, withinSeconds: 30, retries: "Tries 25 times over three days." },
	orderingKeys: [{ path: "event.body.resource.id", what: "each payment, order or subscription" }],
} as const satisfies Sender;

export const paypalPage = {
	guide: {
		pasteUrl: [
			"Open developer.paypal.com, then Apps & Credentials, then your app.",
			"Under Webhooks, choose “Add Webhook”, paste {url} and choose the events.",
		],
		findSecret: ["In the list of webhooks, copy the Webhook ID of this one."],
	},
	samples: [
		{
			event: "PAYMENT.CAPTURE.COMPLETED",
			title: "A payment was captured",
			body: {
				id: "WH-58D329510W468432D-8HN650336L201105X",
				create_time: "2026-11-01T10:00:00.000Z",
				resource_type: "capture",
				event_type: "PAYMENT.CAPTURE.COMPLETED",
				summary: "Payment completed for EUR 42.0 EUR",
				resource: { id: "42311647XV020574X", status: "COMPLETED", amount: { currency_code: "EUR", value: "42.00" } },
			},
		},
		{
			event: "BILLING.SUBSCRIPTION.CANCELLED",
			title: "A subscription was cancelled",
			body: {
				id: "WH-55TV24905C8888529-2L0889634Y371223V",
				create_time: "2026-11-01T10:00:00.000Z",
				resource_type: "subscription",
				event_type: "BILLING.SUBSCRIPTION.CANCELLED",
				summary: "A billing subscription was cancelled.",
				resource: {
					id: "I-BW452GLLEP1G",
					plan_id: "P-5ML4271244454362WXNWU5NQ",
					status: "CANCELLED",
					status_change_note: "Too expensive",
					subscriber: { email_address: "kim@example.com", name: { given_name: "Kim", surname: "Example" } },
					start_time: "2026-05-01T00:00:00Z",
				},
				event_version: "1.0",
				resource_version: "2.0",
			},
		},
	],
} as const satisfies SenderPage;
