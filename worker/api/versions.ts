import { Hono } from "hono";
import { ApiError } from "../errors";
import { saveVersion } from "../integrations/save";
import type { WebhookSettings } from "../integrations/settings";
import { findIntegration, findVersion, listVersions, namesOf, type Saved, type VersionRow } from "../integrations/store";
import * as answers from "./answers";
import { applyOrRefuse, draftOf } from "./applying";
import { invalidCursor, pageQuery, query } from "./body";
import { checkDraft } from "./check";
import { type ApiContext, type ApiEnv, askerOf, databaseOf, iso, notFound, workspaceOf } from "./context";
import { describes } from "./describe";
import { originOf } from "./origin";

const tag = "Versions";

/** Every save of an integration. */
export const versionRoutes = new Hono<ApiEnv>()
	.get(
		"/integrations/:id/versions",
		describes(tag, "List the versions, newest first", 200, answers.pageOf(answers.versionSummary)),
		query(pageQuery),
		async (c) => {
			const { limit, cursor } = c.req.valid("query");
			const { row } = await read(c);
			if (cursor && !/^\d{1,9}$/.test(cursor)) throw invalidCursor();
			const before = cursor ? Number(cursor) : row.version + 1;
			const rows = await listVersions(databaseOf(c), row.id, before, limit + 1);
			const items = rows.slice(0, limit).map((one) => ({ ...one, savedAt: iso(one.savedAt), current: one.version === row.version }));
			return c.json({ items, cursor: rows.length > limit ? String(items.at(-1)?.version) : null }, 200);
		},
	)
	.get("/integrations/:id/versions/:version", describes(tag, "Read a version", 200, answers.versionDetail), async (c) => {
		const { row } = await read(c);
		const { version, workflow, vars, webhook, schedule, ordering, savedAt, savedBy } = await readVersion(c, row.id);
		const name = (await namesOf(databaseOf(c), [savedBy])).get(savedBy) ?? null;
		const current = version === row.version;
		return c.json({ version, savedAt: iso(savedAt), savedBy: name, current, workflow, vars, webhook, schedule, ordering }, 200);
	})
	.post(
		"/integrations/:id/versions/:version/restore",
		describes(
			tag,
			"Save an earlier version anew. What is on stays on, what is off stays off; who may send and what is masked stay as now",
			200,
			answers.integration,
		),
		async (c) => {
			const db = databaseOf(c);
			const before = await read(c);
			const { workflow, vars, webhook, schedule, ordering } = await readVersion(c, before.row.id);
			const draft = await checkDraft(db, workspaceOf(c), {
				...draftOf(before),
				workflow,
				vars,
				ordering,
				webhook: { ...webhook, ...asNow(before.row.webhook) },
				schedule: { ...schedule, enabled: before.row.schedule.enabled },
			});
			if (!(await saveVersion(db, before, askerOf(c).userId, draft, before.row.signing, originOf(c)))) {
				throw new ApiError(409, "stale_version", "Somebody else saved this integration in the meantime. Look at their version first.");
			}
			return c.json(await applyOrRefuse(c, before.row.id), 200);
		},
	);

/** Who may send, whether anybody may, and what is masked before it is kept: none of that is taken back to what it was. */
function asNow({ enabled, verification, allowedIps = [], redaction = null }: WebhookSettings) {
	return { enabled, verification, allowedIps, redaction };
}

async function read(c: ApiContext<"/:id">): Promise<Saved> {
	const saved = await findIntegration(databaseOf(c), workspaceOf(c), c.req.param("id"));
	if (saved === null) throw notFound("integration");
	return saved;
}

async function readVersion(c: ApiContext<"/:version">, id: string): Promise<VersionRow> {
	const number = c.req.param("version");
	const found = /^\d{1,9}$/.test(number) ? await findVersion(databaseOf(c), id, Number(number)) : null;
	if (found === null) throw notFound("version");
	return found;
}
