import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Failed sign-ins of one account or one address. */
export const throttles = sqliteTable("throttles", {
	/** `account:<hash>` or `address:<address>`. */
	key: text().primaryKey(),
	failures: integer().notNull(),
	blockedUntil: integer().notNull(),
	/** Names the try that was let through last, so that one statement both asks and counts. */
	admitted: text().notNull(),
	updatedAt: integer().notNull(),
});
