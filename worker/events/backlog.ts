/**
 * Who is next: the events that wait for an Executor, in memory, ordered by the rules of their lanes. Pure: no storage
 * and no clock. The Sequencer refills it from its rows and never holds more than a window of them here.
 *
 * The order: a lane is first in, first out, and gives nothing more while one of its events is held (claimed, waiting
 * for a retry, or blocking it). Events without a lane come in the order of their numbers, any number at a time.
 */

/** Executors an integration may have. */
export const SLOTS = 8;

export interface Entry {
	sequence: number;
	/** Which execution of the event; from 1. */
	number: number;
	/** Bytes of its body. */
	size: number;
	lane: string | null;
	/** Run by a person: goes ahead even while the integration is paused. */
	manual: boolean;
	/** Has an execution row: a journal, a wait or a replay came before. */
	begun: boolean;
	/**
	 * Run by a person while paused: it stands in no lane, so as to pass what is held there, but goes only while nothing of
	 * this one runs, waits for a retry or blocks, and holds it meanwhile. Not known any more after a restart.
	 */
	beside?: string | null;
}

interface Lane {
	name: string;
	entries: Fifo<Entry>;
	/** Entries that keep it from giving more: claimed ones, one that waits for a retry, one that blocks it. */
	holders: number;
	/** Stands in the list of lanes that can give an entry. */
	listed: boolean;
}

export class Backlog {
	readonly #unordered = new Fifo<Entry>();
	readonly #manual = new Fifo<Entry>();
	readonly #lanes = new Map<string, Lane>();
	readonly #ready = new Fifo<Lane>();
	#size = 0;

	/** Entries held in memory. */
	get size(): number {
		return this.#size;
	}

	/** Entries that could be taken now, runs by hand left aside; a lane counts as one. */
	get ready(): number {
		return this.#unordered.length + this.#ready.length;
	}

	/** Runs by hand that could be taken now. */
	get manual(): number {
		let count = 0;
		for (const entry of this.#manual) if (this.#isFree(entry.beside)) count++;
		return count;
	}

	add(entry: Entry, where: "last" | "first" = "last"): void {
		this.#size++;
		if (entry.lane === null) {
			const line = entry.manual ? this.#manual : this.#unordered;
			if (where === "first") line.unshift(entry);
			else line.push(entry);
			return;
		}
		const lane = this.#lane(entry.lane);
		if (where === "first") lane.entries.unshift(entry);
		else lane.entries.push(entry);
		this.#list(lane);
	}

	/**
	 * Takes up to `count` entries of at most `bytes` together (one at least), each of which holds its lane: lanes in turn,
	 * then what has none, oldest first. While paused only what people ran by hand is taken.
	 *
	 * @param run entries of one lane at most, next to each other; fewer where other lanes wait for their turn
	 */
	take(count: number, bytes: number, paused: boolean, run = 1): Entry[] {
		const taken: Entry[] = [];
		let room = bytes;
		const fits = (entry: Entry | undefined): entry is Entry =>
			entry !== undefined && taken.length < count && (taken.length === 0 || entry.size <= room);
		const keep = (entry: Entry): void => {
			taken.push(entry);
			room -= entry.size;
		};
		for (;;) {
			const next = this.#manual.find((entry) => this.#isFree(entry.beside));
			if (!fits(next)) break;
			this.#manual.remove((entry) => entry === next);
			this.hold(next.beside ?? null);
			keep(next);
		}
		if (!paused) {
			const ready = this.#ready;
			const each = Math.max(1, Math.min(run, Math.floor(count / (ready.length || 1))));
			for (let lane = ready.first; lane; lane = ready.first) {
				const entry = lane.holders > 0 ? undefined : lane.entries.first;
				if (entry && !fits(entry)) break;
				ready.shift();
				lane.listed = false;
				if (!entry) continue; // held, or its entries were taken out one by one
				for (; lane.holders < each && fits(lane.entries.first); lane.holders++) keep(lane.entries.shift());
			}
			while (fits(this.#unordered.first)) keep(this.#unordered.shift());
		}
		this.#size -= taken.length;
		return taken;
	}

	/** Keeps a lane from giving entries: one of its events is claimed, waits for a retry or blocks it. */
	hold(name: string | null): void {
		if (name === null) return;
		this.#lane(name).holders++;
	}

	/** One of the events that held a lane has ended, or was put back: with the last of them the lane goes on. */
	release(name: string | null): void {
		if (name === null) return;
		const lane = this.#lanes.get(name);
		if (!lane) return;
		lane.holders = Math.max(0, lane.holders - 1);
		if (lane.holders > 0) return;
		if (lane.entries.length === 0) this.#lanes.delete(name);
		else this.#list(lane);
	}

	/** Entries of a lane in line here. */
	laneLength(name: string): number {
		return this.#lanes.get(name)?.entries.length ?? 0;
	}

	/** Takes one entry out, wherever it stands; null where it is not here. */
	remove(sequence: number, number: number): Entry | null {
		const wanted = (entry: Entry): boolean => entry.sequence === sequence && entry.number === number;
		for (const line of [this.#unordered, this.#manual, ...[...this.#lanes.values()].map((lane) => lane.entries)]) {
			const entry = line.remove(wanted);
			if (!entry) continue;
			this.#size--;
			return entry;
		}
		return null;
	}

	/** The lowest sequence that waits here for its first execution, or null. */
	lowest(): number | null {
		let lowest: number | null = null;
		for (const line of [this.#unordered, this.#manual, ...[...this.#lanes.values()].map((lane) => lane.entries)]) {
			for (const entry of line) {
				if (entry.number === 1 && (lowest === null || entry.sequence < lowest)) lowest = entry.sequence;
			}
		}
		return lowest;
	}

	#isFree(name: string | null | undefined): boolean {
		return !name || (this.#lanes.get(name)?.holders ?? 0) === 0;
	}

	#lane(name: string): Lane {
		let lane = this.#lanes.get(name);
		if (!lane) {
			lane = { name, entries: new Fifo(), holders: 0, listed: false };
			this.#lanes.set(name, lane);
		}
		return lane;
	}

	#list(lane: Lane): void {
		if (lane.listed || lane.holders > 0 || lane.entries.length === 0) return;
		lane.listed = true;
		this.#ready.push(lane);
	}
}

/** FNV-1a over UTF-16 units, 32 bits: spread, not secrecy (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashOf(lane: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < lane.length; i++) hash = Math.imul(hash ^ lane.charCodeAt(i), 0x01000193);
	return hash >>> 0;
}

/** A queue whose `shift` does not move the rest. */
class Fifo<T> implements Iterable<T> {
	#items: T[] = [];
	#head = 0;

	get length(): number {
		return this.#items.length - this.#head;
	}

	get first(): T | undefined {
		return this.#items[this.#head];
	}

	push(item: T): void {
		this.#items.push(item);
	}

	/** @throws RangeError when empty */
	shift(): T {
		if (this.length === 0) throw new RangeError("nothing to take");
		const item = this.#items[this.#head] as T;
		this.#head++;
		if (this.#head === this.#items.length || this.#head > 4096) {
			this.#items = this.#items.slice(this.#head);
			this.#head = 0;
		}
		return item;
	}

	unshift(item: T): void {
		if (this.#head > 0) this.#items[--this.#head] = item;
		else this.#items.unshift(item);
	}

	find(wanted: (item: T) => boolean): T | undefined {
		for (const item of this) if (wanted(item)) return item;
		return undefined;
	}

	remove(wanted: (item: T) => boolean): T | null {
		for (let i = this.#head; i < this.#items.length; i++) {
			const item = this.#items[i] as T;
			if (!wanted(item)) continue;
			this.#items.splice(i, 1);
			return item;
		}
		return null;
	}

	*[Symbol.iterator](): Iterator<T> {
		for (let i = this.#head; i < this.#items.length; i++) yield this.#items[i] as T;
	}
}
