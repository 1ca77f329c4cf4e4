import * as z from "zod";
import { parseOrderingKey } from "./ordering-key";
import type { Workflow } from "./workflow";

/** What a person sets on an integration beside its workflow, and the form in which the Sequencer keeps it. */

export const ORDERING_MODES = ["none", "integration", "key"] as const;
export const INTEGRATION_STATUSES = ["active", "paused"] as const;
export type IntegrationStatus = (typeof INTEGRATION_STATUSES)[number];

export const WEBHOOK_METHODS = ["POST", "PUT", "PATCH", "DELETE", "GET"] as const;

export const webhookSchema = z.strictObject({
	/** False where the template polls or is scheduled: the Webhook tab is disabled and says why. */
	supported: z.boolean().default(true),
	enabled: z.boolean().default(false),
	methods: z.array(z.enum(WEBHOOK_METHODS)).min(1).default(["POST"]),
	verification: z.strictObject({ scheme: z.literal("none") }).prefault({ scheme: "none" }),
	dedupe: z.strictObject({ mode: z.literal("off") }).prefault({ mode: "off" }),
	response: z
		.strictObject({
			mode: z.literal("accepted").default("accepted"),
			status: z.union([z.literal(200), z.literal(202)]).default(202),
			body: z.enum(["json", "empty"]).default("json"),
		})
		.prefault({}),
});
export type WebhookSettings = z.infer<typeof webhookSchema>;

export const SCHEDULE_KINDS = ["periodic", "daily", "cron"] as const;

export const scheduleSchema = z.strictObject({
	supported: z.boolean().default(true),
	enabled: z.boolean().default(false),
	kind: z.enum(SCHEDULE_KINDS).default("periodic"),
	/** periodic: every `every` minutes or hours, counted from `activateOn`. */
	every: z.int().min(1).max(10_000).default(1),
	unit: z.enum(["minutes", "hours"]).default("hours"),
	/** Wall-clock time in `timeZone`, `2026-11-21T05:55`; no run is due before it. null: from the moment of the save. */
	activateOn: z
		.string()
		.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
		.nullable()
		.default(null),
	/** daily: `HH:MM` in `timeZone`. */
	at: z
		.string()
		.regex(/^([01]\d|2[0-3]):[0-5]\d$/)
		.default("09:00"),
	/** cron: five fields. */
	cron: z.string().max(120).default("0 * * * *"),
	/** IANA name; the account's when created. */
	timeZone: z.string().max(60).default("UTC"),
});
export type ScheduleSettings = z.infer<typeof scheduleSchema>;

export const orderingSchema = z.strictObject({
	mode: z.enum(ORDERING_MODES).default("none"),
	/** A path (`event.body.sku`) or several joined by `,`. */
	key: z
		.string()
		.max(500)
		.refine((key) => parseOrderingKey(key) !== null, "a path such as event.body.sku, or several joined by commas")
		.nullable()
		.default(null),
	onFailure: z.enum(["block", "continue"]).default("continue"),
	/** Executions of this integration that may run at the same time. */
	concurrency: z.int().min(1).max(200).default(40),
});
export type OrderingSettings = z.infer<typeof orderingSchema>;

export type Vars = Record<string, unknown>;

/** One immutable version: what an execution needs to run, however long it waits. */
export interface Version {
	version: number;
	workflow: Workflow;
	vars: Vars;
}

export interface Generation {
	generation: number;
	/** Epoch milliseconds after which the URL answers 404; null for the current one. */
	expiresAt: number | null;
}

/** All that the Sequencer keeps of an integration. `revision` rises with every change, `version` only with those that make a new version. */
export interface SequencerSettings {
	integrationId: string;
	workspaceId: string;
	name: string;
	/** Location hint for its objects; `auto` for none. */
	region: string;
	revision: number;
	status: IntegrationStatus;
	current: Version;
	webhook: WebhookSettings;
	schedule: ScheduleSettings;
	ordering: OrderingSettings;
	generations: Generation[];
	limits: { pendingEvents: number; keptBytes: number };
}
