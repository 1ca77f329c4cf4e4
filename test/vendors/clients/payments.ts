import { hmacValidator as HmacValidator } from "@adyen/api-library";
import braintree from "braintree";
import ModernTreasury from "modern-treasury";
import { type Client, json, NAME, newId, random, shared } from "../client.ts";

const validator = new HmacValidator();

/** Each item of a delivery is signed by itself, over eight of its fields. */
const adyenPayments: Client = {
	sender: "adyen",
	package: "@adyen/api-library",
	calls: "HmacValidator.calculateHmac(item)",
	keys: shared(() => random("hex").toUpperCase()),
	sign: (url, key) => {
		const item = {
			eventCode: "AUTHORISATION",
			success: "true",
			eventDate: "2026-11-01T10:00:00+01:00",
			merchantAccountCode: "ExampleShop",
			merchantReference: `order of ${NAME}`,
			pspReference: newId(),
			amount: { currency: "EUR", value: 4200 },
			paymentMethod: "visa",
			reason: "",
		};
		const hmacSignature = validator.calculateHmac(item as unknown as Parameters<typeof validator.calculateHmac>[0], key);
		const signed = { NotificationRequestItem: { ...item, additionalData: { hmacSignature } } };
		return { url, headers: json({}), body: JSON.stringify({ live: "false", notificationItems: [signed] }) };
	},
};

const adyenPlatform: Client = {
	...adyenPayments,
	sender: "adyen-platform",
	calls: "HmacValidator.calculateHmac(text)",
	sign: (url, key) => {
		const type = "balancePlatform.accountHolder.created";
		const body = JSON.stringify({ type, timestamp: new Date(), data: { accountHolder: { id: newId(), description: NAME } } });
		return { url, headers: json({ hmacsignature: validator.calculateHmac(body, key), protocol: "HmacSHA256" }), body, name: type };
	},
};

const PUBLIC_KEY = "integration_public_key";
const gatewayOf = (privateKey: string) =>
	new braintree.BraintreeGateway({
		environment: braintree.Environment.Sandbox,
		merchantId: "integration_merchant_id",
		publicKey: PUBLIC_KEY,
		privateKey,
	});

const braintreeClient: Client = {
	sender: "braintree",
	package: "braintree",
	calls: "webhookTesting.sampleNotification, webhookNotification.verify",
	options: { publicKey: PUBLIC_KEY },
	keys: shared(() => random("hex").slice(0, 32)),
	sign: async (url, privateKey) => {
		const kind = braintree.WebhookNotification.Kind.SubscriptionChargedSuccessfully;
		const sample = await gatewayOf(privateKey).webhookTesting.sampleNotification(kind, newId());
		const body = new URLSearchParams({ ...sample }).toString();
		return { url, headers: { "content-type": "application/x-www-form-urlencoded" }, body };
	},
	change: (signed) => ({ ...signed, body: signed.body.replace("bt_payload=PG5", "bt_payload=PG4") }),
	ask: async (url, privateKey) => {
		const challenge = random("hex").slice(0, 32);
		return { url: `${url}?bt_challenge=${challenge}`, expected: await gatewayOf(privateKey).webhookNotification.verify(challenge) };
	},
};

const modernTreasury: Client = {
	sender: "modern-treasury",
	package: "modern-treasury",
	calls: "webhooks.getSignature",
	keys: shared(() => newId()),
	sign: (url, key) => {
		const body = JSON.stringify({ event: "approved", data: { id: newId(), object: "payment_order", description: NAME } });
		const signature = new ModernTreasury({ organizationID: "none", apiKey: "none" }).webhooks.getSignature(body, { key });
		return {
			url,
			headers: json({ "x-signature": signature, "x-topic": "payment_order", "x-webhook-id": newId() }),
			body,
			name: "payment_order",
		};
	},
};

export const paymentClients = [adyenPayments, adyenPlatform, braintreeClient, modernTreasury];
