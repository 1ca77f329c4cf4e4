import * as z from "zod";
import { isAddressBlock } from "./address-block";
import { isBatchPath } from "./batch";
import { parseOrderingKey } from "./ordering-key";
import { redactionSchema } from "./redaction/rules";
import type { Signing } from "./signing";
import { verificationSchema } from "./verification";
import type { Workflow } from "./workflow";

/** What a person sets on an integration beside its workflow, and the form in which the Sequencer keeps it. */

export const ORDERING_MODES = ["none", "integration", "key"] as const;
export const INTEGRATION_STATUSES = ["active", "paused"] as const;
export type IntegrationStatus = (typeof INTEGRATION_STATUSES)[number];

export const WEBHOOK_METHODS = ["POST", "PUT", "PATCH", "DELETE", "GET"] as const;

export const DEDUPE_MODES = ["off", "sender", "header", "fields", "content"] as const;

export const dedupeSchema = z
	.strictObject({
		mode: z.enum(DEDUPE_MODES).default("off"),
		/** header: its name. */
		header: z
			.string()
			.regex(/^[A-Za-z0-9-]{1,100}$/, "the name of a header")
			.optional(),
		/** fields: paths, `event.body.id`. */
		fields: z
			.array(z.string().refine((path) => parseOrderingKey(path)?.length === 1, "a path such as event.body.id"))
			.min(1)
			.max(10)
			.optional(),
		/** A minute to seven days; a day unless set. */
		windowSeconds: z.int().min(60).max(604_800).default(86_400),
	})
	.refine((dedupe) => dedupe.mode !== "header" || dedupe.header !== undefined, { path: ["header"], message: "Name the header." })
	.refine((dedupe) => dedupe.mode !== "fields" || dedupe.fields !== undefined, { path: ["fields"], message: "Name one field at least." });
export type DedupeSettings = z.infer<typeof dedupeSchema>;

export const webhookSchema = z.strictObject({
	/** False where the template polls or is scheduled: the Webhook tab is disabled and says why. */
	supported: z.boolean().default(true),
	enabled: z.boolean().default(false),
	methods: z.array(z.enum(WEBHOOK_METHODS)).min(1).default(["POST"]),
	verification: verificationSchema.prefault({ scheme: "none" }),
	dedupe: dedupeSchema.prefault({}),
	/** Deliveries taken at most, evenly over each second; the rest is answered 429. null: as many as come. */
	ratePerSecond: z.number().min(0.1).max(1_000).nullable().default(null),
	/** Events that may wait; beyond, deliveries are answered 503. null: as many as the workspace's quota allows. */
	pendingMax: z.int().min(1).max(1_000_000).nullable().default(null),
	/** The array at this path becomes one event an item; null: a delivery is one event. */
	batch: z
		.strictObject({ path: z.string().max(500).refine(isBatchPath, "event.body, or a path inside it such as event.body.events") })
		.nullable()
		.default(null),
	/** Whom alone it takes deliveries from, by address: single ones and blocks. Empty: from anywhere. */
	allowedIps: z
		.array(z.string().trim().max(60).refine(isAddressBlock, "an address such as 203.0.113.7, or a block such as 203.0.113.0/24"))
		.max(50)
		.default([]),
	/** A condition (JSONata) over the event, judged before the first step: where it is not true, the event ends as filtered. */
	filter: z.string().trim().min(1).max(10_000).nullable().default(null),
	/** What is masked in every event before it is kept; null: nothing. */
	redaction: redactionSchema.nullable().default(null),
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
	/** Executions begun at most in each second, also when a pause ends; null: as many as can. */
	startsPerSecond: z.number().min(0.1).max(1_000).nullable().default(null),
});
export type OrderingSettings = z.infer<typeof orderingSchema>;

/** How long and how much of an integration's events is kept, unless set. */
export const RETENTION = { days: 30, bytes: 2_000_000_000 };

/** Ended events go when they are older than `days`, and the oldest of them where all bodies together exceed `bytes`. */
export const retentionSchema = z.strictObject({
	days: z.int().min(1).max(365).default(RETENTION.days),
	bytes: z.int().min(10_000_000).max(5_000_000_000).default(RETENTION.bytes),
});
export type RetentionSettings = z.infer<typeof retentionSchema>;

/** Minutes without an event after which silence is an alert: five minutes to thirty days. */
export const silenceMinutes = z
	.int()
	.min(5)
	.max(60 * 24 * 30);

/** Which integration runs when one fails, and the origin of this deployment for the links in what it is told. */
export interface OnFailure {
	integrationId: string;
	origin: string;
}

export type Vars = Record<string, unknown>;

/** One immutable version: what an execution needs to run, however long it waits. */
export interface Version {
	version: number;
	workflow: Workflow;
	vars: Vars;
	/** Condition (JSONata) that a webhook's event must meet before the first step; absent or null: none. */
	filter?: string | null;
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
	/** Absent or null: no secret was entered. */
	signing?: Signing | null;
	/** Where the URL that senders were given begins, `https://inlet.example.com`; empty where it is not known. */
	origin?: string;
	generations: Generation[];
	limits: { pendingEvents: number; keptBytes: number };
	/** The usual where it is absent. */
	retention?: RetentionSettings;
	/** Absent or null: nothing runs when an event fails. */
	onFailure?: OnFailure | null;
}
