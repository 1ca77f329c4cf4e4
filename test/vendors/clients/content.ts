import { signRequest } from "@contentful/node-apps-toolkit";
import { encodeSignatureHeader } from "@sanity/webhook";
import { RequestType, setUpValidRequest } from "@shopify/shopify-api/test-helpers";
import { computeWebhookSignature } from "box-node-sdk/lib/internal/utils";
import { type Client, json, NAME, newId, random, shared } from "../client.ts";

/** Content, files and shops. */

const contentful: Client = {
	sender: "contentful",
	package: "@contentful/node-apps-toolkit",
	calls: "signRequest",
	keys: shared(() => random("hex")),
	sign: (endpoint, secret) => {
		const url = `${endpoint}/entries?space=a%20b`;
		const topic = "ContentManagement.Entry.publish";
		const body = JSON.stringify({
			sys: { type: "Entry", id: newId(), version: 7, updatedAt: new Date() },
			fields: { title: { "en-US": NAME } },
		});
		const headers = {
			"content-type": "application/vnd.contentful.management.v1+json",
			"x-contentful-topic": topic,
			"x-contentful-idempotency-key": newId(),
		};
		const path = new URL(url).pathname + new URL(url).search;
		const added = signRequest(secret, { method: "POST", path, headers, body });
		return { url, headers: { ...headers, ...(added as unknown as Record<string, string>) }, body, name: topic };
	},
};

const sanity: Client = {
	sender: "sanity",
	package: "@sanity/webhook",
	calls: "encodeSignatureHeader",
	keys: shared(() => random("hex")),
	sign: async (url, secret) => {
		const body = JSON.stringify({ _id: newId(), _type: "product", name: NAME });
		const signature = await encodeSignatureHeader(body, Date.now(), secret);
		return { url, headers: json({ "sanity-webhook-signature": signature, "idempotency-key": newId() }), body, name: "product" };
	},
};

/** Makes the whole request. */
const shopify: Client = {
	sender: "shopify",
	package: "@shopify/shopify-api",
	calls: "setUpValidRequest",
	keys: shared(() => random("hex")),
	sign: async (url, apiSecretKey) => {
		const headers = {
			"X-Shopify-Topic": "orders/create",
			"X-Shopify-Event-Id": newId(),
			"X-Shopify-Triggered-At": new Date().toISOString(),
		};
		const request = await setUpValidRequest(
			{ type: RequestType.Extension, store: "example", apiSecretKey, body: { id: 820982911946154508n.toString(), note: NAME }, headers },
			new Request(url, { method: "POST", headers: json({}) }) as unknown as Parameters<typeof setUpValidRequest>[1],
		);
		return { url, headers: Object.fromEntries(request.headers.entries()), body: await request.text(), name: "orders/create" };
	},
};

const box: Client = {
	sender: "box",
	package: "box-node-sdk",
	calls: "computeWebhookSignature",
	keys: shared(() => random("hex").slice(0, 32)),
	sign: async (url, key) => {
		const name = "FILE.UPLOADED";
		const body = JSON.stringify({ type: "webhook_event", id: newId(), created_at: new Date(), trigger: name, created_by: { name: NAME } });
		const headers = {
			"box-delivery-id": newId(),
			"box-delivery-timestamp": new Date().toISOString().replace(/\.\d+Z$/, "-00:00"),
			"box-signature-version": "1",
			"box-signature-algorithm": "HmacSHA256",
		};
		const signature = await computeWebhookSignature(body, headers, key);
		return { url, headers: json({ ...headers, "box-signature-primary": signature ?? "" }), body, name };
	},
};

export const contentClients = [contentful, sanity, shopify, box];
