import type { SequencerSettings, Version } from "../integrations/settings";
import type { EventSource } from "./protocol/statuses";

/** Single values by their names, and the versions of the workflow. */

/** Names under which the Sequencer keeps its single values. */
export interface Meta {
	settings: SequencerSettings | { removed: true; workspaceId: string; revision: number };
	counts: Counts;
	/** Every event at or below it has an execution row: where a restarted Sequencer begins to look. */
	settledThrough: number;
	schedule: ScheduleState;
	statisticsNumber: number;
	/** Every event at or below it is in the index of words, where it is kept. */
	indexedThrough: number;
}

export interface ScheduleState {
	savedAt: number;
	nextRunAt: number | null;
	lastTickAt: number | null;
	lastTickSequence: number | null;
	skipped: number;
	lastSkippedAt: number | null;
}

/** What cannot be derived from the rows, written once a settled batch. */
export interface Counts {
	bySource: Record<Exclude<EventSource, "webhook">, number>;
	duplicate: number;
	/** Absent in what was counted before there were any. */
	handshake?: number;
	/** Accepted deliveries that held several events, and the events that they made. Absent before there were any. */
	batches?: { deliveries: number; events: number };
	ended: { succeeded: number; failed: number; filtered: number; cancelled: number };
	rejected: number;
	turnedAway: number;
	/** What the events up to `bytesThrough` take, as in `weights.ts`. */
	bytes: number;
	bytesThrough: number;
	lastExecutionAt: number | null;
	lastExecutionStatus: "succeeded" | "failed" | "filtered" | "cancelled" | null;
}

export function readMeta<K extends keyof Meta>(sql: SqlStorage, name: K): Meta[K] | null {
	const row = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", name).toArray()[0];
	return row ? (JSON.parse(row.value) as Meta[K]) : null;
}

export function writeMeta<K extends keyof Meta>(sql: SqlStorage, name: K, value: Meta[K]): void {
	sql.exec(
		"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		name,
		JSON.stringify(value),
	);
}

export function writeVersion(sql: SqlStorage, version: Version): void {
	sql.exec(
		"INSERT OR IGNORE INTO versions (version, workflow, vars, filter) VALUES (?, ?, ?, ?)",
		version.version,
		JSON.stringify(version.workflow),
		JSON.stringify(version.vars),
		version.filter ?? null,
	);
}

export function readVersion(sql: SqlStorage, version: number): Version | null {
	const row = sql
		.exec<{ workflow: string; vars: string; filter: string | null }>(
			"SELECT workflow, vars, filter FROM versions WHERE version = ?",
			version,
		)
		.toArray()[0];
	return row ? { version, workflow: JSON.parse(row.workflow), vars: JSON.parse(row.vars), filter: row.filter } : null;
}
