import * as z from "zod";
import { CONNECTION_KINDS } from "../db/schema/connection";
import { ROLES } from "../db/schema/workspace";
import { REGIONS } from "../integrations/endpoint-key";
import {
	INTEGRATION_STATUSES,
	orderingSchema,
	retentionSchema,
	scheduleSchema,
	silenceMinutes,
	webhookSchema,
} from "../integrations/settings";
import { verificationView } from "../integrations/verification";
import { workflowSchema } from "../integrations/workflow";
import { QUESTION_TYPES } from "../templates/template";

/** What the API answers, as zod: the types of the UI and the OpenAPI document both come from here. */

const time = z.iso.datetime();
const maybeTime = time.nullable();
const role = z.enum(ROLES);

/** A list as the API answers it; `cursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), cursor: z.string().nullable() });

export const errorAnswer = z.object({
	error: z.object({ code: z.string(), message: z.string(), requestId: z.string(), details: z.unknown().optional() }),
});

// ---- identity

export const signUpMode = z.object({ open: z.boolean(), mode: z.enum(["first", "open", "invited"]) });
export type SignUpMode = z.infer<typeof signUpMode>;

export const workspaceOfPerson = z.object({ id: z.string(), name: z.string(), role, timeZone: z.string() });
export type WorkspaceOfPerson = z.infer<typeof workspaceOfPerson>;

export const person = z.object({ id: z.string(), name: z.string(), email: z.string(), timeZone: z.string() });
export type Person = z.infer<typeof person>;

export const me = z.object({ user: person, workspaces: z.array(workspaceOfPerson) });
export type Me = z.infer<typeof me>;

export const signedIn = z.object({ user: person });
export const signedOut = z.object({ success: z.boolean() });
export const currentSession = z.object({ user: person, expiresAt: time }).nullable();

export const member = z.object({ userId: z.string(), name: z.string(), email: z.string(), role, joinedAt: time });
export type Member = z.infer<typeof member>;

export const link = z.object({ url: z.string(), expiresAt: time });

export const invitation = z.object({ id: z.string(), role, email: z.string().nullable(), createdAt: time, expiresAt: time });
export type Invitation = z.infer<typeof invitation>;
/** The link is shown once. */
export const newInvitation = invitation.extend({ url: z.string() });
export const invitationSeen = z.object({ workspaceName: z.string(), role, email: z.string().nullable(), expiresAt: time });

export const token = z.object({
	id: z.string(),
	name: z.string(),
	role,
	createdBy: z.string(),
	createdAt: time,
	expiresAt: maybeTime,
	lastUsedAt: maybeTime,
});
export type Token = z.infer<typeof token>;
/** `token` is shown once. */
export const newToken = token.extend({ token: z.string() });

const share = z.object({ used: z.number(), limit: z.number() });
export const usage = z.object({ integrations: share, pendingEvents: share, keptBytes: share });
export type Usage = z.infer<typeof usage>;

// ---- integrations

const integrationBase = z.object({
	id: z.string(),
	name: z.string(),
	description: z.string(),
	categories: z.array(z.string()),
	version: z.int(),
	status: z.enum(INTEGRATION_STATUSES),
	createdAt: time,
	updatedAt: time,
});

export const integration = integrationBase.extend({
	region: z.enum(REGIONS),
	templateId: z.string().nullable(),
	/** False while the last change has not reached the integration's Sequencer; it is applied by itself within a minute. */
	applied: z.boolean(),
	vars: z.record(z.string(), z.unknown()),
	webhook: webhookSchema.extend({
		verification: verificationView,
		/** Answers only while `enabled` is saved as true. Null where the integration supports no webhook, and for viewers. */
		url: z.string().nullable(),
		previousUrls: z.array(z.object({ url: z.string(), expiresAt: time })),
	}),
	schedule: scheduleSchema,
	ordering: orderingSchema,
	retention: retentionSchema,
	silenceMinutes: silenceMinutes.nullable(),
	/** May name one that was deleted since. */
	onFailureIntegrationId: z.string().nullable(),
	workflow: workflowSchema,
});
export type Integration = z.infer<typeof integration>;

export const integrationStatistics = z.object({
	received: z.int(),
	succeeded: z.int(),
	failed: z.int(),
	filtered: z.int(),
	cancelled: z.int(),
	pending: z.int(),
	rejected: z.int(),
	/** Lanes that wait for a person. */
	blockedLanes: z.int(),
	lastReceivedAt: maybeTime,
	lastExecutionAt: maybeTime,
	lastExecutionStatus: z.enum(["succeeded", "failed", "filtered", "cancelled"]).nullable(),
	nextRunAt: maybeTime,
});
export type IntegrationStatistics = z.infer<typeof integrationStatistics>;

const trigger = z.object({ supported: z.boolean(), enabled: z.boolean() });
export const integrationSummary = integrationBase.extend({ webhook: trigger, schedule: trigger, statistics: integrationStatistics });
export type IntegrationSummary = z.infer<typeof integrationSummary>;

export const versionSummary = z.object({ version: z.int(), savedAt: time, savedBy: z.string().nullable(), current: z.boolean() });
export type VersionSummary = z.infer<typeof versionSummary>;
export const versionDetail = versionSummary.extend({
	workflow: workflowSchema,
	vars: z.record(z.string(), z.unknown()),
	webhook: webhookSchema,
	schedule: scheduleSchema,
	ordering: orderingSchema,
});
export type VersionDetail = z.infer<typeof versionDetail>;

export const workflowProblems = z.object({
	problems: z.array(
		z.object({ stepId: z.string().nullable(), index: z.int().nullable(), field: z.string().nullable(), message: z.string() }),
	),
});

export const queued = z.object({ eventId: z.string(), executionId: z.string(), sequence: z.int() });
export type Queued = z.infer<typeof queued>;

export const schedulePreview = z.object({ sentence: z.string(), next: z.array(time), timeZone: z.string() });
export type SchedulePreview = z.infer<typeof schedulePreview>;

// ---- connections and templates

export const connection = z.object({
	id: z.string(),
	name: z.string(),
	kind: z.enum(CONNECTION_KINDS),
	hosts: z.array(z.string()),
	fields: z.object({ headerName: z.string().optional(), username: z.string().optional() }),
	usedBy: z.array(z.object({ id: z.string(), name: z.string() })),
	createdAt: time,
	updatedAt: time,
});
export type Connection = z.infer<typeof connection>;

export const template = z.object({
	id: z.string(),
	name: z.string(),
	summary: z.string(),
	description: z.string(),
	categories: z.array(z.string()),
	trigger: z.enum(["webhook", "schedule", "any"]),
	connections: z.array(z.string()),
	/** Another template that does the same with the other trigger. */
	sibling: z.string().nullable(),
	questions: z.array(
		z.object({
			id: z.string(),
			label: z.string(),
			help: z.string(),
			type: z.enum(QUESTION_TYPES),
			default: z.union([z.string(), z.number()]).optional(),
			required: z.boolean(),
			placeholder: z.string().optional(),
			/** Offers to make another integration that stands in for the system asked for; the answer is then `stand-in`. */
			standIn: z.string().optional(),
		}),
	),
	steps: z.array(z.string()),
});
export type Template = z.infer<typeof template>;
