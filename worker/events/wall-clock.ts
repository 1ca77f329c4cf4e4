/**
 * What clocks on the wall show in a time zone. A wall time is written as the epoch milliseconds that it would be in UTC,
 * so that it can be counted with; it is no moment until a zone says which.
 */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const FORMATS_KEPT = 50;
const formats = new Map<string, Intl.DateTimeFormat>();

/** True for an IANA name that this runtime knows. */
export function isTimeZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false; // Intl knows `+02:00` too, which has no daylight-saving changes to follow
	try {
		return formatOf(name) !== null;
	} catch {
		return false;
	}
}

/** Milliseconds to add to UTC for the zone's wall time at the moment `at` (epoch ms). Throws RangeError for an unknown zone. */
export function offsetAt(at: number, timeZone: string): number {
	const whole = Math.floor(at / 1000) * 1000;
	const shown: Record<string, number> = {};
	for (const { type, value } of formatOf(timeZone).formatToParts(whole)) shown[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
	return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

export function wallAt(at: number, timeZone: string): number {
	return at + offsetAt(at, timeZone);
}

/**
 * The moments (epoch ms, in order) at which clocks show `wall`: one; two where clocks are put back; where they are put
 * forward over it, the one that is as much later as they skip (02:30 becomes 03:30).
 */
export function momentsOf(wall: number, timeZone: string): [first: number, second?: number] {
	const before = offsetAt(wall - DAY, timeZone);
	const after = offsetAt(wall + DAY, timeZone);
	const early = wall - before;
	const late = wall - after;
	const shownEarly = offsetAt(early, timeZone) === before;
	const shownLate = offsetAt(late, timeZone) === after;
	if (before === after || !shownLate) return [early];
	if (!shownEarly) return [late];
	return early < late ? [early, late] : [late, early];
}

/** How much clocks change within a day of `at`, in milliseconds: 0 on all but a few days of the year. */
export function changeAround(at: number, timeZone: string): number {
	return Math.abs(offsetAt(at + DAY, timeZone) - offsetAt(at - DAY, timeZone));
}

/** Reads `2026-11-21T05:55`; null where there is no such day. */
export function readWall(text: string): number | null {
	const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text);
	const wall = match === null ? Number.NaN : Date.parse(`${text}:00Z`);
	return Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== text ? null : wall;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const kept = formats.get(timeZone);
	if (kept !== undefined) return kept;
	const format = new Intl.DateTimeFormat("en-US", {
		timeZone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	if (formats.size >= FORMATS_KEPT) formats.clear();
	formats.set(timeZone, format);
	return format;
}
