import type { Sender, SenderPage } from "../sender";

export const mandrill = {
	id: "mandrill",
	name: "Mandrill (Mailchimp Transactional)",
	signature: {
		kind: "hmac",
		digest: "sha1",
		signature: { in: { header: "x-mandrill-signature" }, encoding: "base64" },
		message: ["url", "sortedForm"],
	},
	secret: { name: "Webhook key" },
	handshakes: [{ when: { method: "HEAD" }, verified: false, answer: { kind: "status", status: 200 } }],
	formats: ["form"],
	expects: { status: 200, withinSeconds: 30, retries: "Tries again for about three days, each time later." },
} as const satisfies Sender;

export const mandrillPage = {
	guide: {
		pasteUrl: ["In Mandrill, open Settings, then Webhooks, then “Add a Webhook”.", "Choose the events and paste {url} as the Post To URL."],
		findSecret: ["In the list of webhooks, choose View Key beside it and copy the key."],
	},
	samples: [
		{
			event: "send",
			title: "An e-mail was sent",
			contentType: "application/x-www-form-urlencoded",
			body: "mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%22exampleaaaaaaaaaaaaaaaaaaaaaaaaa%22%2C%22ts%22%3A1790000000%2C%22msg%22%3A%7B%22email%22%3A%22alex%40example.com%22%2C%22subject%22%3A%22Hello%22%2C%22state%22%3A%22sent%22%7D%7D%5D",
		},
	],
} as const satisfies SenderPage;
