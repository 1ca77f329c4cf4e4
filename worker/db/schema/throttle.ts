import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Failed tries to prove a password: of an account, of an address, of both together, of a session. */
export const throttles = sqliteTable("throttles", {
	/** `account:<hash>`, `address:<network>`, `place:<hash>:<network>` or `session:<id>`. */
	key: text().primaryKey(),
	failures: integer().notNull(),
	blockedUntil: integer().notNull(),
	/** Names the try that was let through last, so that one statement both asks and counts. */
	admitted: text().notNull(),
	updatedAt: integer().notNull(),
});
