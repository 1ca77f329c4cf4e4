import { Cron } from "croner";
import cronstrue from "cronstrue";
import type { ScheduleSettings } from "../integrations/settings";
import { changeAround, DAY, HOUR, isTimeZone, MINUTE, momentsOf, readWall, wallAt } from "./wall-clock";

/**
 * When a schedule is due. Periodic runs are counted from `activateOn` in steps of elapsed time. Daily and cron runs
 * follow the clock on the wall: a time that is skipped runs once, as much later as clocks skip; a time that comes twice
 * runs at its first. A cron for every hour of the day runs in the repeated hour too, since a gap there would surprise.
 */

export type ScheduleCheck = { ok: true } | { ok: false; field: "every" | "activateOn" | "at" | "cron" | "timeZone"; message: string };

/** A cron that has not occurred in the years after this moment never will. */
const SOME_MOMENT = Date.UTC(2024, 0, 1);

/** Says which field of a schedule cannot be, whether the schedule is enabled or not. Shapes are checked by `scheduleSchema`. */
export function checkSchedule(schedule: ScheduleSettings): ScheduleCheck {
	if (!isTimeZone(schedule.timeZone)) {
		return { ok: false, field: "timeZone", message: `“${schedule.timeZone}” is not a time zone. Use a name such as Europe/Warsaw.` };
	}
	if (schedule.kind === "periodic" && schedule.activateOn !== null && readWall(schedule.activateOn) === null) {
		return { ok: false, field: "activateOn", message: "There is no such date and time." };
	}
	if (schedule.kind === "daily" && readTime(schedule.at) === null) {
		return { ok: false, field: "at", message: "Write the time as HH:MM, from 00:00 to 23:59." };
	}
	return schedule.kind === "cron" ? checkCron(schedule.cron) : { ok: true };
}

/**
 * The first run strictly after `after`.
 * @param after epoch ms
 * @param savedAt epoch ms of the save; the start of a periodic schedule without `activateOn`
 * @returns epoch ms; null where the schedule is disabled or does not pass `checkSchedule`
 */
export function nextRun(schedule: ScheduleSettings, after: number, savedAt: number): number | null {
	if (!schedule.enabled || !checkSchedule(schedule).ok) return null;
	switch (schedule.kind) {
		case "periodic":
			return nextPeriodic(schedule, after, savedAt);
		case "daily":
			return nextOnWall((wall) => nextDaily(readTime(schedule.at) ?? 0, wall), schedule.timeZone, after, false);
		case "cron": {
			const cron = parseCron(schedule.cron);
			const everyHour = EVERY_HOUR.test(fieldsOf(schedule.cron)[1] ?? "");
			return nextOnWall((wall) => cron.nextRun(new Date(wall))?.getTime() ?? null, schedule.timeZone, after, everyHour);
		}
	}
}

/** The next `count` runs after `after`, in order; fewer where there are no more. */
export function nextRuns(schedule: ScheduleSettings, after: number, savedAt: number, count: number): number[] {
	const runs: number[] = [];
	for (let at = nextRun(schedule, after, savedAt); at !== null && runs.length < count; at = nextRun(schedule, at, savedAt)) runs.push(at);
	return runs;
}

/** The schedule as a sentence: `Every 2 hours from 21 November 2026, 05:55 (Europe/Warsaw).` `locale` shapes the date. */
export function describeSchedule(schedule: ScheduleSettings, locale = "en-GB"): string {
	const zone = `(${schedule.timeZone})`;
	switch (schedule.kind) {
		case "periodic":
			return `${describePeriod(schedule)} ${describeStart(schedule.activateOn, locale)} ${zone}.`;
		case "daily":
			return `Every day at ${schedule.at} ${zone}.`;
		case "cron":
			return `${describeCron(schedule.cron)} ${zone}.`;
	}
}

function nextPeriodic(schedule: ScheduleSettings, after: number, savedAt: number): number {
	const wall = schedule.activateOn === null ? null : readWall(schedule.activateOn);
	const start = wall === null ? Math.floor(savedAt / MINUTE) * MINUTE : momentsOf(wall, schedule.timeZone)[0];
	if (after < start) return start;
	const step = schedule.every * (schedule.unit === "hours" ? HOUR : MINUTE);
	return start + (Math.floor((after - start) / step) + 1) * step;
}

/**
 * @param nextWall the first matching wall time strictly after another, or null
 * @param twice whether a wall time that comes twice counts both times
 */
function nextOnWall(nextWall: (wall: number) => number | null, timeZone: string, after: number, twice: boolean): number | null {
	const change = changeAround(after, timeZone);
	const from = Math.floor(wallAt(after, timeZone) / MINUTE) * MINUTE - change;
	let best: number | null = null;
	for (let wall = nextWall(from - MINUTE); wall !== null; wall = nextWall(wall)) {
		const [first, second] = momentsOf(wall, timeZone);
		const moment = first > after ? first : twice && second !== undefined && second > after ? second : null;
		if (moment !== null && (best === null || moment < best)) best = moment;
		// Around a change wall times and moments are not in the same order: look on until no later wall time can come first.
		if (best !== null && wall >= wallAt(best, timeZone) + change) return best;
	}
	return best;
}

function nextDaily(at: number, wall: number): number {
	const today = Math.floor(wall / DAY) * DAY + at;
	return today > wall ? today : today + DAY;
}

/** `HH:MM` in milliseconds since midnight. */
function readTime(text: string): number | null {
	const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
	return match === null ? null : Number(match[1]) * HOUR + Number(match[2]) * MINUTE;
}

const EVERY_HOUR = /^(\*|0-23)(\/1)?$/;

function fieldsOf(cron: string): string[] {
	return cron.trim().split(/\s+/);
}

function parseCron(cron: string): Cron {
	return new Cron(fieldsOf(cron).join(" "), { paused: true, mode: "5-part", timezone: "UTC" });
}

function checkCron(text: string): ScheduleCheck {
	const refused = (message: string): ScheduleCheck => ({ ok: false, field: "cron", message });
	const fields = fieldsOf(text);
	if (fields.length !== 5) {
		return refused("A cron expression has five fields: minute, hour, day of month, month, day of week. Example: 0 9 * * 1-5");
	}
	if (text.includes("?")) return refused("Write * instead of ?.");
	try {
		if (parseCron(text).nextRun(new Date(SOME_MOMENT)) === null) return refused("This never occurs.");
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
		return refused(`This is not a cron expression. ${reason}`);
	}
	return { ok: true };
}

function describePeriod({ every, unit }: ScheduleSettings): string {
	return every === 1 ? `Every ${unit.slice(0, -1)}` : `Every ${every} ${unit}`;
}

function describeStart(activateOn: string | null, locale: string): string {
	const wall = activateOn === null ? null : readWall(activateOn);
	if (wall === null) return "from the moment it is saved";
	const date = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(wall);
	return `from ${date}, ${new Date(wall).toISOString().slice(11, 16)}`;
}

function describeCron(cron: string): string {
	try {
		return cronstrue.toString(fieldsOf(cron).join(" "), { use24HourTimeFormat: true });
	} catch {
		return `Cron ${cron}`;
	}
}
