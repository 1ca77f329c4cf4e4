import { computed, signal } from "@preact/signals";
import type { Me, Person, WorkspaceOfPerson } from "../worker/api/types";
import { api, call, chooseWorkspace, chosenWorkspace, type Failure } from "./api";
import { forgetResources } from "./resource";

export type { Person };
export type Workspace = WorkspaceOfPerson;
export type Role = Workspace["role"];

/** Who is here: unknown until the first answer, null for nobody. */
export const me = signal<Me | null | undefined>(undefined);
/** Why it is not known, where the worker could not be reached. */
export const sessionFailure = signal<Failure | null>(null);

/** The workspace that the screens show; null before somebody has logged in. */
export const workspace = computed<Workspace | null>(() => {
	const known = me.value?.workspaces ?? [];
	return known.find((one) => one.id === chosen.value) ?? known[0] ?? null;
});

const chosen = signal<string | null>(chosenWorkspace());

const RANK: Record<Role, number> = { viewer: 0, member: 1, admin: 2, owner: 3 };

/** Whether the person has at least this role in the shown workspace. The worker decides; this spares people a refusal. */
export function hasRole(least: Role): boolean {
	const role = workspace.value?.role;
	return role !== undefined && RANK[role] >= RANK[least];
}

/** Who is here, at the first load. A browser that nobody logged in from asks a question that has an answer for strangers too. */
export async function findSession(): Promise<void> {
	if (chosenWorkspace() === null) {
		const session = await call(api.auth["get-session"].$get());
		if (session.ok && session.value === null) {
			me.value = null;
			return;
		}
	}
	await loadSession();
}

/** Asks the worker who is here. */
export async function loadSession(): Promise<void> {
	const result = await call(api.me.$get());
	sessionFailure.value = null;
	if (result.ok) {
		me.value = result.value;
		const current = workspace.value;
		// A remembered workspace may be another person's, or one that was left.
		if (current !== null && current.id !== chosenWorkspace()) selectWorkspace(current.id);
	} else if (result.status === 401) me.value = null;
	else sessionFailure.value = result;
}

export function selectWorkspace(id: string): void {
	chooseWorkspace(id);
	chosen.value = id;
	forgetResources();
}

export async function signOut(): Promise<void> {
	await call(api.auth["sign-out"].$post());
	forgetSession();
}

/** Nobody is here any more: signed out, expired or deleted. */
export function forgetSession(): void {
	forgetResources();
	chooseWorkspace(null);
	chosen.value = null;
	me.value = null;
}
