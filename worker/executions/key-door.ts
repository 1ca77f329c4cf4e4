import { WorkerEntrypoint } from "cloudflare:workers";
import { send } from "./egress";

/** A public key or certificate of a sender, as the check of its signature asks for it. */
export interface KeyRequest {
	name: string;
	method: "GET" | "POST";
	url: string;
	/** The only hosts that it may come from. */
	hosts: readonly string[];
	headers: Readonly<Record<string, string>>;
	body?: string;
	maxBytes: number;
	keepSeconds: number;
}

/** Keys that an isolate remembers, oldest forgotten first. */
const KEPT_MAX = 200;
/** What could not be had is asked for again after this long, so that a flood of deliveries does not ask each time. */
const MISSING_KEPT_MS = 10_000;
const TIMEOUT_MS = 3_000;

const kept = new Map<string, { bytes: ArrayBuffer | null; until: number }>();

/** The way out for endpoints, which call nobody else: to fetch what a signature is checked with. */
export class KeyDoor extends WorkerEntrypoint<Env> {
	/** The answer's body where its status is 200; null where it cannot be had. */
	async fetchKey(request: KeyRequest): Promise<ArrayBuffer | null> {
		const id = `${request.name} ${request.url}`;
		const known = kept.get(id);
		if (known && known.until > Date.now()) return known.bytes;
		const bytes = await fetchBytes(this.env, request);
		kept.delete(id);
		for (const oldest of kept.keys()) {
			if (kept.size < KEPT_MAX) break;
			kept.delete(oldest);
		}
		kept.set(id, { bytes, until: Date.now() + (bytes === null ? MISSING_KEPT_MS : request.keepSeconds * 1000) });
		return bytes;
	}
}

async function fetchBytes(env: Env, { method, url, hosts, headers, body, maxBytes }: KeyRequest): Promise<ArrayBuffer | null> {
	const { protocol, hostname } = new URL(url);
	if (protocol !== "https:" || !hosts.includes(hostname)) return null;
	const call = {
		method,
		url,
		headers: Object.entries(headers) as [string, string][],
		credentials: [],
		body: body ?? null,
		timeoutMs: TIMEOUT_MS,
		hops: 0,
	};
	const result = await send(call, { env });
	// Where a redirect leads nobody has pinned.
	if (!result.ok || result.status !== 200 || result.redirects.length > 0 || result.body.byteLength > maxBytes) return null;
	return result.body.slice().buffer;
}
