import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { workspaces } from "./workspace";

export const CONNECTION_KINDS = ["header", "bearer", "basic"] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** What people see of a connection. Its secret lives sealed in the Connection object alone. */
export const connections = sqliteTable(
	"connections",
	{
		id: text().primaryKey(),
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		name: text().notNull(),
		kind: text({ enum: CONNECTION_KINDS }).notNull(),
		/** Host names that the credential may be sent to: exact, or `*.example.com`. */
		hosts: text({ mode: "json" }).$type<string[]>().notNull(),
		headerName: text(),
		username: text(),
		/** Of the vault's key that the sweep saw the secret under last. */
		keyVersion: integer().notNull().default(0),
		createdAt: integer().notNull(),
		updatedAt: integer().notNull(),
		/** Set when removal began; the sweep finishes it. */
		deletedAt: integer(),
	},
	(table) => [index("connections_of_workspace").on(table.workspaceId, table.createdAt), index("connections_by_key").on(table.keyVersion)],
);
