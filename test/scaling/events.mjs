/** A clock with a list of what happens when, and chance that a seed repeats. */

export class Timeline {
	now = 0;
	#heap = [];
	#count = 0;

	/** @param ms from now */
	after(ms, happen) {
		const entry = { at: this.now + ms, turn: this.#count++, happen };
		const heap = this.#heap;
		let i = heap.length;
		heap.push(entry);
		while (i > 0) {
			const parent = (i - 1) >> 1;
			if (!before(entry, heap[parent])) break;
			heap[i] = heap[parent];
			i = parent;
		}
		heap[i] = entry;
	}

	/** Runs until nothing is left to happen. */
	run() {
		for (let entry = this.#next(); entry; entry = this.#next()) {
			this.now = entry.at;
			entry.happen();
		}
	}

	#next() {
		const heap = this.#heap;
		const first = heap[0];
		const last = heap.pop();
		if (heap.length === 0 || last === undefined) return first;
		let i = 0;
		for (;;) {
			let child = 2 * i + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
			if (!before(heap[child], last)) break;
			heap[i] = heap[child];
			i = child;
		}
		heap[i] = last;
		return first;
	}
}

const before = (a, b) => a.at < b.at || (a.at === b.at && a.turn < b.turn);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

export const exponential = (random, mean) => -Math.log(1 - random()) * mean;

/** How often each of `count` keys comes: the n-th in proportion to 1 / n^skew; 0 is all alike. Sums to 1. */
export function zipf(count, skew) {
	const weights = Array.from({ length: count }, (_, n) => (n + 1) ** -skew);
	const sum = weights.reduce((total, weight) => total + weight, 0);
	return weights.map((weight) => weight / sum);
}

/** Draws an index by weight. */
export function drawer(weights, random) {
	let sum = 0;
	const upTo = Float64Array.from(weights, (weight) => (sum += weight));
	return () => {
		const wanted = random() * sum;
		let low = 0;
		let high = upTo.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (upTo[middle] < wanted) low = middle + 1;
			else high = middle;
		}
		return low;
	};
}

/** A queue whose `shift` does not move the rest. */
export class Fifo {
	#items = [];
	#head = 0;

	get length() {
		return this.#items.length - this.#head;
	}

	push(item) {
		this.#items.push(item);
	}

	/** @returns undefined when empty */
	shift() {
		if (this.length === 0) return undefined;
		const item = this.#items[this.#head++];
		if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
			this.#items = this.#items.slice(this.#head);
			this.#head = 0;
		}
		return item;
	}
}
