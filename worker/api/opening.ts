import type { Sequencer } from "../events/sequencer";
import { type Remote, sequencerOf } from "../integrations/objects";
import { findIntegration, type IntegrationRow } from "../integrations/store";
import { invalidCursor } from "./body";
import { type ApiContext, databaseOf, notFound, workspaceOf } from "./context";

/** The Sequencer of the integration in the path. @throws 404 where the workspace has no such integration */
export async function openSequencer(
	c: ApiContext<"/:id">,
): Promise<{ sequencer: Remote<Sequencer>; workspaceId: string; row: IntegrationRow }> {
	const workspaceId = workspaceOf(c);
	const found = await findIntegration(databaseOf(c), workspaceId, c.req.param("id"));
	if (found === null) throw notFound("integration");
	const { row } = found;
	return { sequencer: sequencerOf(c.env, row.id, row.region), workspaceId, row };
}

/** @throws 404 where the Sequencer knows nothing of it */
export function known<T>(answer: T | null, what: string): T {
	if (answer === null) throw notFound(what);
	return answer;
}

/** As `known`, for a list: null may also mean that its cursor is not one of ours. @throws 422, 404 */
export function knownPage<T>(page: T | null, cursor: string | undefined): T {
	if (page === null && cursor !== undefined) throw invalidCursor();
	return known(page, "integration");
}
