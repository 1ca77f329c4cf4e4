import type { ExecutionStatus } from "../events/protocol/statuses";
import { NUMBERS, sequenceOfKey } from "../events/schema";
import { type Part, partsOf, tableOf } from "./search-index";
import type { Reading } from "./summaries";

/** Ways to go through the events that may be meant, newest first. */

/** Parts of the index that one question looks at, so that no question takes long. */
const PARTS_MAX = 64;

export interface Found {
	/** Newest first. */
	sequences: number[];
	/** Whatever the way leads to at or above it, and below where it was asked from, is in `sequences`. */
	through: number;
}

/** About `count` events before the sequence `before`. Finds none only where its look was long, or there are no more. */
export type Way = (before: number, count: number) => Found;

/** All events. @param lowest sequence at which every way ends */
export function byNumber(sql: SqlStorage, lowest: number): Way {
	return (before, count) => {
		const rows = sql
			.exec<{ sequence: number }>(
				"SELECT sequence FROM events WHERE sequence >= ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
				lowest,
				before,
				count,
			)
			.toArray();
		return found(
			rows.map(({ sequence }) => sequence),
			count,
			lowest,
		);
	};
}

/** The events that the index finds. @param question as `indexQuestion` makes it */
export function byWords(sql: SqlStorage, question: string, lowest: number): Way {
	const parts = partsOf(sql);
	return (before, count) => {
		const sequences: number[] = [];
		let looks = 0;
		for (const part of parts) {
			if (part.first >= before) continue;
			if (looks++ === PARTS_MAX) return { sequences, through: before };
			const rows = ask(sql, part, question, lowest, before, count - sequences.length);
			sequences.push(...rows);
			if (sequences.length >= count) return { sequences, through: sequences.at(-1) ?? lowest };
			if (part.first <= lowest) break;
			before = part.first;
		}
		return { sequences, through: lowest };
	};
}

/** Events whose latest execution may have this status; null where no index tells of it. */
export function byStatus(sql: SqlStorage, reading: Reading, status: ExecutionStatus, lowest: number): Way | null {
	switch (status) {
		case "succeeded":
			return null;
		case "failed":
		case "cancelled":
		case "filtered":
			return byExecutions(
				sql,
				`INDEXED BY unhappy_executions WHERE status IN ('failed', 'cancelled', 'filtered') AND status = '${status}'`,
				lowest,
			);
		case "running": {
			const held = [...new Set([...reading.running].map(sequenceOfKey))].sort((a, b) => b - a);
			return (before) => ({ sequences: held.filter((sequence) => sequence < before && sequence >= lowest), through: lowest });
		}
		case "waiting":
		case "queued": {
			const open = "INDEXED BY open_executions WHERE status IN ('queued', 'running', 'waiting')";
			const begun = byExecutions(sql, `${open} AND status ${status === "waiting" ? "=" : "<>"} 'waiting'`, lowest);
			return status === "waiting" ? begun : either(begun, byNumber(sql, Math.max(lowest, reading.settledThrough + 1)), lowest);
		}
	}
}

function ask(sql: SqlStorage, part: Part, question: string, lowest: number, before: number, count: number): number[] {
	const table = tableOf(part);
	return sql
		.exec<{ rowid: number }>(
			`SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
			question,
			lowest,
			before,
			count,
		)
		.toArray()
		.map(({ rowid }) => rowid);
}

function byExecutions(sql: SqlStorage, condition: string, lowest: number): Way {
	return (before, count) => {
		const rows = sql
			.exec<{ key: number }>(
				`SELECT key FROM executions ${condition} AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?`,
				lowest * NUMBERS,
				before * NUMBERS,
				count,
			)
			.toArray();
		return found(
			rows.map(({ key }) => sequenceOfKey(key)),
			count,
			lowest,
		);
	};
}

/** What one way or the other leads to. The other may end earlier. */
function either(one: Way, other: Way, lowest: number): Way {
	return (before, count) => {
		const [a, b] = [one(before, count), other(before, count)];
		const through = Math.max(a.through, b.sequences.length < count ? lowest : b.through);
		const all = new Set([...a.sequences, ...b.sequences].filter((sequence) => sequence >= through));
		return { sequences: [...all].sort((x, y) => y - x), through };
	};
}

/** Rows that were asked for by the count, an event perhaps more than once. */
function found(sequences: number[], count: number, lowest: number): Found {
	const through = sequences.length < count ? lowest : (sequences.at(-1) ?? lowest);
	return { sequences: [...new Set(sequences)], through };
}
