/** The Connection's own SQLite schema: append-only migrations, applied in order at start. */
const MIGRATIONS: readonly string[] = [
	`
	-- One row: the credential and whom it is for.
	CREATE TABLE credential (
		id           INTEGER PRIMARY KEY CHECK (id = 1),
		workspace_id TEXT NOT NULL,
		kind         TEXT NOT NULL,
		hosts        TEXT NOT NULL,    -- JSON
		header_name  TEXT,
		username     TEXT,
		sealed       TEXT NOT NULL     -- JSON of vault.ts
	);
	`,
];

export function migrate(storage: DurableObjectStorage): void {
	const { sql } = storage;
	sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
	const at = sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray()[0]?.version ?? 0;
	if (at >= MIGRATIONS.length) return;
	storage.transactionSync(() => {
		for (const migration of MIGRATIONS.slice(at)) sql.exec(migration);
		sql.exec("DELETE FROM schema_version");
		sql.exec("INSERT INTO schema_version (version) VALUES (?)", MIGRATIONS.length);
	});
}
