import { afterGroup, NOBODY } from "./crowd";
import type { AcceptAnswer, Arrival } from "./protocol/delivery";

/** How long the first of a group waits for the others at most. */
const GATHER_MS = 4;
/** Bytes that wait at most: a group with large bodies goes at once. */
const GATHER_MAX_BYTES = 1024 * 1024;

export interface Arrived {
	arrival: Arrival;
	/** Epoch ms. */
	at: number;
}

interface Waiting extends Arrived {
	resolve: (answer: AcceptAnswer) => void;
	reject: (error: unknown) => void;
}

/** Deliveries that come at the same time are stored in one turn, so that they share its commit. */
export class Intake {
	#crowd = NOBODY;
	#waiting: Waiting[] = [];
	#bytes = 0;
	#timer: ReturnType<typeof setTimeout> | null = null;

	/** @param store stores a group in one turn, and answers each in its order */
	constructor(readonly store: (group: readonly Arrived[]) => AcceptAnswer[]) {}

	/** Deliveries that are not numbered yet. */
	get size(): number {
		return this.#waiting.length;
	}

	/** The answer is there at once where nobody else is expected. */
	add(arrival: Arrival, at: number): AcceptAnswer | Promise<AcceptAnswer> {
		if (this.#waiting.length === 0 && this.#crowd.expected === 1) {
			this.#crowd = afterGroup(this.#crowd, 1);
			const [answer] = this.store([{ arrival, at }]);
			if (answer) return answer;
		}
		return new Promise((resolve, reject) => {
			this.#bytes += arrival.body.byteLength;
			const size = this.#waiting.push({ arrival, at, resolve, reject });
			if (size >= this.#crowd.expected || this.#bytes > GATHER_MAX_BYTES) this.flush();
			else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
		});
	}

	/** Stores those that wait now: before a change of the settings by which they were judged. */
	flush(): void {
		clearTimeout(this.#timer ?? undefined);
		this.#timer = null;
		const group = this.#waiting;
		if (group.length === 0) return;
		this.#waiting = [];
		this.#bytes = 0;
		this.#crowd = afterGroup(this.#crowd, group.length);
		try {
			const answers = this.store(group);
			for (const [index, { resolve }] of group.entries()) resolve(answers[index] as AcceptAnswer);
		} catch (error) {
			for (const { reject } of group) reject(error);
		}
	}
}
