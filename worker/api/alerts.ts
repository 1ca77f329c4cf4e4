import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { Hono } from "hono";
import * as z from "zod";
import { ALERT_KINDS, alerts, integrations } from "../db/schema";
import { ApiError } from "../errors";
import { checkUrl } from "../executions/egress";
import { sendTestNotice } from "../integrations/alerts-notices";
import { readAlertSettings, renewAlertSecret, saveAlertSettings } from "../integrations/alerts-settings";
import { postThrough } from "./alerts-post";
import * as answers from "./answers";
import { invalidField, jsonBody, pageQuery, query } from "./body";
import { type ApiEnv, databaseOf, iso, isoOrNull, workspaceOf } from "./context";
import { describes } from "./describe";
import { originOf } from "./origin";

const time = z.iso.datetime();
export const alert = z.object({
	id: z.string(),
	kind: z.enum(ALERT_KINDS),
	integration: z.object({ id: z.string(), name: z.string() }),
	/** Failed events, blocked lanes, or minutes of silence. */
	count: z.int(),
	since: time,
	lastAt: time,
	resolvedAt: time.nullable(),
	seenAt: time.nullable(),
	/** Notices that the webhook took, and why the last try failed where it did. */
	notices: z.int(),
	noticeError: z.string().nullable(),
});
export type Alert = z.infer<typeof alert>;

export const alertSettings = z.object({
	webhookUrl: z.string().nullable(),
	hasSecret: z.boolean(),
	failed: z.boolean(),
	blocked: z.boolean(),
	silence: z.boolean(),
	/** After how many minutes silence is an alert; null learns it from each integration's past. */
	silenceMinutes: z.int().nullable(),
});
export type AlertSettings = z.infer<typeof alertSettings>;
const savedSettings = alertSettings.extend({ secret: z.string().nullable() });

const change = z
	.strictObject({
		webhookUrl: z.string().trim().max(2000).nullable(),
		failed: z.boolean(),
		blocked: z.boolean(),
		silence: z.boolean(),
		silenceMinutes: z
			.int()
			.min(5)
			.max(60 * 24 * 30)
			.nullable(),
	})
	.partial();

const tag = "Alerts";

export const alertRoutes = new Hono<ApiEnv>()
	.get(
		"/alerts",
		describes(tag, "List the alerts, open or past, newest first", 200, answers.pageOf(alert)),
		query(pageQuery.extend({ state: z.enum(["open", "past"]).default("open") })),
		async (c) => {
			const { state, limit, cursor } = c.req.valid("query");
			const [since, id] = readCursor(cursor);
			const rows = await databaseOf(c)
				.select({ row: alerts, name: integrations.name })
				.from(alerts)
				.innerJoin(integrations, eq(integrations.id, alerts.integrationId))
				.where(
					and(
						eq(alerts.workspaceId, workspaceOf(c)),
						isNull(integrations.deletedAt),
						state === "open" ? isNull(alerts.resolvedAt) : isNotNull(alerts.resolvedAt),
						since === undefined || id === undefined
							? undefined
							: or(lt(alerts.since, since), and(eq(alerts.since, since), lt(alerts.id, id))),
					),
				)
				.orderBy(desc(alerts.since), desc(alerts.id))
				.limit(limit + 1);
			const items = rows.slice(0, limit).map(({ row, name }) => ({
				id: row.id,
				kind: row.kind,
				integration: { id: row.integrationId, name },
				count: row.count,
				since: iso(row.since),
				lastAt: iso(row.lastAt),
				resolvedAt: isoOrNull(row.resolvedAt),
				seenAt: isoOrNull(row.seenAt),
				notices: row.notices,
				noticeError: row.noticeError,
			}));
			const last = rows.length > limit ? rows[limit - 1]?.row : undefined;
			return c.json({ items, cursor: last === undefined ? null : `${last.since}.${last.id}` }, 200);
		},
	)
	.post(
		"/alerts/seen",
		describes(tag, "Mark alerts as seen; all of them where none is named", 200, z.object({ seen: z.int() })),
		jsonBody(z.strictObject({ ids: z.array(z.string().max(60)).max(50).optional() })),
		async (c) => {
			const { ids } = c.req.valid("json");
			const named = ids === undefined ? undefined : ids.length === 0 ? sql`false` : inArray(alerts.id, ids);
			const seen = await databaseOf(c)
				.update(alerts)
				.set({ seenAt: Date.now() })
				.where(and(eq(alerts.workspaceId, workspaceOf(c)), isNull(alerts.seenAt), named))
				.returning({ id: alerts.id });
			return c.json({ seen: seen.length }, 200);
		},
	)
	.get("/alerts/settings", describes(tag, "Read what alerts are sent, and where", 200, alertSettings), async (c) =>
		c.json(await readAlertSettings(databaseOf(c), workspaceOf(c)), 200),
	)
	.patch(
		"/alerts/settings",
		describes(tag, "Change what alerts are sent; the first webhook URL brings a signing secret, shown once", 200, savedSettings),
		jsonBody(change),
		async (c) => {
			const asked = c.req.valid("json");
			if (asked.webhookUrl) {
				const checked = checkUrl(asked.webhookUrl, c.env);
				if (!checked.ok) throw invalidField("webhookUrl", checked.error.message);
			}
			// What was not sent stays as it is.
			const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
			return c.json(await saveAlertSettings(c.env, databaseOf(c), workspaceOf(c), originOf(c), given), 200);
		},
	)
	.post(
		"/alerts/secret",
		describes(tag, "Make a new signing secret, shown once; the old one signs nothing more", 200, z.object({ secret: z.string() })),
		async (c) => c.json({ secret: await renewAlertSecret(c.env, databaseOf(c), workspaceOf(c), originOf(c)) }, 200),
	)
	.post(
		"/alerts/test",
		describes(tag, "Send a test alert to the saved URL", 200, z.object({ delivered: z.boolean(), reason: z.string().nullable() })),
		async (c) => {
			const { exports } = c.executionCtx as unknown as { exports?: unknown };
			const result = await sendTestNotice(c.env, databaseOf(c), postThrough(c.env, exports), workspaceOf(c), originOf(c));
			if (result === null) throw new ApiError(422, "no_webhook_url", "Save a webhook URL first.");
			return c.json(result.ok ? { delivered: true, reason: null } : { delivered: false, reason: result.reason }, 200);
		},
	);

function readCursor(cursor: string | undefined): [since?: number, id?: string] {
	const match = /^(\d{1,16})\.(alr_\w+)$/.exec(cursor ?? "");
	return match?.[1] && match[2] ? [Number(match[1]), match[2]] : [];
}
