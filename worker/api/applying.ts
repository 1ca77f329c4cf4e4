import { ApiError } from "../errors";
import { applyIntegration } from "../integrations/apply";
import type { Draft } from "../integrations/draft";
import { findIntegration, type Saved } from "../integrations/store";
import type { Integration } from "./answers";
import { type ApiContext, databaseOf, notFound, workspaceOf } from "./context";
import { originOf } from "./origin";
import { presentIntegration, watchedOf } from "./present";

/** What is saved, in the form in which it is edited. */
export function draftOf({ row, current }: Saved): Draft {
	const { name, description, categories, status, webhook, schedule, ordering } = row;
	const { workflow, vars } = current;
	return { name, description, categories, status, workflow, vars, webhook, schedule, ordering, ...watchedOf(row) };
}

/** After a change was saved: answers only when it is in force. @throws 503 `saved_not_applied`, 404 */
export async function applyOrRefuse(c: ApiContext, id: string): Promise<Integration> {
	const result = await applyIntegration(c.env, databaseOf(c), workspaceOf(c), id);
	if (result.status === "gone") throw notFound("integration");
	if (result.status === "applied") return presentIntegration(c.env, originOf(c), result.saved);
	throw new ApiError(
		503,
		"saved_not_applied",
		"Your changes are saved, but not in force yet. They are applied by themselves within a minute.",
		{
			retryAfterSeconds: 60,
		},
	);
}

/** After something was made: its id must reach the caller, so `applied` is false where it is not in force yet. */
export async function applied(c: ApiContext, id: string): Promise<Integration> {
	const result = await applyIntegration(c.env, databaseOf(c), workspaceOf(c), id);
	const saved = result.status === "applied" ? result.saved : await findIntegration(databaseOf(c), workspaceOf(c), id);
	if (saved === null) throw notFound("integration");
	return presentIntegration(c.env, originOf(c), saved);
}
