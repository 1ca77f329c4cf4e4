import { getExpectedBodyHash, getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { type Client, json, NAME, newId, random, shared, withChangedBody } from "../client.ts";

const client = {
	sender: "twilio",
	package: "twilio",
	calls: "getExpectedTwilioSignature",
	keys: shared(() => random("hex").slice(0, 32)),
};

const headersOf = (signature: string) => ({ "x-twilio-signature": signature, "i-twilio-idempotency-token": newId() });

const form: Client = {
	...client,
	way: "form",
	sign: (url, token) => {
		const fields = { SmsStatus: "received", From: "+13125550001", Body: `Where is my parcel? ${NAME} & Bob`, NumMedia: "0", Empty: "" };
		const headers = headersOf(getExpectedTwilioSignature(token, url, fields));
		const body = new URLSearchParams(fields).toString();
		return { url, headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body, name: "received" };
	},
};

/** The body's digest stands in the URL, which is signed. */
const ofJson: Client = {
	...client,
	way: "JSON",
	calls: "getExpectedBodyHash, getExpectedTwilioSignature",
	sign: (url, token) => {
		const body = JSON.stringify({ CallStatus: "completed", Caller: NAME });
		const target = `${url}?to=%2B1312&bodySHA256=${getExpectedBodyHash(body)}`;
		return { url: target, headers: json(headersOf(getExpectedTwilioSignature(token, target, {}))), body, name: "completed" };
	},
	change: withChangedBody,
};

/** A path and a query of one's own behind the webhook's URL. */
const url: Client = {
	...form,
	way: "form, another URL",
	sign: async (endpoint, token) => {
		const target = `${endpoint}/voice/in?shop=a%20b&x=1`;
		const fields = { CallStatus: "ringing", CallerName: NAME };
		const headers = headersOf(getExpectedTwilioSignature(token, target, fields));
		const body = new URLSearchParams(fields).toString();
		return { url: target, headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body, name: "ringing" };
	},
	change: (signed) => ({ ...signed, url: signed.url.replace("x=1", "x=2") }),
};

export const twilioClients = [form, ofJson, url];
