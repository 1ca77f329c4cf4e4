import { Hono } from "hono";
import * as z from "zod";
import { ApiError } from "../errors";
import { draftSchema, NAME_MAX, newIntegrationSchema } from "../integrations/draft";
import { isObject, mergePatch } from "../integrations/merge";
import { shortenName } from "../integrations/name";
import { requireRoom } from "../integrations/quotas";
import { beginRemoval, finishRemoval } from "../integrations/remove";
import { insertIntegration, saveRotation, saveStatus, saveVersion } from "../integrations/save";
import { INTEGRATION_STATUSES } from "../integrations/settings";
import { findIntegration, listIntegrations, namesOf, type Saved } from "../integrations/store";
import { workflowSchema } from "../integrations/workflow";
import * as answers from "./answers";
import { applied, applyOrRefuse, draftOf } from "./applying";
import { invalidCursor, invalidField, jsonBody, pageQuery, query } from "./body";
import { checkDraft, findProblems } from "./check";
import { type ApiContext, type ApiEnv, askerOf, databaseOf, iso, membershipOf, notFound, workspaceOf } from "./context";
import { describes } from "./describe";
import { createFromTemplate } from "./from-template";
import { originOf } from "./origin";
import { presentIntegration, presentSummary, withoutUrls } from "./present";
import { nextSigning, partSecrets } from "./verification";

const GRACE_MAX_SECONDS = 30 * 24 * 3600;
const rotationBody = z.strictObject({
	/** How long the URL of before still answers. */
	graceSeconds: z.int().min(0).max(GRACE_MAX_SECONDS).default(0),
	/** URLs before that one, which still answer for a while, end at once. */
	endEarlier: z.boolean().default(false),
});
/** Rotations that meet other changes of the same integration try again this often. */
const ROTATION_TRIES = 5;

const listQuery = pageQuery.extend({
	search: z.string().max(200).optional(),
	category: z.string().max(40).optional(),
	status: z.enum(INTEGRATION_STATUSES).optional(),
});
const patchBody = z.looseObject({
	/** The version that the changes were made to. May be left out where `status` alone changes. */
	version: z.int().min(1).optional(),
});
const patchDescribed = z.strictObject({ ...draftSchema.extend({ workflow: workflowSchema }).partial().shape, ...patchBody.shape });

/** Behind the name of a duplicate. */
const COPY = " (copy)";

/** Null would silently empty these, or resume what is paused. */
const WHOLES = ["workflow", "webhook", "schedule", "ordering", "vars", "status"];

const tag = "Integrations";

/** Integrations: made, read, saved, copied and removed. */
export const integrationRoutes = new Hono<ApiEnv>()
	.get(
		"/integrations",
		describes(tag, "List the integrations", 200, answers.pageOf(answers.integrationSummary)),
		query(listQuery),
		async (c) => {
			const page = await listIntegrations(databaseOf(c), workspaceOf(c), c.req.valid("query"));
			if (page === null) throw invalidCursor();
			return c.json({ items: page.items.map(presentSummary), cursor: page.cursor }, 200);
		},
	)
	.post(
		"/integrations",
		describes(tag, "Make an integration, blank or from a template", 201, answers.integration),
		jsonBody(newIntegrationSchema, newIntegrationSchema.extend({ workflow: workflowSchema.optional() })),
		async (c) => {
			const { templateId, answers: given = {}, region, ...fields } = c.req.valid("json");
			if (templateId !== undefined) return c.json(await createFromTemplate(c, { templateId, answers: given, region, fields }), 201);
			const db = databaseOf(c);
			const { userId, timeZone } = askerOf(c);
			const draft = await checkDraft(db, workspaceOf(c), { schedule: { timeZone }, ...fields });
			await requireRoom(c.env, db, workspaceOf(c), 1);
			const id = await insertIntegration(db, workspaceOf(c), userId, draft, { region, templateId: null, publicOrigin: originOf(c) });
			return c.json(await applied(c, id), 201);
		},
	)
	.get("/integrations/:id", describes(tag, "Read an integration", 200, answers.integration), async (c) => {
		const integration = presentIntegration(c.env, originOf(c), await read(c));
		return c.json(membershipOf(c).role === "viewer" ? withoutUrls(integration) : integration, 200);
	})
	.patch(
		"/integrations/:id",
		describes(tag, "Save changes (JSON Merge Patch); answers when they are in force", 200, answers.integration),
		jsonBody(patchBody, patchDescribed),
		async (c) => {
			const db = databaseOf(c);
			const before = await read(c);
			const { version, ...patch } = c.req.valid("json");
			const fields = Object.keys(patch);
			const statusAlone = fields.length === 1 && fields[0] === "status";
			if (version === undefined && !statusAlone) throw invalidField("version", "Say which version the changes were made to.");
			if (version !== undefined && version !== before.row.version) throw await staleSave(c, before);

			const emptied = WHOLES.find((field) => patch[field] === null);
			if (emptied !== undefined) throw invalidField(emptied, "This cannot be null. Null takes single settings back to their defaults.");
			const { webhook, schedule } = before.row;
			const { patch: plain, base, entered } = partSecrets(withoutReadOnly(patch), webhook.verification);
			const after = await checkDraft(
				db,
				workspaceOf(c),
				mergePatch({ ...draftOf(before), webhook: { ...webhook, verification: base } }, plain),
				"workflow" in patch ? undefined : before.current.workflow,
			);
			const signing = await nextSigning(c.env, before.row, after.webhook.verification, entered);
			if (after.webhook.supported !== webhook.supported) throw invalidField("webhook.supported", "This comes from the template.");
			if (after.schedule.supported !== schedule.supported) throw invalidField("schedule.supported", "This comes from the template.");
			await requireOnFailure(c, before, after.onFailureIntegrationId);
			const { userId } = askerOf(c);
			const saved = statusAlone
				? await saveStatus(db, before.row.id, userId, after.status)
				: await saveVersion(db, before, userId, after, signing, originOf(c));
			if (!saved) throw await staleSave(c, await read(c));
			return c.json(await applyOrRefuse(c, before.row.id), 200);
		},
	)
	.delete("/integrations/:id", describes(tag, "Delete an integration, with its history", 204), async (c) => {
		const row = await beginRemoval(databaseOf(c), workspaceOf(c), c.req.param("id"));
		if (row === null) throw notFound("integration");
		if (!(await finishRemoval(c.env, databaseOf(c), row))) {
			throw new ApiError(
				503,
				"not_yet_removed",
				"The integration is hidden, but its webhook may still answer. It is removed by itself within minutes.",
			);
		}
		return c.body(null, 204);
	})
	.post(
		"/integrations/:id/duplicate",
		describes(tag, "Copy an integration, with its triggers off", 201, answers.integration),
		async (c) => {
			const db = databaseOf(c);
			const original = await read(c);
			await requireRoom(c.env, db, workspaceOf(c), 1);
			const { region, templateId, webhook, schedule } = original.row;
			const draft = {
				...draftOf(original),
				name: `${shortenName(original.row.name, NAME_MAX - COPY.length)}${COPY}`,
				webhook: { ...webhook, enabled: false },
				schedule: { ...schedule, enabled: false },
			};
			const id = await insertIntegration(db, workspaceOf(c), askerOf(c).userId, draft, { region, templateId, publicOrigin: originOf(c) });
			return c.json(await applied(c, id), 201);
		},
	)
	.post(
		"/integrations/:id/webhook/rotate",
		describes(tag, "Give the webhook a new URL; answers when it is live", 200, answers.integration),
		jsonBody(rotationBody),
		async (c) => {
			const rotation = c.req.valid("json");
			for (let tries = 0; tries < ROTATION_TRIES; tries++) {
				const before = await read(c);
				if (!before.row.webhook.supported) throw invalidField("webhook", "this integration supports no webhook");
				if (await saveRotation(databaseOf(c), before, askerOf(c).userId, rotation))
					return c.json(await applyOrRefuse(c, before.row.id), 200);
			}
			throw new ApiError(503, "busy", "This integration is being changed by others. Try again.");
		},
	)
	.post(
		"/integrations/:id/check",
		describes(tag, "Check a workflow without saving it", 200, answers.workflowProblems),
		jsonBody(z.strictObject({ workflow: z.unknown() })),
		async (c) => {
			await read(c);
			const checked = await findProblems(databaseOf(c), workspaceOf(c), c.req.valid("json").workflow);
			return c.json({ problems: checked.ok ? [] : checked.problems }, 200);
		},
	);

async function read(c: ApiContext<"/:id">): Promise<Saved> {
	const saved = await findIntegration(databaseOf(c), workspaceOf(c), c.req.param("id"));
	if (saved === null) throw notFound("integration");
	return saved;
}

/** One that is named already may be gone by now; another has to be there. @throws 422 */
async function requireOnFailure(c: ApiContext, { row }: Saved, named: string | null): Promise<void> {
	if (named === null || named === row.onFailure?.integrationId) return;
	if (named === row.id) throw invalidField("onFailureIntegrationId", "An integration cannot run itself when it fails. Choose another one.");
	if ((await findIntegration(databaseOf(c), workspaceOf(c), named)) === null)
		throw invalidField("onFailureIntegrationId", "There is no such integration in this workspace.");
}

async function staleSave(c: ApiContext, { row }: Saved): Promise<ApiError> {
	const updatedBy = (await namesOf(databaseOf(c), [row.updatedBy])).get(row.updatedBy) ?? null;
	const details = { version: row.version, updatedBy, updatedAt: iso(row.updatedAt) };
	return new ApiError(
		409,
		"stale_version",
		`Somebody else saved version ${row.version} in the meantime. Load it, then make your changes again.`,
		details,
	);
}

/** A client may send back what it read; the parts that only we write are passed over. */
function withoutReadOnly(patch: Record<string, unknown>): Record<string, unknown> {
	if (!isObject(patch.webhook)) return patch;
	const { url: _url, previousUrls: _previousUrls, ...webhook } = patch.webhook;
	return { ...patch, webhook };
}
