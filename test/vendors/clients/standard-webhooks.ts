import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { type Client, json, NAME, newId, random, shared } from "../client.ts";

/** Services that send through Svix, by the names of their headers. */
const SVIX = { clerk: "svix", liveblocks: "webhook", resend: "svix", stytch: "svix", svix: "svix", vanta: "svix" };
/** Services that follow the specification. */
const STANDARD = [
	"brex",
	"etsy",
	"fathom",
	"gemini",
	"incident-io",
	"increase",
	"lithic",
	"loops",
	"openai",
	"render",
	"replicate",
	"standard-webhooks",
];

interface Signer {
	sign: (id: string, at: Date, body: string) => string;
}
type SignerClass = new (secret: string) => Signer;

function standard(
	sender: string,
	prefix: string,
	from: { package: string; Webhook: SignerClass },
	secretOf = (signing: string) => signing,
) {
	return {
		sender,
		package: from.package,
		calls: "Webhook.sign",
		keys: shared(() => `whsec_${random("base64")}`),
		sign: (url, signing) => {
			const [id, at] = [newId("msg_"), new Date()];
			const body = JSON.stringify({ type: "contact.created", timestamp: at, data: { name: NAME } });
			const headers = {
				[`${prefix}-id`]: id,
				[`${prefix}-timestamp`]: String(Math.floor(at.getTime() / 1000)),
				[`${prefix}-signature`]: new from.Webhook(secretOf(signing)).sign(id, at, body),
			};
			return { url, headers: json(headers), body };
		},
	} satisfies Client;
}

const fromStandard = { package: "standardwebhooks", Webhook: StandardWebhook };
const fromSvix = { package: "svix", Webhook: SvixWebhook };

/** GitLab tells repeated deliveries apart by an id of its own. */
const gitlab: Client = {
	...standard("gitlab", "webhook", fromStandard),
	way: "signing token",
	sign: async (url, signing) => {
		const signed = standard("gitlab", "webhook", fromStandard).sign(url, signing);
		return { ...signed, headers: { ...signed.headers, "idempotency-key": newId(), "x-gitlab-event": "Push Hook" }, name: "Push Hook" };
	},
};

/** The secret is a text that its owner turns into base64 first, as their own examples do. */
const ofText = (sender: string): Client => ({
	...standard(sender, "webhook", fromStandard, (signing) => Buffer.from(signing).toString("base64")),
	keys: shared(() => random("hex")),
});

const supabase: Client = {
	...standard("supabase", "webhook", fromStandard, (signing) => signing.replace("v1,", "")),
	keys: shared(() => `v1,whsec_${random("base64")}`),
};

export const standardWebhooksClients: Client[] = [
	...Object.entries(SVIX).map(([sender, prefix]) => standard(sender, prefix, fromSvix)),
	...STANDARD.map((sender) => standard(sender, "webhook", fromStandard)),
	gitlab,
	ofText("bigcommerce"),
	ofText("polar"),
	supabase,
];
