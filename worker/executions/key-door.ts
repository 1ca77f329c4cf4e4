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
/** Fetches for one endpoint a minute: whoever has its URL can name ever new keys, and must not make us ask for all of them. */
const FETCHES_MAX = 20;
const WINDOW_MS = 60_000;
/** Endpoints whose fetches are counted, oldest forgotten first. */
const COUNTED_MAX = 1_000;

const fetches = new Map<string, { count: number; since: number }>();
const kept = new Map<string, { bytes: ArrayBuffer | null; until: number }>();

/** The way out for endpoints, which call nobody else: to fetch what a signature is checked with. */
export class KeyDoor extends WorkerEntrypoint<Env> {
	/** The answer's body where its status is 200; null where it cannot be had, or this endpoint asks too often. */
	async fetchKey(integrationId: string, request: KeyRequest): Promise<ArrayBuffer | null> {
		const id = `${request.name} ${request.url}`;
		const known = kept.get(id);
		if (known && known.until > Date.now()) return known.bytes;
		if (!mayFetch(integrationId, Date.now())) return null;
		const bytes = await fetchBytes(this.env, request);
		makeRoom(kept, id, KEPT_MAX);
		kept.set(id, { bytes, until: Date.now() + (bytes === null ? MISSING_KEPT_MS : request.keepSeconds * 1000) });
		return bytes;
	}
}

function mayFetch(integrationId: string, now: number): boolean {
	const counted = fetches.get(integrationId);
	if (!counted || now - counted.since >= WINDOW_MS) {
		makeRoom(fetches, integrationId, COUNTED_MAX);
		fetches.set(integrationId, { count: 1, since: now });
		return true;
	}
	counted.count++;
	return counted.count <= FETCHES_MAX;
}

function makeRoom(map: Map<string, unknown>, key: string, max: number): void {
	map.delete(key);
	for (const oldest of map.keys()) {
		if (map.size < max) return;
		map.delete(oldest);
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
