import { EventWebhookHeader } from "@sendgrid/eventwebhook";
import { WorkOS } from "@workos-inc/node";
import ebay from "event-notification-nodejs-sdk";
import PusherToken from "pusher/lib/token.js";
import { Ecdsa, PrivateKey } from "starkbank-ecdsa";
import curves from "starkbank-ecdsa/ellipticcurve/curve.js";
import { type Client, json, NAME, newId, random, seconds, shared } from "../client.ts";

const pusher: Client = {
	sender: "pusher",
	package: "pusher",
	calls: "Token.sign",
	keys: shared(() => random("hex").slice(0, 20)),
	sign: (url, secret) => {
		const name = "channel_occupied";
		const body = JSON.stringify({ time_ms: Date.now(), events: [{ name, channel: NAME }] });
		const signature = new PusherToken("278d425bdf160c739803", secret).sign(body);
		return { url, headers: json({ "x-pusher-key": "278d425bdf160c739803", "x-pusher-signature": signature }), body, name };
	},
};

/** The header as WorkOS' SDK for Ruby expects it, with a space behind the comma. */
const workos: Client = {
	sender: "workos",
	package: "@workos-inc/node",
	calls: "webhooks.computeSignature",
	keys: shared(() => random("hex")),
	sign: async (url, secret) => {
		const name = "dsync.user.created";
		const payload = { id: newId("event_"), event: name, created_at: new Date().toISOString(), data: { first_name: NAME } };
		const at = Date.now();
		const signature = await new WorkOS("sk_test_none").webhooks.computeSignature(at, payload, secret);
		return { url, headers: json({ "workos-signature": `t=${at}, v1=${signature}` }), body: JSON.stringify(payload), name };
	},
};

/** SendGrid's verifier and this signer are of one library. */
const sendgrid: Client = {
	sender: "sendgrid",
	package: "@sendgrid/eventwebhook",
	calls: "its dependency starkbank-ecdsa, Ecdsa.sign",
	keys: () => {
		const key = new PrivateKey(curves.prime256v1);
		const entered = key
			.publicKey()
			.toPem()
			.replace(/-----[A-Z ]+-----|\s/g, "");
		return { entered, signing: key.toPem() };
	},
	sign: (url, signing) => {
		const body = `${JSON.stringify([{ email: "ada@example.com", event: "delivered", sg_event_id: newId(), category: NAME }])}\r\n`;
		const at = String(seconds());
		const signature = Ecdsa.sign(at + body, PrivateKey.fromPem(signing)).toBase64();
		return { url, headers: json({ [EventWebhookHeader.SIGNATURE()]: signature, [EventWebhookHeader.TIMESTAMP()]: at }), body };
	},
};

/** Its deliveries are checked with a key that only eBay gives out; its question needs none. */
const VERIFICATION_TOKEN = "71745723-d031-455c-bfa5-f90d11b4f20a";
const ebayClient: Client = {
	sender: "ebay",
	package: "event-notification-nodejs-sdk",
	calls: "validateEndpoint",
	options: { verificationToken: VERIFICATION_TOKEN },
	keys: shared(() => `App-${random("hex")}:Cert-${random("hex")}`),
	ask: (endpoint) => {
		const challenge = newId();
		const challengeResponse = ebay.validateEndpoint(challenge, { endpoint, verificationToken: VERIFICATION_TOKEN });
		return { url: `${endpoint}?challenge_code=${challenge}`, expected: JSON.stringify({ challengeResponse }) };
	},
};

export const messageClients = [pusher, workos, sendgrid, ebayClient];
