import { WorkerEntrypoint } from "cloudflare:workers";
import { send } from "./egress";
import { KeyShelves } from "./key-shelf";

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

const TIMEOUT_MS = 3_000;

const shelves = new KeyShelves();

/** The way out for endpoints, which call nobody else: to fetch what a signature is checked with. */
export class KeyDoor extends WorkerEntrypoint<Env> {
	/**
	 * The answer's body where its status is 200; null where it cannot be had, or this endpoint names too many. Who asks for
	 * what is being fetched waits for that.
	 * @param proven whether something was verified with it before: then no forger's names keep it from being fetched
	 */
	async fetchKey(integrationId: string, request: KeyRequest, proven = false): Promise<ArrayBuffer | null> {
		const id = `${request.name} ${request.url}`;
		const known = shelves.find(integrationId, id, Date.now());
		if (known !== undefined) return known;
		const underway = shelves.underway(integrationId, id, Date.now());
		if (underway !== null) {
			// One whose delivery was broken off may never end.
			await Promise.race([underway.ended, scheduler.wait(underway.until - Date.now())]);
			return shelves.find(integrationId, id, Date.now()) ?? null;
		}
		const now = Date.now();
		if (!shelves.mayFetch(integrationId, proven, now)) return null;
		const fetched = fetchBytes(this.env, request).then((bytes) => {
			shelves.put(integrationId, id, bytes, request.keepSeconds * 1000, Date.now());
			return bytes;
		});
		shelves.begin(integrationId, id, { ended: fetched.catch(() => null), until: now + TIMEOUT_MS }, now);
		return await fetched;
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
