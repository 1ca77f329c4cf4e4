import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { integrations } from "./integration";
import { workspaces } from "./workspace";

export const ALERT_KINDS = ["failed", "blocked", "silence"] as const;
/** failed: events failed for good; blocked: lanes wait for a person; silence: nothing came for longer than usual. */
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What a workspace wants to be told, and where. Without a row every kind is noted and none is sent. */
export const alertSettings = sqliteTable("alert_settings", {
	workspaceId: text()
		.primaryKey()
		.references(() => workspaces.id, { onDelete: "cascade" }),
	webhookUrl: text(),
	/** The signing secret, sealed; JSON of the vault. */
	sealedSecret: text(),
	/** Origin of this deployment, for the links in alerts: the sweep has no request to read it from. */
	origin: text().notNull(),
	failed: integer({ mode: "boolean" }).notNull().default(true),
	blocked: integer({ mode: "boolean" }).notNull().default(true),
	silence: integer({ mode: "boolean" }).notNull().default(true),
	/** After how many minutes silence is an alert; null learns it from each integration's own past. */
	silenceMinutes: integer(),
	updatedAt: integer().notNull(),
});

/** One row an integration and kind until it is resolved, however often it happens meanwhile. */
export const alerts = sqliteTable(
	"alerts",
	{
		id: text().primaryKey(),
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		integrationId: text()
			.notNull()
			.references(() => integrations.id, { onDelete: "cascade" }),
		kind: text({ enum: ALERT_KINDS }).notNull(),
		/** Failed events since `since`, blocked lanes, or minutes of silence. */
		count: integer().notNull(),
		/** Of a failed alert: failed events before it. */
		base: integer().notNull().default(0),
		since: integer().notNull(),
		/** When what it is about happened last, as far as a sweep saw. */
		lastAt: integer().notNull(),
		resolvedAt: integer(),
		seenAt: integer(),
		/** Notices that arrived, and what the last one said. */
		notices: integer().notNull().default(0),
		noticedCount: integer().notNull().default(0),
		/** Tries of the next notice that failed. */
		failedTries: integer().notNull().default(0),
		/** Not before this time is another notice sent. */
		nextNoticeAt: integer().notNull().default(0),
		/** Why the last try did not arrive. */
		noticeError: text(),
	},
	(table) => [
		uniqueIndex("alerts_open").on(table.integrationId, table.kind).where(sql`resolved_at IS NULL`),
		index("alerts_of_integration").on(table.integrationId, table.kind, table.since),
		index("alerts_of_workspace").on(table.workspaceId, table.since, table.id),
		index("alerts_due").on(table.nextNoticeAt).where(sql`resolved_at IS NULL`),
		index("alerts_resolved").on(table.resolvedAt).where(sql`resolved_at IS NOT NULL`),
	],
);
