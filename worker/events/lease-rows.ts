import type { Entry } from "./backlog";
import { LANE } from "./execution-rows";
import type { EventSource } from "./protocol/statuses";
import { NUMBERS, numberOfKey, sequenceOfKey } from "./schema";

/** Rows of leases: one a slot, with the keys of what its Executor holds. */

export function writeLease(sql: SqlStorage, slot: number, token: string, keys: readonly number[]): void {
	if (keys.length === 0) sql.exec("DELETE FROM leases WHERE slot = ?", slot);
	else sql.exec("INSERT OR REPLACE INTO leases (slot, token, keys) VALUES (?, ?, ?)", slot, token, JSON.stringify(keys));
}

/** Leases that a Sequencer left behind when it stopped. */
export function readLeases(sql: SqlStorage): { slot: number; token: string; entries: Map<number, Entry> }[] {
	return sql
		.exec<{ slot: number; token: string; keys: string }>("SELECT slot, token, keys FROM leases")
		.toArray()
		.map(({ slot, token, keys }) => {
			const entries = new Map<number, Entry>();
			const rows = sql.exec<{ key: number; size: number; lane: string | null; source: EventSource; begun: number }>(
				`SELECT k.value AS key, e.size, ${LANE} AS lane, e.source, x.key IS NOT NULL AS begun
				 FROM json_each(?) k JOIN events e ON e.sequence = k.value / ${NUMBERS} LEFT JOIN executions x ON x.key = k.value ORDER BY k.value`,
				keys,
			);
			for (const { key, size, lane, source, begun } of rows) {
				entries.set(key, {
					sequence: sequenceOfKey(key),
					number: numberOfKey(key),
					size,
					lane,
					manual: source === "manual",
					begun: begun === 1,
				});
			}
			return { slot, token, entries };
		});
}
