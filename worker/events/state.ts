import type { VaultKeys } from "../connections/vault";
import type { SequencerSettings } from "../integrations/settings";
import { Backlog, type Entry } from "./backlog";
import { bytesAfter, countFresh, freshEntries, lastSequence, newestReceivedAt, readEvent } from "./event-rows";
import { noteQueued, openExecutions } from "./execution-rows";
import { firstCallDue } from "./failure-calls";
import { blockedLanes, park, parkedLanes, removeParked, unpark } from "./lane-rows";
import { readLeases } from "./lease-rows";
import { LEASE_MS, makeSlots, type Slot } from "./leases";
import { type Counts, readMeta, type ScheduleState, writeMeta } from "./meta-rows";
import type { EventRecord } from "./protocol/lease";
import { executionKey } from "./schema";
import { anySealed } from "./sealed";
import type { Shelves } from "./shelves";
import { TokenBucket } from "./token-bucket";
import { loadTroubles } from "./troubles";

/** How much of the line is held in memory; the rest stays on disk until there is room. */
export interface Windows {
	/** Entries at most. */
	entries: number;
	/** Rows read at a time to fill it. */
	refill: number;
	/** Entries of one lane at most, so that a lane which is long or blocked leaves the window to the others. */
	lane: number;
	/** Entries of a lane below which its parked ones are brought in. */
	laneLow: number;
}

const WINDOWS: Windows = { entries: 20_000, refill: 2_000, lane: 1_000, laneLow: 100 };
/** Events settled between two notes of how far everything is settled: what a restart reads again at most, beside the window. */
const SETTLED_THROUGH_EVERY = 4_096;

/** Bytes of just accepted events kept at hand for the Executor that will ask for them in a moment. */
const RECENT_MAX_BYTES = 4 * 1024 * 1024;
/** What an event takes in memory beside what it takes on disk. */
const RECENT_OVERHEAD_BYTES = 1024;

export interface Waiting {
	entry: Entry;
	dueAt: number;
}

/**
 * All that a Sequencer knows of its integration: the rows' meaning, held in memory while the object lives and put
 * together again from the rows when it starts. Whoever writes a row changes the state in the same turn.
 */
export class SequencerState {
	readonly backlog = new Backlog();
	readonly slots: Slot[] = makeSlots();
	readonly waiting = new Map<number, Waiting>();
	/** When the first of them is due; may be early after one was taken out, never late. Epoch ms. */
	nextDue: number | null = null;
	/** Keys of running executions that a person cancelled: their Executor is told at its next call. */
	readonly cancelled = new Set<number>();
	/** How often the Executor of an execution was lost, by key; see `interruptions.ts`. */
	readonly interruptions = new Map<number, number>();
	settings: SequencerSettings | null = null;
	/** Whether events are masked, or some are still sealed. */
	guards = false;
	/** Deliveries that may come now, where the endpoint has a rate. */
	arrivals: TokenBucket | null = null;
	/** Deliveries that may be turned down now, by the same rate: a forger's take nothing from the sender's. */
	refusals: TokenBucket | null = null;
	/** Questions that may be answered now: handshakes, and whether the URL is there. */
	questions: TokenBucket | null = null;
	/** Executions that may begin now, where the integration has a rate. */
	starts: TokenBucket | null = null;
	/** Set when the integration was deleted: the workspace it belonged to. */
	removedFrom: { workspaceId: string; revision: number } | null = null;
	schedule: ScheduleState = { savedAt: 0, nextRunAt: null, lastTickAt: null, lastTickSequence: null, skipped: 0, lastSkippedAt: null };
	/** What is kept of deliveries that made no event; null until one is kept, and after a row changed otherwise. */
	shelves: Shelves | null = null;
	counts: Counts = emptyCounts();
	last = 0;
	lastReceivedAt: number | null = null;
	/** When the first call of the integration that runs at a failure is due, in epoch ms; null where none is. */
	callsDueAt: number | null = null;
	/** The event that came first among those whose first execution ended since the last report of figures. */
	oldestEnded: { sequence: number; endedAt: number } | null = null;
	/** Every event at or below it has an execution row. Behind the truth, never ahead of it. */
	settledThrough = 0;
	#loadedThrough = 0;
	/** Entries of a lane that stand on disk behind those in memory. */
	#parked = new Map<string, number>();
	#replays = 0;
	readonly #recent = new Map<number, { event: EventRecord; bytes: number }>();
	#recentBytes = 0;
	#settledSince = 0;

	/** @param windows smaller in tests, so that a few events pass every edge */
	constructor(
		readonly sql: SqlStorage,
		readonly windows = WINDOWS,
		/** What full events are sealed with, where the integration masks them. */
		readonly keys: VaultKeys = "",
	) {}

	/** @param now epoch ms */
	load(now: number): void {
		const settings = readMeta(this.sql, "settings");
		if (settings === null) return;
		if ("removed" in settings) {
			this.removedFrom = settings;
			return;
		}
		this.guards = anySealed(this.sql);
		this.apply(settings);
		this.counts = readMeta(this.sql, "counts") ?? emptyCounts();
		this.schedule = readMeta(this.sql, "schedule") ?? this.schedule;
		// The newest events may have gone; their numbers are not given again.
		this.last = Math.max(lastSequence(this.sql), this.counts.bytesThrough);
		this.lastReceivedAt = newestReceivedAt(this.sql);
		this.counts.bytes += bytesAfter(this.sql, this.counts.bytesThrough);
		this.counts.bytesThrough = this.last;
		loadTroubles(this);
		this.callsDueAt = firstCallDue(this.sql);
		this.#parked = parkedLanes(this.sql);
		for (const { slot, token, entries } of readLeases(this.sql)) {
			const held = this.slots[slot];
			if (!held) continue;
			held.lease = { token, until: now + LEASE_MS, entries };
			for (const entry of entries.values()) this.backlog.hold(entry.lane);
		}
		for (const { entry, status, dueAt, place } of openExecutions(this.sql)) {
			if (this.isLeased(entry)) continue;
			if (status === "waiting") {
				this.backlog.hold(entry.lane);
				this.wait(entry, dueAt ?? now);
			} else if (place !== null) this.#park(entry, place);
			else this.backlog.add(entry);
		}
		for (const { lane } of blockedLanes(this.sql)) this.backlog.hold(lane);
		this.settledThrough = readMeta(this.sql, "settledThrough") ?? 0;
		this.#loadedThrough = this.settledThrough;
		this.refill();
		for (const lane of this.#parked.keys()) this.#bringIn(lane);
	}

	/** Takes over settings. A rate that stays the same keeps its count. */
	apply(settings: SequencerSettings): void {
		this.settings = settings;
		this.guards ||= Boolean(settings.webhook.redaction);
		const { ratePerSecond } = settings.webhook;
		this.arrivals = bucketOf(ratePerSecond, this.arrivals);
		this.refusals = bucketOf(ratePerSecond, this.refusals);
		this.questions = bucketOf(ratePerSecond, this.questions);
		this.starts = bucketOf(settings.ordering.startsPerSecond, this.starts);
	}

	/** Events that have not ended, by the rule that what is not counted as ended is pending. */
	get pending(): number {
		const { succeeded, failed, filtered, cancelled } = this.counts.ended;
		return this.last - succeeded - failed - filtered - cancelled;
	}

	get paused(): boolean {
		return this.settings?.status === "paused";
	}

	/** Takes note of an event that was just written. @param bytes that its row takes */
	admit(entry: Entry, receivedAt: number, bytes: number): void {
		const contiguous = this.#loadedThrough === entry.sequence - 1;
		this.last = entry.sequence;
		this.lastReceivedAt = receivedAt;
		this.counts.bytes += bytes;
		this.counts.bytesThrough = entry.sequence;
		if (!contiguous || this.backlog.size >= this.windows.entries) return;
		this.#loadedThrough = entry.sequence;
		this.enqueue(entry, entry.sequence);
	}

	/** Puts an entry last in its line. @param place the sequence, or `placeOfReplay` */
	enqueue(entry: Entry, place: number): void {
		const { lane } = entry;
		if (lane !== null && (this.#parked.has(lane) || this.backlog.laneLength(lane) >= this.windows.lane)) this.#park(entry, place);
		else this.backlog.add(entry);
	}

	/** A replay stands behind all events that came before it, and before all that come after. */
	placeOfReplay(): number {
		return this.last + 1 - 1 / (++this.#replays + 1);
	}

	/** Lets a lane go on with what it has parked, unless another of its events holds it as well. */
	release(lane: string | null): void {
		if (lane === null) return;
		this.#bringIn(lane);
		this.backlog.release(lane);
	}

	/** How many entries wait in a lane, in memory and parked. */
	laneLength(lane: string): number {
		return this.backlog.laneLength(lane) + (this.#parked.get(lane) ?? 0);
	}

	/** Takes an entry out of the line in memory, and brings in what its lane has parked behind it; null where it is not there. */
	remove(sequence: number, number: number): Entry | null {
		const entry = this.backlog.remove(sequence, number);
		if (entry?.lane) this.#bringIn(entry.lane);
		return entry;
	}

	/** Takes an entry out of its lane's parked ones; false where it is not among them. */
	unparkOne(lane: string, key: number): boolean {
		if (!removeParked(this.sql, lane, key)) return false;
		this.#countParked(lane, -1);
		return true;
	}

	#park(entry: Entry, place: number): void {
		if (entry.lane === null) return;
		if (park(this.sql, entry, place)) this.#countParked(entry.lane, 1);
	}

	#bringIn(lane: string): void {
		if (!this.#parked.has(lane) || this.backlog.laneLength(lane) >= this.windows.laneLow) return;
		const entries = unpark(this.sql, lane, Math.ceil(this.windows.lane / 2));
		for (const entry of entries) {
			if (entry.number === 1 && entry.sequence <= this.settledThrough) noteQueued(this.sql, entry);
			this.backlog.add(entry);
		}
		this.#countParked(lane, -entries.length);
	}

	#countParked(lane: string, by: number): void {
		const count = (this.#parked.get(lane) ?? 0) + by;
		if (count > 0) this.#parked.set(lane, count);
		else this.#parked.delete(lane);
	}

	/** Keeps an event that was just written at hand, while there is room. @param onDisk the bytes that its row takes */
	remember(event: EventRecord, onDisk: number): void {
		const bytes = onDisk + RECENT_OVERHEAD_BYTES;
		if (this.#recentBytes + bytes > RECENT_MAX_BYTES) return;
		this.#recentBytes += bytes;
		this.#recent.set(event.sequence, { event, bytes });
	}

	/** An event as it was accepted, from memory the first time it is asked for, else from its row. */
	recall(sequence: number, id: string): EventRecord | null {
		const recent = this.#recent.get(sequence);
		if (!recent) return readEvent(this.sql, sequence, id);
		this.#recent.delete(sequence);
		this.#recentBytes -= recent.bytes;
		return recent.event;
	}

	/** Brings in what waits on disk while there is room. */
	refill(): void {
		while (this.#loadedThrough < this.last && this.backlog.size < this.windows.entries / 2) {
			const { entries, through } = freshEntries(this.sql, this.#loadedThrough, this.windows.refill);
			if (through === this.#loadedThrough) {
				this.#loadedThrough = this.last;
				return;
			}
			for (const entry of entries) if (!this.isLeased(entry)) this.enqueue(entry, entry.sequence);
			this.#loadedThrough = through;
		}
	}

	/** An entry that holds its lane waits, and goes on holding it. */
	wait(entry: Entry, dueAt: number): void {
		this.waiting.set(executionKey(entry.sequence, entry.number), { entry, dueAt });
		this.nextDue = Math.min(this.nextDue ?? dueAt, dueAt);
	}

	/** Puts an entry back where it came from: in front, its lane free to give it again. */
	giveBack(entry: Entry): void {
		this.backlog.add(entry, "first");
		this.release(laneHeldBy(entry));
	}

	isLeased(entry: Entry): boolean {
		const key = executionKey(entry.sequence, entry.number);
		return this.slots.some((slot) => slot.lease?.entries.has(key));
	}

	/** Writes the counts, once for each batch that changed them. */
	saveCounts(settled: number): void {
		writeMeta(this.sql, "counts", this.counts);
		this.#settledSince += settled;
		if (this.#settledSince < SETTLED_THROUGH_EVERY) return;
		this.#settledSince = 0;
		this.saveSettledThrough();
	}

	saveSettledThrough(): void {
		let lowest = this.backlog.lowest() ?? this.#loadedThrough + 1;
		for (const { lease } of this.slots) {
			for (const entry of lease?.entries.values() ?? []) if (entry.number === 1) lowest = Math.min(lowest, entry.sequence);
		}
		const through = Math.min(lowest, this.#loadedThrough + 1) - 1;
		if (through === this.settledThrough) return;
		this.settledThrough = through;
		writeMeta(this.sql, "settledThrough", through);
	}

	/** Pending events counted where they are: in line, parked, waiting, in an Executor's hands, or on disk beyond the window. */
	countPending(): number {
		const leased = this.slots.reduce((sum, { lease }) => sum + (lease?.entries.size ?? 0), 0);
		let parked = 0;
		for (const count of this.#parked.values()) parked += count;
		return this.backlog.size + parked + this.waiting.size + leased + countFresh(this.sql, this.#loadedThrough);
	}
}

/** The lane that an entry holds while it runs or waits: its own, or the one beside which it was run. */
export const laneHeldBy = ({ lane, beside = null }: Entry): string | null => lane ?? beside;

function bucketOf(perSecond: number | null, before: TokenBucket | null): TokenBucket | null {
	if (perSecond === null) return null;
	return before?.perSecond === perSecond ? before : new TokenBucket(perSecond);
}

export function emptyCounts(): Counts {
	return {
		duplicate: 0,
		bySource: { schedule: 0, poll: 0, manual: 0, call: 0 },
		ended: { succeeded: 0, failed: 0, filtered: 0, cancelled: 0 },
		rejected: 0,
		turnedAway: 0,
		bytes: 0,
		bytesThrough: 0,
		lastExecutionAt: null,
		lastExecutionStatus: null,
	};
}
