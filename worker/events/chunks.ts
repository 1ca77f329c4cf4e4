/** Big values in pieces: a SQLite row holds 2 MB at most (SQLITE_TOOBIG). */

/** Bytes above which a value is kept as chunk rows. */
export const INLINE_MAX_BYTES = 512 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** `sealed` and `outputs` belong to an execution and go when it has ended. */
export type ChunkOwner = "event" | "steps" | "replay" | "sealed" | "outputs";

export function writeChunks(sql: SqlStorage, owner: ChunkOwner, key: number, bytes: Uint8Array): void {
	deleteChunks(sql, owner, key);
	for (let part = 0; part * CHUNK_BYTES < bytes.length; part++) {
		sql.exec(
			"INSERT INTO chunks (owner, key, part, bytes) VALUES (?, ?, ?, ?)",
			owner,
			key,
			part,
			bytes.slice(part * CHUNK_BYTES, (part + 1) * CHUNK_BYTES),
		);
	}
}

/** The value put together again, or null where none is kept. */
export function readChunks(sql: SqlStorage, owner: ChunkOwner, key: number): Uint8Array | null {
	const parts = sql
		.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM chunks WHERE owner = ? AND key = ? ORDER BY part", owner, key)
		.toArray()
		.map((row) => new Uint8Array(row.bytes));
	if (parts.length === 0) return null;
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

export function deleteChunks(sql: SqlStorage, owner: ChunkOwner, key: number): void {
	sql.exec("DELETE FROM chunks WHERE owner = ? AND key = ?", owner, key);
}
