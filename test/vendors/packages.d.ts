/** What is used of packages that bring no types. */

declare module "braintree" {
	interface Gateway {
		webhookTesting: { sampleNotification: (kind: string, id: string) => Promise<{ bt_signature: string; bt_payload: string }> };
		webhookNotification: { verify: (challenge: string) => Promise<string> };
	}
	const braintree: {
		BraintreeGateway: new (config: { environment: unknown; merchantId: string; publicKey: string; privateKey: string }) => Gateway;
		Environment: { Sandbox: unknown };
		WebhookNotification: { Kind: { SubscriptionChargedSuccessfully: string } };
	};
	export default braintree;
}

declare module "event-notification-nodejs-sdk" {
	const ebay: { validateEndpoint: (challengeCode: string, config: { endpoint: string; verificationToken: string }) => string };
	export default ebay;
}

declare module "jsonwebtoken" {
	const jsonwebtoken: {
		sign: (claims: object, secret: string, options: { expiresIn?: string; noTimestamp?: boolean }) => string;
	};
	export default jsonwebtoken;
}

declare module "starkbank-ecdsa" {
	export class PublicKey {
		toPem(): string;
	}
	export class PrivateKey {
		constructor(curve: object);
		publicKey(): PublicKey;
		toPem(): string;
		static fromPem(pem: string): PrivateKey;
	}
	export const Ecdsa: { sign: (message: string, key: PrivateKey) => { toBase64: () => string } };
}

declare module "starkbank-ecdsa/ellipticcurve/curve.js" {
	const curves: { prime256v1: object };
	export default curves;
}

declare module "pusher/lib/token.js" {
	const Token: new (key: string, secret: string) => { sign: (text: string) => string };
	export default Token;
}
