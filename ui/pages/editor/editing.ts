import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
	Integration,
	OrderingSettings,
	RetentionSettings,
	ScheduleSettings,
	Vars,
	WebhookSettings,
	Workflow,
	WorkflowProblem,
} from "../../../worker/api/types";
import type { Failure } from "../../api";
import { calls } from "./calls";
import { draftOf, type JsonObject, patchBetween, sameJson } from "./draft";
import { type History, record, redo, startHistory, undo } from "./history";
import { rebase } from "./rebase";
import type { VerificationDraft } from "./webhook/verification";

/** What a person may change on this page. */
export interface Draft {
	name: string;
	description: string;
	categories: string[];
	workflow: Workflow;
	webhook: Omit<WebhookSettings, "verification"> & { verification: VerificationDraft };
	schedule: ScheduleSettings;
	ordering: OrderingSettings;
	retention: RetentionSettings;
	/** null: as the workspace says, or as learned. */
	silenceMinutes: number | null;
	onFailureIntegrationId: string | null;
	vars: Vars;
}

/** Somebody else saved in between. */
export interface Conflict {
	newest: Integration;
	theirs: Draft;
	updatedBy: string | null;
}

export interface Unfinished {
	text: string;
	/** Why it cannot be taken. */
	message: string;
}

/** The page's model: the integration as saved, the draft laid over it, and what became of saving it. */
export interface Editing {
	id: string;
	readOnly: boolean;
	/** As last read or saved. */
	server: ReadonlySignal<Integration>;
	draft: ReadonlySignal<Draft>;
	/** What was changed, as a merge patch; null where nothing was. */
	patch: ReadonlySignal<JsonObject | null>;
	changed: ReadonlySignal<boolean>;
	saving: ReadonlySignal<boolean>;
	/** Problems of the workflow, from the check while typing or from a refused save. */
	problems: Signal<WorkflowProblem[]>;
	/** Other fields that a save refused: dotted path → why. */
	fieldErrors: Signal<ReadonlyMap<string, string>>;
	/** Texts that cannot be part of the draft yet (half-typed JSON), by subject: saving waits for them. */
	unfinished: ReadonlySignal<ReadonlyMap<string, Unfinished>>;
	/** @param half null: the subject is finished, or gone */
	leaveUnfinished(subject: string, half: Unfinished | null): void;
	conflict: Signal<Conflict | null>;
	canUndo: ReadonlySignal<boolean>;
	canRedo: ReadonlySignal<boolean>;
	/** @param subject what is edited; quick edits of one subject are one entry for undo */
	edit(subject: string | null, change: (draft: Draft) => Draft): void;
	undo(): void;
	redo(): void;
	save(): Promise<{ ok: true } | Failure>;
	/** Takes the newest version in and lays my changes over it; the named fields stay as they are there. */
	reapply(takeTheirs: ReadonlySet<string>): void;
	/** Drops every change. */
	discard(): void;
	/** Takes in an answer that changed nothing a person types (pause, rotate), or a version restored on purpose. */
	adopt(answer: Integration, replaceDraft?: boolean): void;
}

export function createEditing(integration: Integration, readOnly: boolean): Editing {
	const server = signal(integration);
	const history = signal<History<Draft>>(startHistory(draftOf<Draft>(integration)));
	const draft = computed(() => history.value.present);
	const base = computed(() => draftOf<Draft>(server.value));
	const patch = computed(() => patchBetween(base.value, draft.value));
	const saving = signal(false);
	const problems = signal<WorkflowProblem[]>([]);
	const fieldErrors = signal<ReadonlyMap<string, string>>(new Map());
	const unfinished = signal<ReadonlyMap<string, Unfinished>>(new Map());
	const conflict = signal<Conflict | null>(null);

	const enter = (next: Draft, subject: string | null): void => {
		history.value = record(history.value, next, subject, Date.now());
		const ids = next.workflow.steps.map((step) => step.id);
		const left = [...unfinished.value].filter(([one]) => !one.startsWith("step.") || ids.some((id) => one.startsWith(`step.${id}.`)));
		if (left.length < unfinished.value.size) unfinished.value = new Map(left);
	};

	const takeIn = (answer: Integration, sent: Draft): void => {
		const typedMeanwhile = draft.value !== sent;
		server.value = answer;
		const next = typedMeanwhile ? rebase(sent, draft.value, base.value) : base.value;
		history.value = { ...history.value, present: next, subject: null };
		problems.value = [];
		fieldErrors.value = new Map();
		conflict.value = null;
	};

	const meetConflict = async (refusal: Failure): Promise<void> => {
		const { updatedBy } = (refusal.details ?? {}) as { updatedBy?: string | null };
		const newest = await calls.integration(integration.id);
		if (newest.ok) conflict.value = { newest: newest.value, theirs: draftOf<Draft>(newest.value), updatedBy: updatedBy ?? null };
	};

	const save = async (): Promise<{ ok: true } | Failure> => {
		const changes = patch.value;
		const sent = draft.value;
		if (changes === null || saving.value || readOnly) return { ok: true };
		saving.value = true;
		const answer = await calls.save(integration.id, server.value.version, changes);
		saving.value = false;
		if (answer.ok) {
			batch(() => takeIn(answer.value, sent));
			return { ok: true };
		}
		if (answer.status === 409) await meetConflict(answer);
		if (answer.status === 422) {
			const told = problemsIn(answer);
			problems.value = told.problems;
			fieldErrors.value = told.fields;
		}
		return answer;
	};

	return {
		id: integration.id,
		readOnly,
		server,
		draft,
		patch,
		changed: computed(() => patch.value !== null || unfinished.value.size > 0),
		saving,
		problems,
		fieldErrors,
		unfinished,
		conflict,
		canUndo: computed(() => history.value.past.length > 0),
		canRedo: computed(() => history.value.future.length > 0),
		edit: (subject, change) => {
			if (!readOnly) enter(change(draft.value), subject);
		},
		leaveUnfinished: (subject, half) => {
			if (half === null && !unfinished.value.has(subject)) return;
			const next = new Map(unfinished.value);
			if (half === null) next.delete(subject);
			else next.set(subject, half);
			unfinished.value = next;
		},
		undo: () => {
			history.value = undo(history.value);
		},
		redo: () => {
			history.value = redo(history.value);
		},
		save,
		reapply: (takeTheirs) => {
			const met = conflict.value;
			if (met === null) return;
			batch(() => {
				const merged = rebase(base.value, draft.value, met.theirs, takeTheirs);
				server.value = met.newest;
				enter(merged, null);
				conflict.value = null;
			});
		},
		discard: () => {
			batch(() => {
				enter(base.value, null);
				unfinished.value = new Map();
				fieldErrors.value = new Map();
			});
		},
		adopt: (answer, replaceDraft = false) => {
			batch(() => {
				const before = base.value;
				if (replaceDraft || answer.version === server.value.version) server.value = answer;
				else
					server.value = {
						...server.value,
						status: answer.status,
						applied: answer.applied,
						webhook: { ...server.value.webhook, ...derivedOf(answer) },
					};
				if (replaceDraft) enter(base.value, null);
				else if (!sameJson(before, base.value)) history.value = { ...history.value, present: rebase(before, draft.value, base.value) };
			});
		},
	};
}

function derivedOf(answer: Integration): Pick<Integration["webhook"], "url" | "previousUrls"> {
	const { url, previousUrls } = answer.webhook;
	return { url, previousUrls };
}

/** What a 422 says: problems of the workflow by step, all others by field. */
export function problemsIn(failure: Failure): { problems: WorkflowProblem[]; fields: Map<string, string> } {
	const told = (failure.details as { problems?: unknown } | undefined)?.problems;
	const problems: WorkflowProblem[] = [];
	const fields = new Map<string, string>();
	for (const problem of Array.isArray(told) ? (told as (WorkflowProblem | { field: string; message: string })[]) : []) {
		if ("stepId" in problem) problems.push(problem);
		else fields.set(problem.field, problem.message);
	}
	if (problems.length === 0 && fields.size === 0) fields.set("", failure.message);
	return { problems, fields };
}
