/** Secrets: `wrangler secret put` in production; generated beside the data by `npm run dev`. */
interface __BaseEnv_Env {
	/** Signs sessions and reset links; 32 random bytes or more. */
	AUTH_SECRET: string;
	/** Endpoint keys by key id, newest first: `2:<64 hex>,1:<64 hex>`. Old ones verify until their URLs are rotated. */
	ENDPOINT_KEYS: string;
	/** Key-encryption keys of the vault by version, newest first: `1:<64 hex>`. */
	VAULT_KEYS: string;
	/** The address under which people reach this deployment (`https://inlet.example.com`); empty: taken from each request. */
	PUBLIC_URL?: string;
	/** The origin of webhooks' URLs, apart from that of the UI (`https://hooks.example.com`); empty: the same. */
	ENDPOINT_ORIGIN?: string;
	/** What one workspace may use; numbers. Defaults: 100 integrations, 100000 pending events, 5000000000 bytes. */
	QUOTA_INTEGRATIONS?: string;
	QUOTA_PENDING_EVENTS?: string;
	QUOTA_KEPT_BYTES?: string;
}
