import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** People and how they sign in. better-auth reads and writes these tables; the names of their columns are its own. */

export const users = sqliteTable("users", {
	id: text().primaryKey(),
	name: text().notNull(),
	email: text().notNull().unique(),
	emailVerified: integer({ mode: "boolean" }).notNull().default(false),
	image: text(),
	/** IANA name; times in the UI and new schedules follow it. */
	timeZone: text().notNull().default("UTC"),
	/** The workspace through whose invitation the account was made: its owner may make a link that resets the password. */
	invitedTo: text(),
	createdAt: integer({ mode: "timestamp_ms" }).notNull(),
	updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
});

export const sessions = sqliteTable(
	"sessions",
	{
		id: text().primaryKey(),
		userId: text()
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		token: text().notNull().unique(),
		ipAddress: text(),
		userAgent: text(),
		expiresAt: integer({ mode: "timestamp_ms" }).notNull(),
		createdAt: integer({ mode: "timestamp_ms" }).notNull(),
		updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
	},
	(table) => [index("sessions_of_user").on(table.userId), index("sessions_by_expiry").on(table.expiresAt)],
);

/** A way to sign in: here always a password, as `scrypt$N$r$p$salt$hash`. */
export const accounts = sqliteTable(
	"accounts",
	{
		id: text().primaryKey(),
		userId: text()
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		accountId: text().notNull(),
		providerId: text().notNull(),
		password: text(),
		accessToken: text(),
		refreshToken: text(),
		idToken: text(),
		accessTokenExpiresAt: integer({ mode: "timestamp_ms" }),
		refreshTokenExpiresAt: integer({ mode: "timestamp_ms" }),
		scope: text(),
		createdAt: integer({ mode: "timestamp_ms" }).notNull(),
		updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
	},
	(table) => [index("accounts_of_user").on(table.userId)],
);

/** Short-lived secrets, such as links that reset a password. The identifier is stored hashed. */
export const verifications = sqliteTable(
	"verifications",
	{
		id: text().primaryKey(),
		identifier: text().notNull(),
		value: text().notNull(),
		expiresAt: integer({ mode: "timestamp_ms" }).notNull(),
		createdAt: integer({ mode: "timestamp_ms" }).notNull(),
		updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
	},
	(table) => [index("verifications_by_identifier").on(table.identifier)],
);
