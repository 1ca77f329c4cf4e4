/**
 * A rate, kept evenly: as many tokens as fit into a second (one at least) are there at the start, and come back at the
 * rate. Held in memory: an object that restarts begins with a full bucket.
 */
export class TokenBucket {
	#tokens: number;
	#at = 0;

	/** @param perSecond tokens that come each second */
	constructor(readonly perSecond: number) {
		this.#tokens = this.#size;
	}

	/** How many whole tokens there are; `now` in epoch ms. */
	available(now: number): number {
		this.#fill(now);
		return Math.floor(this.#tokens);
	}

	/** Takes tokens, as many as `available` spoke of or more: what is owed then comes back first. */
	take(count: number): void {
		this.#tokens -= count;
	}

	/** Milliseconds until there is one. */
	waitMs(now: number): number {
		this.#fill(now);
		return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.perSecond) * 1000);
	}

	get #size(): number {
		return Math.max(1, this.perSecond);
	}

	#fill(now: number): void {
		const passed = Math.max(0, now - this.#at);
		this.#at = Math.max(this.#at, now);
		this.#tokens = Math.min(this.#size, this.#tokens + (passed / 1000) * this.perSecond);
	}
}
