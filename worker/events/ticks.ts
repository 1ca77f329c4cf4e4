import { pass } from "../faults";
import { jsonArrival, store } from "./accept";
import { isKept } from "./event-rows";
import { latestNumber, readExecution } from "./execution-rows";
import type { ScheduleState } from "./meta-rows";
import { writeMeta } from "./meta-rows";
import { nextRun } from "./schedule";
import type { SequencerState } from "./state";

const encoder = new TextEncoder();

/** Computes the next run anew after a save. A schedule that was not touched keeps its count from `savedAt`. */
export function reschedule(state: SequencerState, changed: boolean, now: number): void {
	const { settings } = state;
	if (settings === null) return;
	const savedAt = changed || state.schedule.savedAt === 0 ? now : state.schedule.savedAt;
	const nextRunAt = settings.schedule.supported ? nextRun(settings.schedule, now, savedAt) : null;
	save(state, { ...state.schedule, savedAt, nextRunAt });
}

/**
 * Makes the event of a schedule that is due. A tick is skipped, and counted, while the previous one is pending; so
 * ticks that fall into a pause merge into one held event, and those that a standstill missed into one late one.
 *
 * @param now epoch ms
 * @returns true where an event was made
 */
export function tick(state: SequencerState, now: number): boolean {
	const { settings, schedule } = state;
	if (settings === null || schedule.nextRunAt === null || schedule.nextRunAt > now) return false;
	const dueAt = schedule.nextRunAt;
	const nextRunAt = nextRun(settings.schedule, now, schedule.savedAt);
	if (schedule.lastTickSequence !== null && isPending(state, schedule.lastTickSequence)) {
		save(state, { ...schedule, nextRunAt, skipped: schedule.skipped + 1, lastSkippedAt: dueAt });
		return false;
	}
	const body = encoder.encode(JSON.stringify({ scheduledAt: new Date(dueAt).toISOString() }));
	const arrival = jsonArrival(settings, body.buffer as ArrayBuffer);
	if (FAULTS) pass("tick.before_store");
	const { sequence } = store(state, settings.integrationId, "schedule", arrival, now);
	if (FAULTS) pass("tick.after_store");
	save(state, { ...schedule, nextRunAt, lastTickAt: dueAt, lastTickSequence: sequence });
	return true;
}

function isPending(state: SequencerState, sequence: number): boolean {
	const row = readExecution(state.sql, sequence, latestNumber(state.sql, sequence));
	return row === null ? isKept(state.sql, sequence) : row.endedAt === null;
}

function save(state: SequencerState, schedule: ScheduleState): void {
	state.schedule = schedule;
	writeMeta(state.sql, "schedule", schedule);
}
