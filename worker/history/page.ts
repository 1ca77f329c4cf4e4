import type { Page } from "../events/protocol/views";

/** Lists by cursor: newest first, by a key that never changes, so that a page stays where it was while events arrive. */

export const LIMIT_DEFAULT = 50;
export const LIMIT_MAX = 200;

/** Rows that one page may look at. Behind them the page ends early, with a cursor, so that no filter costs the whole history. */
export const SCAN_MAX = 2_000;

export interface PageQuery {
	/** As the previous page gave it; absent for the newest. */
	cursor?: string | null;
	/** 1 to 200; 50 where it is absent. */
	limit?: number;
}

export function boundLimit(limit: number | undefined): number {
	return limit === undefined || Number.isNaN(limit) ? LIMIT_DEFAULT : Math.min(Math.max(Math.trunc(limit), 1), LIMIT_MAX);
}

/** The numbers in a cursor as opaque text. */
export function writeCursor(...numbers: number[]): string {
	return numbers.map((number) => number.toString(36)).join("-");
}

/**
 * @returns the `count` numbers in a cursor; all infinite where it is absent (everything comes after it); null where it
 * is not one of ours
 */
export function readCursor(cursor: string | null | undefined, count: number): number[] | null {
	if (cursor === null || cursor === undefined || cursor === "") return Array.from({ length: count }, () => Number.MAX_SAFE_INTEGER);
	const parts = cursor.split("-");
	if (parts.length !== count || !parts.every((part) => /^[0-9a-z]{1,11}$/.test(part))) return null;
	const numbers = parts.map((part) => Number.parseInt(part, 36));
	return numbers.every(Number.isSafeInteger) ? numbers : null;
}

/** Some rows of a list, newest first. */
export interface Stretch<T> {
	rows: T[];
	/** Rows above it are all here; below it nobody has looked. 0 where there are no more. */
	floor: number;
}

/**
 * One page out of several stretches, newest first. What lies below a stretch's floor is not known yet, so the page ends
 * at the highest floor.
 */
export function pageOf<T>(stretches: Stretch<T>[], keyOf: (row: T) => number, limit: number): Page<T> {
	const floor = Math.max(0, ...stretches.map((stretch) => stretch.floor));
	const rows = stretches
		.flatMap((stretch) => stretch.rows)
		.filter((row) => keyOf(row) >= floor)
		.sort((a, b) => keyOf(b) - keyOf(a));
	const items = rows.slice(0, limit);
	const last = items.at(-1);
	if (rows.length > limit && last !== undefined) return { items, cursor: writeCursor(keyOf(last)) };
	return { items, cursor: floor > 0 ? writeCursor(floor) : null };
}
