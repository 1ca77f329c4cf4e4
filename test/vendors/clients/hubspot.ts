import { Signature } from "@hubspot/api-client/lib/src/utils/signature.js";
import { type Client, json, NAME, newId, shared } from "../client.ts";

const client = { package: "@hubspot/api-client", keys: shared(() => newId()) };

const requestBody = () => JSON.stringify([{ eventId: Date.now(), subscriptionType: "contact.creation", objectId: 7, propertyValue: NAME }]);

const versionOne: Client = {
	...client,
	sender: "hubspot-v1",
	calls: 'getSignature("POST", "v1")',
	sign: (url, clientSecret) => {
		const body = requestBody();
		const signature = Signature.getSignature("POST", "v1", { clientSecret, requestBody: body, signature: "" });
		return { url, headers: json({ "x-hubspot-signature": signature, "x-hubspot-signature-version": "v1" }), body };
	},
};

const versionTwo: Client = {
	...client,
	sender: "hubspot-v2",
	calls: 'getSignature("POST", "v2")',
	sign: (endpoint, clientSecret) => {
		const [url, body] = [`${endpoint}/crm?portal=33&to=a%40b.example`, requestBody()];
		const signature = Signature.getSignature("POST", "v2", { clientSecret, requestBody: body, signature: "", url });
		return { url, headers: json({ "x-hubspot-signature": signature, "x-hubspot-signature-version": "v2" }), body };
	},
	change: (signed) => ({ ...signed, url: signed.url.replace("portal=33", "portal=34") }),
};

const versionThree: Client = {
	...client,
	sender: "hubspot",
	calls: 'getSignature("POST", "v3")',
	sign: (endpoint, clientSecret) => {
		const [url, body, timestamp] = [`${endpoint}?portal=33&who=ada@example.com`, requestBody(), Date.now()];
		const signature = Signature.getSignature("POST", "v3", { clientSecret, requestBody: body, signature: "", url, timestamp });
		return { url, headers: json({ "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(timestamp) }), body };
	},
};

export const hubspotClients = [versionOne, versionTwo, versionThree];
