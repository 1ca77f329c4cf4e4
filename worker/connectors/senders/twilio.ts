import type { Sender, SenderPage } from "../sender";

export const twilio = {
	id: "twilio",
	name: "Twilio",
	signature: { kind: "bespoke", module: "twilio", binds: "fields" },
	secret: { name: "Auth Token", looksLike: "32 signs, 0–9 and a–f" },
	formats: ["form", "json"],
	duplicateId: ["event.headers.i-twilio-idempotency-token"],
	eventName: ["event.body.SmsStatus", "event.body.MessageStatus", "event.body.CallStatus"],
	expects: { status: 200, emptyBody: true, withinSeconds: 15, retries: "Tries once more where it could not connect." },
	orderingKeys: [
		{ path: "event.body.From", what: "each phone number" },
		{ path: "event.body.CallSid", what: "each call" },
	],
} as const satisfies Sender;

export const twilioPage = {
	guide: {
		pasteUrl: [
			"In the Twilio Console, open Phone Numbers, then Manage, then Active numbers, then your number.",
			"Beside “A message comes in” or “A call comes in”, choose Webhook, paste {url} and choose HTTP POST.",
		],
		findSecret: ["On the start page of the Console, under Account Info, show the Auth Token and copy it."],
	},
	samples: [
		{
			event: "received",
			title: "A text message came in",
			contentType: "application/x-www-form-urlencoded",
			body: "ToCountry=US&SmsMessageSid=SM00000000000000000000000000000001&NumMedia=0&SmsStatus=received&Body=Where+is+my+parcel%3F&To=%2B17735550002&From=%2B13125550001&AccountSid=AC00000000000000000000000000000001",
		},
		{
			event: "ringing",
			title: "Somebody calls",
			headers: { "i-twilio-idempotency-token": "0f2f7a1a-1d8a-4ef1-9a4f-2f0f6e1f0a11" },
			contentType: "application/x-www-form-urlencoded",
			body: "CallSid=CA00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000001&From=%2B13125550001&To=%2B17735550002&CallStatus=ringing&ApiVersion=2010-04-01&Direction=inbound&CallerName=KIM+EXAMPLE",
		},
	],
} as const satisfies SenderPage;
