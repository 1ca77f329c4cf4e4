/**
 * The Sequencer's own SQLite schema: append-only migrations, applied in order at start. An entry that was released is
 * never edited; a change is a new entry.
 *
 * An accepted event is one row and nothing else: its id is derived from its sequence, what is pending from what has
 * no ended execution, the totals from the last sequence.
 */
const MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

	CREATE TABLE versions (version INTEGER PRIMARY KEY, workflow TEXT NOT NULL, vars TEXT NOT NULL);

	-- The body comes last: what stands before it is read without walking through its overflow pages.
	CREATE TABLE events (
		sequence    INTEGER PRIMARY KEY,
		source      TEXT NOT NULL,
		received_at INTEGER NOT NULL,
		size        INTEGER NOT NULL,
		lane        TEXT,
		hops        INTEGER NOT NULL,
		method      TEXT NOT NULL,
		path        TEXT NOT NULL,
		query       TEXT NOT NULL,
		headers     TEXT NOT NULL,   -- JSON: [[name, value], …]
		body        BLOB             -- NULL where it is kept as chunks
	);

	-- key = sequence * 4096 + number. A row comes with the first journal, wait or end, or with a replay; an event that
	-- has none is queued or running in its first execution.
	CREATE TABLE executions (
		key        INTEGER PRIMARY KEY,
		status     TEXT NOT NULL,
		version    INTEGER,          -- NULL until the first claim
		edition    INTEGER NOT NULL,
		started_at INTEGER,
		ended_at   INTEGER,
		due_at     INTEGER,
		lane       TEXT,             -- of a replay; an edited payload's may differ from its event's
		place      REAL,             -- of a replay in its lane: behind the events up to its whole part
		error      TEXT,
		steps      TEXT              -- JSON; NULL where it is kept as chunks or there is none
	);
	-- Those that are not ended: read at start and by the alarm; stays as small as the work in flight.
	CREATE INDEX open_executions ON executions (status, due_at) WHERE status IN ('queued', 'running', 'waiting');
	-- Failed and cancelled ones, for the filter in Logs.
	CREATE INDEX unhappy_executions ON executions (status, key) WHERE status IN ('failed', 'cancelled', 'filtered');

	-- Values over 512 KB in pieces, since a row holds 2 MB at most. owner: 'event', 'steps' or 'replay'; key as above.
	CREATE TABLE chunks (
		owner TEXT NOT NULL,
		key   INTEGER NOT NULL,
		part  INTEGER NOT NULL,
		bytes BLOB NOT NULL,
		PRIMARY KEY (owner, key, part)
	) WITHOUT ROWID;

	-- How often an Executor left an execution without a word; and those that a person cancelled while they ran.
	CREATE TABLE interruptions (key INTEGER PRIMARY KEY, count INTEGER NOT NULL);
	CREATE TABLE cancellations (key INTEGER PRIMARY KEY);

	-- What an Executor slot holds. The end of a lease is kept in memory: a restarted Sequencer grants a full one again.
	CREATE TABLE leases (slot INTEGER PRIMARY KEY, token TEXT NOT NULL, keys TEXT NOT NULL);

	-- Lanes that wait for a person since one of their events failed.
	CREATE TABLE blocked_lanes (lane TEXT PRIMARY KEY, key INTEGER NOT NULL, reason TEXT NOT NULL, blocked_at INTEGER NOT NULL) WITHOUT ROWID;

	-- Lanes whose line is too long for memory, or that are blocked: what stands behind those at hand. By place: the
	-- sequence, or a replay's.
	CREATE TABLE parked (
		lane  TEXT NOT NULL,
		place REAL NOT NULL,
		key   INTEGER NOT NULL,
		size  INTEGER NOT NULL,
		PRIMARY KEY (lane, place, key)
	) WITHOUT ROWID;

	-- What the first delivery of a kind is recognized by; outlives the event, for as long as its window lasts.
	CREATE TABLE duplicate_keys (
		key        TEXT PRIMARY KEY,
		sequence   INTEGER NOT NULL,
		body_hash  TEXT NOT NULL,
		expires_at INTEGER NOT NULL
	) WITHOUT ROWID;
	CREATE INDEX duplicate_keys_by_expiry ON duplicate_keys (expires_at);

	-- Deliveries that made no event: rejected ones and duplicates. An accepted one is its event.
	CREATE TABLE deliveries (
		id          INTEGER PRIMARY KEY,
		status      TEXT NOT NULL,
		reason      TEXT,             -- of a rejected one its code; 'conflict' of a duplicate with another body
		http_status INTEGER NOT NULL,
		sequence    INTEGER,          -- of the event that a duplicate repeats, or that it made after all
		received_at INTEGER NOT NULL,
		method      TEXT NOT NULL,
		path        TEXT NOT NULL,
		query       TEXT NOT NULL,
		headers     TEXT NOT NULL,
		size        INTEGER NOT NULL,
		body        BLOB
	);
	`,
	`
	-- The index of words stands in parts, each an FTS5 table words_<first> over the events from first on.
	CREATE TABLE word_parts (first INTEGER PRIMARY KEY, began_at INTEGER NOT NULL);
	`,
	`
	-- Executions that failed for good while another integration was named to run then: what became of its call.
	CREATE TABLE failure_calls (
		key      INTEGER PRIMARY KEY,
		target   TEXT NOT NULL,     -- the other integration
		status   TEXT NOT NULL,
		due_at   INTEGER,           -- of the next try; NULL where there is none
		tries    INTEGER NOT NULL,
		sequence INTEGER            -- of the event that the call made there
	);
	CREATE INDEX failure_calls_by_due ON failure_calls (due_at) WHERE due_at IS NOT NULL;
	`,
	`
	-- Whose signature an event bore, NULL where none was asked for; what its sender calls this kind of event.
	ALTER TABLE events ADD COLUMN sender TEXT;
	ALTER TABLE events ADD COLUMN name TEXT;
	-- JSON: why a delivery was refused, or what a handshake left to do.
	ALTER TABLE deliveries ADD COLUMN detail TEXT;
	`,
	`
	-- Of a batch's first event JSON, what the delivery was as a whole; of its other events the empty text; else NULL.
	ALTER TABLE events ADD COLUMN batch TEXT;
	`,
	`
	-- A condition that a webhook's event must meet before the first step.
	ALTER TABLE versions ADD COLUMN filter TEXT;
	`,
	`
	-- JSON: what of the event was masked before it was kept. The full one stands in chunks of owner 'sealed' (and what its
	-- steps made of it in 'outputs'; both by the execution's key) until its execution has ended.
	ALTER TABLE events ADD COLUMN masked TEXT;
	`,
	`
	-- When an event happened at its sender, in epoch ms; NULL where that does not say.
	ALTER TABLE events ADD COLUMN occurred_at INTEGER;
	`,
	`
	-- Path, query and headers that the events from "first" to "last" came with together; they have the empty text for each.
	CREATE TABLE heads (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, headers TEXT NOT NULL);
	-- What is kept was counted by its bodies alone until here.
	UPDATE meta SET value = json_set(value, '$.bytes', (
		SELECT coalesce(sum(size + octet_length(path) + octet_length(query) + octet_length(headers) + coalesce(octet_length(lane), 0) + 256), 0)
		FROM events WHERE sequence <= json_extract(meta.value, '$.bytesThrough')
	)) WHERE key = 'counts';
	`,
	`
	-- Of an event that a person accepted after all JSON: the delivery's number, and why it had made none.
	ALTER TABLE events ADD COLUMN after_all TEXT;
	`,
];

/** Executions an event may have; the factor of an execution's key. */
export const NUMBERS = 4096;

export const executionKey = (sequence: number, number: number): number => sequence * NUMBERS + number;
export const sequenceOfKey = (key: number): number => Math.floor(key / NUMBERS);
export const numberOfKey = (key: number): number => key % NUMBERS;

/** Whether this object was ever configured: one that was not has no tables. */
export function isKnown(sql: SqlStorage): boolean {
	return sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'").toArray().length > 0;
}

/** Brings the object's schema up to date. `upTo` stops early, for tests of an upgrade. */
export function migrate(storage: DurableObjectStorage, upTo = MIGRATIONS.length): void {
	const sql = storage.sql;
	sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
	const at = sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray()[0]?.version ?? 0;
	if (at >= upTo) return;
	storage.transactionSync(() => {
		for (const migration of MIGRATIONS.slice(at, upTo)) sql.exec(migration);
		sql.exec("DELETE FROM schema_version");
		sql.exec("INSERT INTO schema_version (version) VALUES (?)", upTo);
	});
}
