import type { Sender, SenderPage } from "../sender";

export const connectwise = {
	id: "connectwise",
	name: "ConnectWise PSA",
	signature: {
		kind: "hmac",
		digest: "sha256",
		key: { as: "sha256" },
		signature: { in: { header: "x-content-signature" }, encoding: "base64" },
		message: ["body"],
	},
	secret: { name: "Signing key" },
	duplicateId: ["event.body.MessageId"],
	eventName: ["event.body.Action"],
	orderingKeys: [{ path: "event.body.ID", what: "each ticket, company or contact" }],
} as const satisfies Sender;

export const connectwisePage = {
	guide: {
		pasteUrl: [
			"ConnectWise has no page for it: callbacks are made through its API.",
			"Call POST …/v4_6_release/apis/3.0/system/callbacks with {url} as url, and the type and level to watch.",
		],
		findSecret: [
			"Let one callback arrive without verification: its Metadata has a key_url.",
			"Open that address with your API keys and copy signing_key.",
		],
	},
	samples: [
		{
			event: "updated",
			title: "A ticket changed",
			body: {
				MessageId: "0f2f7a1a-1d8a-4ef1",
				FromUrl: "na.myconnectwise.net",
				CompanyId: "example",
				MemberId: "alex",
				Action: "updated",
				Type: "ticket",
				ID: 7698,
				Entity: '{"id":7698,"summary":"Printer"}',
				Metadata: { key_url: "https://na.myconnectwise.net/keys/1" },
			},
		},
	],
} as const satisfies SenderPage;
