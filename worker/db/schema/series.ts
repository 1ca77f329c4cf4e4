import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { integrations } from "./integration";

/** What each integration did in a stretch of time, for charts and alerts; rolled up from the figures that Sequencers send. */
export const integrationSeries = sqliteTable(
	"integration_series",
	{
		integrationId: text()
			.notNull()
			.references(() => integrations.id, { onDelete: "cascade" }),
		/** Length of the stretch in ms: five minutes or an hour. */
		step: integer().notNull(),
		/** Epoch ms, a multiple of `step`. */
		start: integer().notNull(),
		received: integer().notNull(),
		succeeded: integer().notNull(),
		failed: integer().notNull(),
		filtered: integer().notNull(),
		/** The longest time from received to ended that was reported, in ms; null where nothing ended. */
		lagMs: integer(),
	},
	(table) => [
		primaryKey({ columns: [table.integrationId, table.step, table.start] }),
		index("integration_series_age").on(table.step, table.start),
		index("integration_series_failed").on(table.step, table.start).where(sql`failed > 0`),
	],
);
