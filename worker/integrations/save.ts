import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrations, integrationVersions } from "../db/schema";
import { newId } from "../ids";
import type { Draft } from "./draft";
import type { Region } from "./endpoint-key";
import type { Generation, IntegrationStatus } from "./settings";
import type { Signing } from "./signing";
import type { Saved } from "./store";

/** The first write of every save: into D1, where the version that a person saw is compared with what is there now. */

export interface Origin {
	region: Region;
	templateId: string | null;
	/** Of this deployment, as people reach it. */
	publicOrigin: string;
}

/** URLs that answer at the same time: the current one and those in their grace period. */
const GENERATIONS_MAX = 5;

/** @returns the new integration's id; the Sequencer does not know it yet */
export async function insertIntegration(db: Database, workspaceId: string, userId: string, draft: Draft, from: Origin): Promise<string> {
	const id = newId("int");
	const now = Date.now();
	const { name, description, categories, status, webhook, schedule, ordering, workflow, vars } = draft;
	const { region, templateId, publicOrigin } = from;
	await db.batch([
		db.insert(integrations).values({
			id,
			workspaceId,
			name,
			description,
			categories,
			status,
			region,
			templateId,
			webhook,
			schedule,
			ordering,
			...watched(draft, publicOrigin),
			origin: publicOrigin,
			generations: [{ generation: 1, expiresAt: null }],
			version: 1,
			revision: 1,
			createdAt: now,
			updatedAt: now,
			updatedBy: userId,
		}),
		db
			.insert(integrationVersions)
			.values({ integrationId: id, version: 1, workflow, vars, webhook, schedule, ordering, savedBy: userId, savedAt: now }),
	]);
	return id;
}

/** What is set beside the versions: it says nothing of how an event runs. */
function watched({ retention, silenceMinutes, onFailureIntegrationId }: Draft, publicOrigin: string) {
	const onFailure = onFailureIntegrationId === null ? null : { integrationId: onFailureIntegrationId, origin: publicOrigin };
	return { retention, silenceMinutes, onFailure };
}

/**
 * Saves a new version over the one that `before` holds.
 * @param signing the sealed secrets from now on
 * @param publicOrigin of this deployment, as people reach it
 * @returns false where another save was first; nothing is written then
 */
export async function saveVersion(
	db: Database,
	before: Saved,
	userId: string,
	draft: Draft,
	signing: Signing | null,
	publicOrigin: string,
): Promise<boolean> {
	const { id, version } = before.row;
	const now = Date.now();
	const { name, description, categories, status, webhook, schedule, ordering, workflow, vars } = draft;
	const [changed] = await db.batch([
		db
			.update(integrations)
			.set({
				name,
				description,
				categories,
				// A status that this save does not touch may have been changed by somebody else since.
				...(status === before.row.status ? {} : { status }),
				webhook,
				schedule,
				ordering,
				...watched(draft, publicOrigin),
				signing,
				origin: publicOrigin,
				version: version + 1,
				revision: sql`${integrations.revision} + 1`,
				updatedAt: now,
				updatedBy: userId,
			})
			.where(and(eq(integrations.id, id), eq(integrations.version, version), isNull(integrations.deletedAt)))
			.returning({ id: integrations.id }),
		// Only where the update above has just made this version, which nobody else can have written then.
		db
			.insert(integrationVersions)
			.select(
				sql`SELECT ${id}, ${version + 1}, ${JSON.stringify(workflow)}, ${JSON.stringify(vars)}, ${JSON.stringify(webhook)},
					${JSON.stringify(schedule)}, ${JSON.stringify(ordering)}, ${userId}, ${now}
				WHERE EXISTS (SELECT 1 FROM integrations WHERE id = ${id} AND version = ${version + 1})`,
			)
			.onConflictDoNothing(),
	]);
	return changed.length > 0;
}

/** Pauses or resumes; no new version. @returns false where the integration is gone */
export async function saveStatus(db: Database, id: string, userId: string, status: IntegrationStatus): Promise<boolean> {
	const changed = await db
		.update(integrations)
		.set({ status, revision: sql`${integrations.revision} + 1`, updatedAt: Date.now(), updatedBy: userId })
		.where(and(eq(integrations.id, id), isNull(integrations.deletedAt)))
		.returning({ id: integrations.id });
	return changed.length > 0;
}

/**
 * Gives the endpoint a new URL; no new version.
 * `graceSeconds`: how long the URL of before still answers; `endEarlier`: those before it, which are in their grace, end now.
 * @returns false where another change came in between: read again and repeat
 */
export async function saveRotation(
	db: Database,
	before: Saved,
	userId: string,
	{ graceSeconds, endEarlier }: { graceSeconds: number; endEarlier: boolean },
): Promise<boolean> {
	const now = Date.now();
	const { id, revision, generations } = before.row;
	const changed = await db
		.update(integrations)
		.set({
			generations: rotate(generations, graceSeconds * 1000, now, endEarlier),
			revision: revision + 1,
			updatedAt: now,
			updatedBy: userId,
		})
		.where(and(eq(integrations.id, id), eq(integrations.revision, revision), isNull(integrations.deletedAt)))
		.returning({ id: integrations.id });
	return changed.length > 0;
}

/**
 * The list with a new current generation, and without those whose time is over. The oldest goes where there are too many.
 * @param endEarlier also without those that were in their grace
 */
export function rotate(generations: Generation[], graceMs: number, now: number, endEarlier = false): Generation[] {
	const latest = Math.max(0, ...generations.map(({ generation }) => generation));
	const kept = endEarlier ? generations.filter(({ expiresAt }) => expiresAt === null) : generations;
	const ending = kept.map((one) => ({ ...one, expiresAt: one.expiresAt ?? now + graceMs })).filter((one) => one.expiresAt > now);
	return [...ending, { generation: latest + 1, expiresAt: null }].slice(-GENERATIONS_MAX);
}
