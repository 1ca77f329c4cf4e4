/** What was fetched to check the signatures of one integration's sender with. */
interface Shelf {
	keys: Map<string, { bytes: ArrayBuffer | null; until: number }>;
	/** Fetches of this minute for keys that nothing was verified with yet. */
	tried: { count: number; since: number };
	fetching: Map<string, Fetching>;
}

/** A fetch that has begun, and when it is over at the latest (epoch ms). */
export interface Fetching {
	ended: Promise<unknown>;
	until: number;
}

/** Integrations whose keys an isolate remembers, oldest forgotten first. */
const SHELVES_MAX = 1_000;
/** Bytes of all of them. */
const BYTES_MAX = 8 * 1024 * 1024;
/** Keys of one integration: a sender has one or two, and another one after its change. */
const KEYS_MAX = 12;
/** What could not be had is asked for again after this long, so that a flood of deliveries does not ask each time. */
const MISSING_KEPT_MS = 10_000;
/** Keys that nothing was verified with are fetched so often in a minute: whoever has the URL can name ever new ones. */
const TRIES_MAX = 10;
const WINDOW_MS = 60_000;

/** Keys by integration, so that nobody's flood of names reaches another's. Times are epoch ms. */
export class KeyShelves {
	readonly #shelves = new Map<string, Shelf>();
	#bytes = 0;

	/** What is known of a key; undefined where it has to be fetched. */
	find(integrationId: string, id: string, now: number): ArrayBuffer | null | undefined {
		const known = this.#shelves.get(integrationId)?.keys.get(id);
		return known && known.until > now ? known.bytes : undefined;
	}

	/** The fetch of a key that is under way; null where there is none. */
	underway(integrationId: string, id: string, now: number): Fetching | null {
		const fetching = this.#shelves.get(integrationId)?.fetching.get(id);
		return fetching && fetching.until > now ? fetching : null;
	}

	/** Takes note of a fetch; `put` ends it. */
	begin(integrationId: string, id: string, begun: Fetching, now: number): void {
		const { fetching } = this.#shelfOf(integrationId);
		for (const [other, { until }] of fetching) if (until <= now) fetching.delete(other);
		fetching.set(id, begun);
	}

	/** Whether a key may be fetched; one that nothing was verified with takes of what the integration may try. */
	mayFetch(integrationId: string, proven: boolean, now: number): boolean {
		if (proven) return true;
		const shelf = this.#shelfOf(integrationId);
		if (now - shelf.tried.since >= WINDOW_MS) shelf.tried = { count: 0, since: now };
		return ++shelf.tried.count <= TRIES_MAX;
	}

	/** @param keepMs how long it may be used; what could not be had is remembered for a shorter time */
	put(integrationId: string, id: string, bytes: ArrayBuffer | null, keepMs: number, now: number): void {
		const { keys, fetching } = this.#shelfOf(integrationId);
		fetching.delete(id);
		this.#drop(keys, id);
		while (keys.size >= KEYS_MAX) this.#drop(keys, leastUseful(keys));
		keys.set(id, { bytes, until: now + (bytes === null ? MISSING_KEPT_MS : keepMs) });
		this.#bytes += bytes?.byteLength ?? 0;
		for (const oldest of this.#shelves.keys()) {
			if (this.#bytes <= BYTES_MAX || oldest === integrationId) break;
			this.#forget(oldest);
		}
	}

	#shelfOf(integrationId: string): Shelf {
		const known = this.#shelves.get(integrationId);
		if (known) return known;
		const [oldest] = this.#shelves.keys();
		if (oldest !== undefined && this.#shelves.size >= SHELVES_MAX) this.#forget(oldest);
		const shelf: Shelf = { keys: new Map(), tried: { count: 0, since: 0 }, fetching: new Map() };
		this.#shelves.set(integrationId, shelf);
		return shelf;
	}

	#forget(integrationId: string): void {
		const { keys } = this.#shelfOf(integrationId);
		for (const id of [...keys.keys()]) this.#drop(keys, id);
		this.#shelves.delete(integrationId);
	}

	#drop(keys: Shelf["keys"], id: string): void {
		this.#bytes -= keys.get(id)?.bytes?.byteLength ?? 0;
		keys.delete(id);
	}
}

/** One that could not be had, else the oldest. */
function leastUseful(keys: Shelf["keys"]): string {
	let oldest = "";
	for (const [id, { bytes }] of keys) {
		if (bytes === null) return id;
		oldest ||= id;
	}
	return oldest;
}
