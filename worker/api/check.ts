import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { connections } from "../db/schema";
import { ApiError } from "../errors";
import { checkSchedule } from "../events/schedule";
import { checkWorkflow } from "../executions/check";
import { findFilterMistake } from "../executions/webhook-filter";
import { type Draft, draftSchema } from "../integrations/draft";
import type { ScheduleSettings } from "../integrations/settings";
import type { Step, Workflow, WorkflowProblem } from "../integrations/workflow";
import { invalidField, parse } from "./body";

/** What a save refuses. Everything is checked before anything is written. */

export type CheckedWorkflow = { ok: true; workflow: Workflow } | { ok: false; problems: WorkflowProblem[] };

/** Shapes, ids and expressions, and that the workspace has the connections that steps name. */
export async function findProblems(db: Database, workspaceId: string, workflow: unknown): Promise<CheckedWorkflow> {
	const checked = checkWorkflow(workflow);
	if (!checked.ok) return checked;
	const problems = await findForeignConnections(db, workspaceId, checked.workflow.steps);
	return problems.length === 0 ? checked : { ok: false, problems };
}

/**
 * @param value merged from what was saved and what was sent
 * @param unchanged the saved workflow, where nothing of it was sent: it is not judged again, for a connection may be gone by now
 * @throws 422 naming every field, or every step and field, that is wrong
 */
export async function checkDraft(db: Database, workspaceId: string, value: unknown, unchanged?: Workflow): Promise<Draft> {
	const draft = parse(draftSchema, value);
	const { webhook, schedule, ordering } = draft;
	if (webhook.enabled && !webhook.supported)
		throw invalidField("webhook.enabled", "this integration supports no webhook; use its schedule");
	if (schedule.enabled && !schedule.supported)
		throw invalidField("schedule.enabled", "this integration supports no schedule; use its webhook");
	requireSchedule(schedule);
	const mistake = webhook.filter === null ? null : findFilterMistake(webhook.filter);
	if (mistake !== null) throw invalidField("webhook.filter", mistake);
	if (ordering.mode === "key" && ordering.key === null) throw invalidField("ordering.key", "Say which part of the event is the key.");
	if (unchanged !== undefined) return { ...draft, workflow: unchanged };
	const checked = await findProblems(db, workspaceId, draft.workflow);
	if (checked.ok) return { ...draft, workflow: checked.workflow };
	const [first] = checked.problems;
	const where =
		first === undefined
			? ""
			: [first.stepId ?? (first.index === null ? "" : `step ${first.index + 1}`), first.field ?? ""].filter(Boolean).join(".");
	throw new ApiError(422, "invalid_workflow", `${where || "workflow"}: ${first?.message ?? "is not valid"}`, {
		problems: checked.problems,
	});
}

/** @throws 422 naming the field */
export function requireSchedule(schedule: ScheduleSettings): void {
	const check = checkSchedule(schedule);
	if (!check.ok) throw invalidField(`schedule.${check.field}`, check.message);
}

async function findForeignConnections(db: Database, workspaceId: string, steps: Step[]): Promise<WorkflowProblem[]> {
	const named = steps.flatMap((step, index) =>
		"connectionId" in step && step.connectionId ? [{ step, index, id: step.connectionId }] : [],
	);
	if (named.length === 0) return [];
	const known = await db
		.select({ id: connections.id })
		.from(connections)
		.where(
			and(
				eq(connections.workspaceId, workspaceId),
				isNull(connections.deletedAt),
				// One JSON list: a statement takes 100 parameters at most, a workflow 200 steps.
				sql`${connections.id} IN (SELECT value FROM json_each(${JSON.stringify(named.map(({ id }) => id))}))`,
			),
		);
	const ids = new Set(known.map(({ id }) => id));
	return named
		.filter(({ id }) => !ids.has(id))
		.map(({ step, index }) => ({
			stepId: step.id,
			index,
			field: "connectionId",
			message: "There is no such connection in this workspace.",
		}));
}
