import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./user";

/** From most to least. Each role may do all that the later ones may. */
export const ROLES = ["owner", "admin", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export const workspaces = sqliteTable("workspaces", {
	id: text().primaryKey(),
	name: text().notNull(),
	timeZone: text().notNull().default("UTC"),
	createdAt: integer().notNull(),
	/** True while it uses up a quota: its integrations take no more events. */
	exhausted: integer({ mode: "boolean" }).notNull().default(false),
	/** Set when removal began: nobody sees it any more, and the sweep finishes its integrations and connections. */
	deletedAt: integer(),
});

export const memberships = sqliteTable(
	"memberships",
	{
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		userId: text()
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		role: text({ enum: ROLES }).notNull(),
		joinedAt: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.workspaceId, table.userId] }), index("memberships_of_user").on(table.userId, table.joinedAt)],
);

/** An invitation is a link; whoever holds it joins with its role, once. Only the token's hash is kept. */
export const invitations = sqliteTable(
	"invitations",
	{
		id: text().primaryKey(),
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		tokenHash: text().notNull().unique(),
		role: text({ enum: ROLES }).notNull(),
		/** Where given, only the account with this address may accept. */
		email: text(),
		createdBy: text().notNull(),
		createdAt: integer().notNull(),
		expiresAt: integer().notNull(),
	},
	(table) => [index("invitations_of_workspace").on(table.workspaceId, table.createdAt)],
);

/** An API token: one workspace, one role. Only its SHA-256 is kept. */
export const tokens = sqliteTable(
	"tokens",
	{
		id: text().primaryKey(),
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		userId: text()
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		name: text().notNull(),
		role: text({ enum: ROLES }).notNull(),
		hash: text().notNull().unique(),
		createdAt: integer().notNull(),
		expiresAt: integer(),
		lastUsedAt: integer(),
	},
	(table) => [index("tokens_of_workspace").on(table.workspaceId, table.createdAt)],
);
