import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { EndedStatus } from "../../events/protocol/statuses";
import type { Region } from "../../integrations/endpoint-key";
import type {
	Generation,
	IntegrationStatus,
	OnFailure,
	OrderingSettings,
	RetentionSettings,
	ScheduleSettings,
	Vars,
	WebhookSettings,
} from "../../integrations/settings";
import type { Signing } from "../../integrations/signing";
import type { Workflow } from "../../integrations/workflow";
import { workspaces } from "./workspace";

export const integrations = sqliteTable(
	"integrations",
	{
		id: text().primaryKey(),
		workspaceId: text()
			.notNull()
			.references(() => workspaces.id, { onDelete: "cascade" }),
		name: text().notNull(),
		description: text().notNull(),
		categories: text({ mode: "json" }).$type<string[]>().notNull(),
		status: text().$type<IntegrationStatus>().notNull(),
		templateId: text(),
		region: text().$type<Region>().notNull(),
		webhook: text({ mode: "json" }).$type<WebhookSettings>().notNull(),
		schedule: text({ mode: "json" }).$type<ScheduleSettings>().notNull(),
		ordering: text({ mode: "json" }).$type<OrderingSettings>().notNull(),
		/** Null: the usual. */
		retention: text({ mode: "json" }).$type<RetentionSettings>(),
		silenceMinutes: integer(),
		onFailure: text({ mode: "json" }).$type<OnFailure>(),
		/** Secrets by which deliveries are verified; not part of any version, so that none is ever restored. */
		signing: text({ mode: "json" }).$type<Signing>(),
		/** Of this deployment as people reached it at the last save: where the URL that they copied begins. */
		origin: text().notNull().default(""),
		/** Generations of the endpoint's URL that answer; the last one is the current. */
		generations: text({ mode: "json" }).$type<Generation[]>().notNull(),
		version: integer().notNull(),
		/** Raised by every change; `appliedRevision` is what the Sequencer is known to have. The sweep pushes what differs. */
		revision: integer().notNull(),
		appliedRevision: integer().notNull().default(0),
		createdAt: integer().notNull(),
		updatedAt: integer().notNull(),
		updatedBy: text().notNull(),
		/** Set when removal began: nobody sees it any more, and the sweep finishes what was interrupted. */
		deletedAt: integer(),
		/** When the sweep's slow round last looked at it. */
		visitedAt: integer().notNull().default(0),
	},
	(table) => [
		index("integrations_of_workspace").on(table.workspaceId, table.createdAt, table.id),
		index("integrations_to_apply").on(table.updatedAt).where(sql`revision <> applied_revision`),
		index("integrations_to_remove").on(table.deletedAt).where(sql`deleted_at IS NOT NULL`),
		index("integrations_by_visit").on(table.visitedAt),
	],
);

/** Every save, immutable. */
export const integrationVersions = sqliteTable(
	"integration_versions",
	{
		integrationId: text()
			.notNull()
			.references(() => integrations.id, { onDelete: "cascade" }),
		version: integer().notNull(),
		workflow: text({ mode: "json" }).$type<Workflow>().notNull(),
		vars: text({ mode: "json" }).$type<Vars>().notNull(),
		webhook: text({ mode: "json" }).$type<WebhookSettings>().notNull(),
		schedule: text({ mode: "json" }).$type<ScheduleSettings>().notNull(),
		ordering: text({ mode: "json" }).$type<OrderingSettings>().notNull(),
		savedBy: text().notNull(),
		savedAt: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.integrationId, table.version] })],
);

/** Rolled-up figures that the Sequencers send; a copy for lists and the sweep, never the truth. */
export const integrationStatistics = sqliteTable(
	"integration_statistics",
	{
		integrationId: text()
			.primaryKey()
			.references(() => integrations.id, { onDelete: "cascade" }),
		/** Of the last message taken in; earlier ones are dropped. */
		number: integer().notNull(),
		total: integer().notNull(),
		succeeded: integer().notNull(),
		failed: integer().notNull(),
		filtered: integer().notNull(),
		cancelled: integer().notNull(),
		pending: integer().notNull(),
		rejected: integer().notNull(),
		keptBytes: integer().notNull(),
		lastReceivedAt: integer(),
		lastExecutionAt: integer(),
		lastExecutionStatus: text().$type<EndedStatus>(),
		nextRunAt: integer(),
		/** When work is due in the Sequencer; null when nothing is. */
		dueAt: integer(),
		/** Lanes that wait for a person. */
		blockedLanes: integer().notNull().default(0),
		updatedAt: integer().notNull(),
	},
	(table) => [
		index("integration_statistics_due").on(table.dueAt).where(sql`due_at IS NOT NULL`),
		index("integration_statistics_blocked").on(table.integrationId).where(sql`blocked_lanes > 0`),
	],
);
