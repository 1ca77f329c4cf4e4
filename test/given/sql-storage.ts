import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { migrate } from "../../worker/events/schema";

/** A Sequencer's SQLite in plain Node, with the part of `SqlStorage` that the worker uses. @param path of its file */
export function sqlStorage(path = ":memory:"): SqlStorage {
	const database = new DatabaseSync(path);
	const statements = new Map<string, StatementSync>();
	const prepared = (query: string): StatementSync => {
		const statement = statements.get(query) ?? database.prepare(query);
		statements.set(query, statement);
		return statement;
	};
	const exec = (query: string, ...values: unknown[]) => {
		if (values.length === 0 && query.split(";").filter((part) => part.trim() !== "").length > 1) {
			database.exec(query);
			return cursorOf([]);
		}
		return cursorOf(
			prepared(query)
				.all(...values.map(toSqlite))
				.map(fromSqlite),
		);
	};
	return { exec } as unknown as SqlStorage;
}

/** One with the Sequencer's tables in it. */
export function sequencerSql(path?: string): SqlStorage {
	const sql = sqlStorage(path);
	migrate({ sql, transactionSync: (work: () => void) => work() } as unknown as DurableObjectStorage);
	return sql;
}

function cursorOf(rows: unknown[]) {
	return {
		toArray: () => rows,
		one: () => {
			if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
			return rows[0];
		},
		[Symbol.iterator]: () => rows[Symbol.iterator](),
	};
}

const toSqlite = (value: unknown): SQLInputValue => (value instanceof ArrayBuffer ? new Uint8Array(value) : (value as SQLInputValue));

function fromSqlite(row: Record<string, unknown>): Record<string, unknown> {
	const bytes = (value: unknown) => (value instanceof Uint8Array ? value.slice().buffer : value);
	return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bytes(value)]));
}
