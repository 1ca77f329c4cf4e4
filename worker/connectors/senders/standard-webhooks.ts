import type { DirectScheme } from "../scheme";
import type { Sender, SenderPage } from "../sender";

/** The HMAC of the specification under the names of headers that a sender uses: `webhook-…` or its own. */
export function standardWebhooks(prefix: string) {
	return {
		kind: "hmac",
		digest: "sha256",
		key: { prefix: "whsec_", as: "base64" },
		signature: { in: { header: `${prefix}-signature` }, list: " ", prefix: "v1,", encoding: "base64" },
		timestamp: { in: { header: `${prefix}-timestamp` }, unit: "seconds", toleranceSeconds: 300 },
		message: [{ header: `${prefix}-id` }, { text: "." }, "timestamp", { text: "." }, "body"],
	} as const satisfies DirectScheme;
}

export const standardWebhooksSender = {
	id: "standard-webhooks",
	name: "Standard Webhooks",
	signature: {
		kind: "bySecret",
		cases: [
			{
				secretPrefix: "whpk_",
				scheme: {
					...standardWebhooks("webhook"),
					kind: "ed25519",
					key: { prefix: "whpk_", as: "raw-base64" },
					signature: { in: { header: "webhook-signature" }, list: " ", prefix: "v1a,", encoding: "base64" },
				},
			},
		],
		otherwise: standardWebhooks("webhook"),
	},
	secret: { name: "Signing secret", looksLike: "whsec_… (or whpk_… for a public key)" },
	formats: "any",
	duplicateId: ["event.headers.webhook-id"],
	eventName: ["event.body.type"],
	eventTime: { path: "event.body.timestamp", unit: "iso" },
	expects: { withinSeconds: 15, retries: "Tries again for about three days, each time later." },
} as const satisfies Sender;

export const standardWebhooksSenderPage = {
	guide: {
		pasteUrl: ["In the sender's settings, look for Webhooks or Endpoints and add one.", "Paste {url}."],
		findSecret: ["Copy the signing secret that is shown for the endpoint; it usually begins with whsec_."],
	},
	samples: [
		{
			event: "contact.created",
			title: "A contact was added",
			headers: { "webhook-id": "msg_2b1test0000000000000000001" },
			body: {
				type: "contact.created",
				timestamp: "2026-11-01T10:00:00Z",
				data: { id: "contact_1", name: "Alex Example", email: "alex@example.com" },
			},
		},
	],
} as const satisfies SenderPage;
