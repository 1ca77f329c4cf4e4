import { deleteSlice, goesAt, oldestAllowed, oldestReceivedAt } from "../history/retention";
import { dropEmptyPart, indexedThrough, indexSlice } from "../history/search-index";
import { RETENTION } from "../integrations/settings";
import { tokenFields } from "../integrations/verification";
import { forgetKeys } from "./delivery-rows";
import type { SequencerState } from "./state";

/**
 * What a Sequencer does for its history when the alarm comes: it deletes what is too old or too much, and takes new
 * events into the index of words. Small slices with pauses in between, so that nobody waits for it.
 */

/** Between two slices, while there is more. */
const PAUSE_MS = 25;
/** Events are indexed this long after they came, many together. */
const INDEX_DELAY_MS = 2_000;
/** While events come and end faster than so many a second, a slice a second has to do. */
const BUSY_PER_SECOND = 100;
const BUSY_PAUSE_MS = 1_000;
/** Keys of duplicates whose window is over, forgotten at a time: more than a slice of the index has events. */
const FORGOTTEN_KEYS = 200;
/** From one look at all events for what is too much, or too old, to the next. */
const TOO_MUCH_REST_MS = 60_000;
const TOO_OLD_REST_MS = 60 * 60_000;

export class Upkeep {
	readonly #index = new Indexing();
	readonly #retention = new Retaining();

	/** @param notBefore epoch ms before which nothing is done, after a failure */
	constructor(readonly notBefore = 0) {}

	/** When it has something to do, in epoch ms; null for nothing. @param now epoch ms */
	dueAt(state: SequencerState, now: number): number | null {
		if (state.settings === null || state.last === 0) return null;
		const index = this.#index.dueAt(state, now);
		const retention = this.#retention.dueAt(state, now);
		return Math.max(this.notBefore, index === null || retention < index ? retention : index);
	}

	/** Does one slice of what is due. @returns whether the kept bytes changed */
	run(state: SequencerState, now: number): boolean {
		if (state.settings === null || state.last === 0 || now < this.notBefore) return false;
		this.#index.run(state, now);
		forgetKeys(state.sql, now, FORGOTTEN_KEYS);
		return this.#retention.run(state, now);
	}
}

/** When the index of words goes on: behind new events by seconds, and slowly while many come. */
class Indexing {
	#through: number | null = null;
	#nextAt: number | null = null;
	#seen = { changes: 0, at: 0 };

	dueAt(state: SequencerState, now: number): number | null {
		this.#through ??= indexedThrough(state.sql);
		if (this.#through >= state.last) return null;
		this.#nextAt ??= now + INDEX_DELAY_MS;
		return this.#nextAt;
	}

	run(state: SequencerState, now: number): void {
		const due = this.dueAt(state, now);
		if (due === null || due > now) return;
		this.#through = indexSlice(state.sql, state.last, state.settings && tokenFields(state.settings.webhook.verification));
		this.#nextAt = this.#through < state.last ? now + (this.#isBusy(state, now) ? BUSY_PAUSE_MS : PAUSE_MS) : null;
	}

	#isBusy(state: SequencerState, now: number): boolean {
		const changes = 2 * state.last - state.pending;
		const { changes: before, at } = this.#seen;
		this.#seen = { changes, at: now };
		return at > 0 && changes - before > (BUSY_PER_SECOND * Math.max(now - at, PAUSE_MS)) / 1_000;
	}
}

/** When events are deleted: pass after pass over all of them, each in slices, with a rest between two passes. */
class Retaining {
	/** How far this pass has come; null between two. */
	#through: number | null = null;
	#nextAt = 0;
	#passedAt = Number.NEGATIVE_INFINITY;
	/** When the first event came that was not too old at the last look, in epoch ms; 0 where an old one had to stay. */
	#oldestAt: number | null = null;
	#passedOver = false;

	dueAt(state: SequencerState, now: number): number {
		if (this.#through !== null) return this.#nextAt;
		const { days, bytes } = state.settings?.retention ?? RETENTION;
		this.#oldestAt ??= oldestReceivedAt(state.sql) ?? now;
		const tooOldAt = Math.max(goesAt(this.#oldestAt, days), this.#passedAt + TOO_OLD_REST_MS);
		return state.counts.bytes > bytes ? Math.min(tooOldAt, Math.max(now, this.#passedAt + TOO_MUCH_REST_MS)) : tooOldAt;
	}

	run(state: SequencerState, now: number): boolean {
		if (this.dueAt(state, now) > now) return false;
		const { days, bytes } = state.settings?.retention ?? RETENTION;
		const slice = deleteSlice(state.sql, this.#through ?? 0, oldestAllowed(now, days), state.counts.bytes - bytes);
		const dropped = dropEmptyPart(state.sql);
		if (slice.deleted > 0) {
			state.counts.bytes -= slice.bytes;
			state.saveCounts(0);
		}
		this.#passedOver ||= slice.passedOver;
		this.#through = slice.through;
		this.#nextAt = now + PAUSE_MS;
		if (slice.end !== null && !dropped) {
			this.#through = null;
			this.#passedAt = now;
			this.#oldestAt = this.#passedOver ? 0 : (slice.end.oldestAt ?? now);
			this.#passedOver = false;
		}
		return slice.bytes > 0;
	}
}
