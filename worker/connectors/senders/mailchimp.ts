import type { Sender, SenderPage } from "../sender";

export const mailchimp = {
	id: "mailchimp",
	name: "Mailchimp",
	signature: {
		kind: "hmac",
		digest: "sha256",
		signature: { in: { header: "x-mailchimp-signature" }, pairs: ",", signature: "v1", encoding: "hex" },
		timestamp: { in: { pair: "t" }, unit: "seconds", toleranceSeconds: 300 },
		message: ["timestamp", { text: "." }, "body"],
	},
	secret: { name: "Signing secret" },
	handshakes: [{ when: { method: "GET" }, verified: false, answer: { kind: "status", status: 200 } }],
	formats: ["form", "json"],
	eventName: ["event.body.type"],
	expects: { status: 200, withinSeconds: 10, retries: "Tries again for an hour and a quarter, each time later." },
} as const satisfies Sender;

export const mailchimpPage = {
	guide: {
		pasteUrl: [
			"Use the Marketing API: call POST /lists/YOUR_AUDIENCE/webhooks with {url}; its answer alone has the signing secret.",
			"Webhooks made in Audience, then Settings, then Webhooks are checked in the same way once you know their secret.",
		],
		findSecret: [
			"Copy signing_secret from the answer of that call: it is shown only this once.",
			"If it is lost, delete the webhook and make a new one.",
		],
	},
	samples: [
		{
			event: "subscribe",
			title: "Somebody subscribed",
			contentType: "application/x-www-form-urlencoded",
			body: "type=subscribe&fired_at=2026-11-01+10%3A00%3A00&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=kim%40example.com&data%5Bmerges%5D%5BFNAME%5D=Kim",
		},
		{
			event: "unsubscribe",
			title: "Somebody unsubscribed",
			contentType: "application/x-www-form-urlencoded",
			body: "type=unsubscribe&fired_at=2026-11-01+11%3A00%3A00&data%5Baction%5D=unsub&data%5Breason%5D=manual&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=kim%40example.com&data%5Bemail_type%5D=html&data%5Bip_opt%5D=203.0.113.7&data%5Bmerges%5D%5BEMAIL%5D=kim%40example.com&data%5Bmerges%5D%5BFNAME%5D=Kim",
		},
	],
} as const satisfies SenderPage;
