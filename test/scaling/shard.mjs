import { Fifo } from "./events.mjs";

/** Parts of the hash space, the unit that moves between objects; and Executors of one object. */
export const BUCKETS = 256;
const SLOTS = 8;
/** Executions at once in one object's Executors: eight with six outgoing connections each. */
const PARALLEL = 48;
/** Ended events that one settle carries at most. */
const BATCH = 64;
/** What each further event in a settle costs, in units of a request. */
const FURTHER = 0.25;

/** FNV-1a. The Executor slot takes its last bits, so the bucket must take others. */
function hash(text) {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value >>> 0;
}

export const slotOf = (lane) => hash(lane) % SLOTS;

/** The top byte of the hash, stirred once more (the finisher of MurmurHash3). */
export function bucketOf(lane) {
	let value = hash(lane);
	value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
	return ((value ^ (value >>> 16)) >>> 24) % BUCKETS;
}

/**
 * One object: serves one request at a time, numbers what it accepts, runs each of its lanes first in, first out. What
 * a request does happens in one turn, when its service time is over.
 */
export class Shard {
	last = 0;
	busyMs = 0;
	/** Buckets given away: where to. */
	moved = new Map();
	/** Buckets that it may accept for and not yet run, since it has not heard what is pending at the old owner. */
	#unheard = new Set();
	/** Lanes that still have pending events at the old owner. */
	#behind = new Set();
	/** Lanes reported empty before the list that names them came: messages may overtake one another. */
	#emptiedEarly = new Set();
	#lanes = new Map();
	#ready = new Fifo();
	#running = 0;
	#requests = new Fifo();
	#serving = false;
	#slots = Array.from({ length: SLOTS }, () => ({ asking: false, done: [] }));

	/**
	 * @param world the timeline, chance, the model's times, and `tell(shard, message)`
	 * @param checks whether it refuses what is not its own
	 */
	constructor(world, index, owns, checks) {
		this.world = world;
		this.index = index;
		this.owns = owns;
		this.checks = checks;
	}

	get waiting() {
		return this.#requests.length;
	}

	/** Events of its longest lane that have not ended. */
	get longestLane() {
		let longest = 0;
		for (const { line, current } of this.#lanes.values()) longest = Math.max(longest, line.length + (current ? 1 : 0));
		return longest;
	}

	/** Puts a request in line. @param units of service time */
	request(units, work) {
		this.#requests.push({ units, work });
		if (!this.#serving) this.#serve();
	}

	#serve() {
		const { timeline, serviceMs } = this.world;
		const next = this.#requests.shift();
		this.#serving = next !== undefined;
		if (next === undefined) return;
		const ms = serviceMs() * next.units;
		this.busyMs += ms;
		timeline.after(ms, () => {
			next.work();
			this.#serve();
		});
	}

	/** A turn of accepting. @returns the event, or the object that the sender's Worker should ask instead */
	accept(lane) {
		const bucket = bucketOf(lane);
		if (this.checks && !this.owns.has(bucket)) return { ask: this.moved.get(bucket) };
		const event = {
			lane,
			shard: this.index,
			sequence: ++this.last,
			acceptedAt: this.world.timeline.now,
			startedAt: null,
			endedAt: null,
		};
		this.#lane(lane).line.push(event);
		this.#consider(lane);
		return { event };
	}

	/** Step 1, at the new owner: these buckets will come; nothing of them may run yet. */
	prepare(buckets, hold) {
		for (const bucket of buckets) {
			this.owns.add(bucket);
			if (hold) this.#unheard.add(bucket);
		}
	}

	/**
	 * Step 2, at the old owner, in one turn: from here on it accepts nothing for these buckets.
	 * @returns lanes of theirs that still have pending events here
	 */
	close(buckets, to) {
		for (const bucket of buckets) {
			this.owns.delete(bucket);
			this.moved.set(bucket, to);
		}
		const given = new Set(buckets);
		return [...this.#lanes.keys()].filter((lane) => given.has(bucketOf(lane)));
	}

	/** Step 3, at the new owner: what is pending there. All other lanes may run. */
	hear(buckets, pending) {
		for (const lane of pending) if (!this.#emptiedEarly.delete(lane)) this.#behind.add(lane);
		for (const bucket of buckets) this.#unheard.delete(bucket);
		for (const lane of this.#lanes.keys()) this.#consider(lane);
	}

	/** Step 4, at the new owner: a lane has come to its end there. */
	emptied(lane) {
		if (this.#unheard.has(bucketOf(lane))) this.#emptiedEarly.add(lane);
		this.#behind.delete(lane);
		this.#consider(lane);
	}

	#lane(name) {
		let lane = this.#lanes.get(name);
		if (!lane) {
			lane = { name, line: new Fifo(), current: null, listed: false };
			this.#lanes.set(name, lane);
		}
		return lane;
	}

	#consider(name) {
		const lane = this.#lanes.get(name);
		if (!lane || lane.listed || lane.current || lane.line.length === 0) return;
		if (this.#behind.has(name) || this.#unheard.has(bucketOf(name))) return;
		lane.listed = true;
		this.#ready.push(lane);
		this.#dispatch();
	}

	#dispatch() {
		while (this.#running < PARALLEL && this.#ready.length > 0) {
			const lane = this.#ready.shift();
			lane.listed = false;
			lane.current ??= lane.line.shift();
			this.#running++;
			this.#run(lane, lane.current);
		}
	}

	#run(lane, event) {
		const { timeline, hopMs, executionMs, fails } = this.world;
		timeline.after(hopMs, () => {
			event.startedAt ??= timeline.now;
			timeline.after(executionMs(), () => {
				const slot = this.#slots[slotOf(lane.name)];
				slot.done.push({ lane, event, failed: fails() });
				this.#settle(slot);
			});
		});
	}

	/** One settle of a slot is on its way at a time; what ends meanwhile goes with the next. */
	#settle(slot) {
		const { timeline, hopMs } = this.world;
		if (slot.asking || slot.done.length === 0) return;
		slot.asking = true;
		const batch = slot.done.splice(0, BATCH);
		timeline.after(hopMs, () =>
			this.request(1 + (batch.length - 1) * FURTHER, () => {
				for (const { lane, event, failed } of batch) this.#end(lane, event, failed);
				this.#dispatch();
				timeline.after(hopMs, () => {
					slot.asking = false;
					this.#settle(slot);
				});
			}),
		);
	}

	#end(lane, event, failed) {
		const { timeline, retryMs, tell } = this.world;
		this.#running--;
		if (failed) {
			// Its lane waits with it.
			timeline.after(retryMs(), () => {
				lane.listed = true;
				this.#ready.push(lane);
				this.#dispatch();
			});
			return;
		}
		event.endedAt = timeline.now;
		lane.current = null;
		if (lane.line.length > 0) return this.#consider(lane.name);
		this.#lanes.delete(lane.name);
		const to = this.moved.get(bucketOf(lane.name));
		if (to !== undefined) tell(to, (shard) => shard.emptied(lane.name));
	}
}
