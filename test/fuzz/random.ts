/** Random choices that a seed repeats. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `least` to `most`. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(choices: readonly T[]): T {
		const chosen = choices[Math.floor(this.next() * choices.length)];
		if (chosen === undefined) throw new Error("nothing to choose from");
		return chosen;
	}

	bytes(length: number): Buffer {
		const made = Buffer.alloc(length);
		for (let at = 0; at < length; at++) made[at] = this.whole(0, 255);
		return made;
	}

	text(length: number, letters = "abcdefghijklmnopqrstuvwxyz0123456789"): string {
		let made = "";
		for (let at = 0; at < length; at++) made += this.pick([...letters]);
		return made;
	}
}
