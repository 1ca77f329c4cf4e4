import type { Sender, SenderPage } from "../sender";

/** Only the id in the URL is signed, not the body: fetch what it stands for. */
export const mercadoPago = {
	id: "mercado-pago",
	name: "Mercado Pago",
	signature: { kind: "bespoke", module: "mercado-pago", binds: "nothing", toleranceSeconds: 300 },
	secret: { name: "Secret signature" },
	duplicateId: ["event.headers.x-request-id"],
	eventName: ["event.body.action", "event.query.type"],
	eventTime: { path: "event.body.date_created", unit: "iso" },
	expects: { status: 200, withinSeconds: 22, retries: "Tries again every 15 minutes, then less often." },
	orderingKeys: [{ path: "event.body.data.id", what: "each payment" }],
} as const satisfies Sender;

export const mercadoPagoPage = {
	guide: {
		pasteUrl: [
			"Open “Your integrations” at mercadopago.com/developers and choose the app.",
			"Open Webhooks, then “Configure notifications”, paste {url} and choose the events.",
		],
		findSecret: ["When it is saved, the page shows the secret signature: copy it."],
	},
	samples: [
		{
			event: "payment.updated",
			title: "A payment changed",
			body: {
				id: 12345,
				live_mode: false,
				type: "payment",
				date_created: "2026-11-01T10:00:00.000-04:00",
				action: "payment.updated",
				data: { id: "999999999" },
			},
		},
	],
} as const satisfies SenderPage;
