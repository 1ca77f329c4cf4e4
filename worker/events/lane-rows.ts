import type { Entry } from "./backlog";
import { executionKey, numberOfKey, sequenceOfKey } from "./schema";

/** Rows of lanes: what stands parked in them, and which are blocked. */

/** @returns false where it was parked already, as a replay is that a restart finds in both its rows */
export function park(sql: SqlStorage, entry: Entry, place: number): boolean {
	const rows = sql.exec(
		"INSERT OR IGNORE INTO parked (lane, place, key, size) VALUES (?, ?, ?, ?) RETURNING key",
		entry.lane,
		place,
		executionKey(entry.sequence, entry.number),
		entry.size,
	);
	return rows.toArray().length > 0;
}

/** Takes the first `count` parked entries of a lane out, in order. */
export function unpark(sql: SqlStorage, lane: string, count: number): Entry[] {
	const rows = sql
		.exec<{ place: number; key: number; size: number }>(
			"SELECT place, key, size FROM parked WHERE lane = ? ORDER BY place, key LIMIT ?",
			lane,
			count,
		)
		.toArray();
	const last = rows.at(-1);
	if (last) sql.exec("DELETE FROM parked WHERE lane = ? AND (place, key) <= (?, ?)", lane, last.place, last.key);
	return rows.map(({ key, size }) => ({
		sequence: sequenceOfKey(key),
		number: numberOfKey(key),
		size,
		lane,
		manual: false,
		begun: numberOfKey(key) > 1,
	}));
}

/** Takes one parked entry out; false where it is not parked. */
export function removeParked(sql: SqlStorage, lane: string, key: number): boolean {
	return sql.exec("DELETE FROM parked WHERE lane = ? AND key = ? RETURNING key", lane, key).toArray().length > 0;
}

/** How many entries each lane has parked. */
export function parkedLanes(sql: SqlStorage): Map<string, number> {
	const rows = sql.exec<{ lane: string; count: number }>("SELECT lane, COUNT(*) AS count FROM parked GROUP BY lane").toArray();
	return new Map(rows.map(({ lane, count }) => [lane, count]));
}

export function blockLane(sql: SqlStorage, lane: string, key: number, reason: string, now: number): void {
	sql.exec("INSERT OR REPLACE INTO blocked_lanes (lane, key, reason, blocked_at) VALUES (?, ?, ?, ?)", lane, key, reason, now);
}

/** The lane that an execution blocks, freed; null where it blocks none. */
export function unblockLane(sql: SqlStorage, key: number): string | null {
	return sql.exec<{ lane: string }>("DELETE FROM blocked_lanes WHERE key = ? RETURNING lane", key).toArray()[0]?.lane ?? null;
}

export interface BlockedLane {
	lane: string;
	/** Of the execution that blocks it. */
	key: number;
	blockedAt: number;
}

/** Lanes that wait for a person, longest first. */
export function blockedLanes(sql: SqlStorage): BlockedLane[] {
	return sql
		.exec<{ lane: string; key: number; blocked_at: number }>("SELECT lane, key, blocked_at FROM blocked_lanes ORDER BY blocked_at, lane")
		.toArray()
		.map((row) => ({ lane: row.lane, key: row.key, blockedAt: row.blocked_at }));
}

/** Frees a lane; false where it was not blocked. */
export function freeLane(sql: SqlStorage, lane: string): boolean {
	return sql.exec("DELETE FROM blocked_lanes WHERE lane = ? RETURNING lane", lane).toArray().length > 0;
}
