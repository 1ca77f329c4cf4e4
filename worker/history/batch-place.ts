import type { BatchNote } from "../events/event-rows";
import type { BatchPlace } from "../events/protocol/views";
import { BATCH_LATE_MAX_ITEMS } from "../integrations/batch";

/** Null for an event that came alone, or whose delivery's first event is no longer kept. */
export function batchPlaceOf(sql: SqlStorage, sequence: number): BatchPlace | null {
	const own = sql.exec<{ batch: string | null }>("SELECT batch FROM events WHERE sequence = ?", sequence).toArray()[0]?.batch ?? null;
	if (own === null) return null;
	// The events of one delivery have numbers next to each other; the first of them carries the note.
	const noted = sql
		.exec<{ first: number; note: string }>(
			"SELECT sequence AS first, batch AS note FROM events WHERE sequence BETWEEN ? AND ? AND batch <> '' ORDER BY sequence DESC LIMIT 1",
			sequence - BATCH_LATE_MAX_ITEMS + 1,
			sequence,
		)
		.toArray()[0];
	if (noted === undefined) return null;
	const { events, duplicates } = JSON.parse(noted.note) as BatchNote;
	const place = sequence - noted.first + 1;
	return place > events ? null : { first: noted.first, events, duplicates, place };
}
