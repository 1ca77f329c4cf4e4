import { and, eq, lt } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrations } from "../db/schema";
import { describeError } from "../errors";
import { reach } from "../faults";
import { sequencerOf } from "./objects";
import { endpointOrigin } from "./public-origin";
import { limitsOf } from "./quotas";
import { RETENTION, type SequencerSettings } from "./settings";
import { findIntegration, type Saved } from "./store";

/** The second write of every save: from D1 to the integration's Sequencer. What fails here is pushed by the sweep. */

export type Applied = { status: "applied"; saved: Saved } | { status: "not_applied" } | { status: "gone" };

/** Pushes what D1 holds now, and notes what the Sequencer has. Safe to repeat: it takes revisions only upwards. */
export async function applyIntegration(env: Env, db: Database, workspaceId: string, id: string): Promise<Applied> {
	const saved = await findIntegration(db, workspaceId, id);
	if (saved === null) return { status: "gone" };
	const { row } = saved;
	try {
		if (FAULTS) await reach("save.before_apply", id);
		const answer = await sequencerOf(env, row.id, row.region).apply(settingsOf(env, saved, await limitsOf(env, db, workspaceId)));
		if (FAULTS) await reach("save.after_apply", id);
		if (answer.status === "removed") return { status: "gone" };
		await db
			.update(integrations)
			.set({ appliedRevision: row.revision })
			.where(and(eq(integrations.id, id), lt(integrations.appliedRevision, row.revision)));
		return { status: "applied", saved: { ...saved, row: { ...row, appliedRevision: row.revision } } };
	} catch (error) {
		console.error(JSON.stringify({ event: "integration.not_applied", integrationId: id, error: describeError(error) }));
		return { status: "not_applied" };
	}
}

function settingsOf(env: Env, { row, current }: Saved, limits: SequencerSettings["limits"]): SequencerSettings {
	return {
		integrationId: row.id,
		workspaceId: row.workspaceId,
		name: row.name,
		region: row.region,
		revision: row.revision,
		status: row.status,
		current: { version: current.version, workflow: current.workflow, vars: current.vars, filter: current.webhook.filter ?? null },
		webhook: row.webhook,
		schedule: row.schedule,
		ordering: row.ordering,
		signing: row.signing,
		origin: endpointOrigin(env, row.origin),
		generations: row.generations,
		limits,
		retention: row.retention ?? RETENTION,
		onFailure: row.onFailure && { ...row.onFailure, ...(env.PUBLIC_URL && { origin: new URL(env.PUBLIC_URL).origin }) },
	};
}
