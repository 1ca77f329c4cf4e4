import { Buffer } from "node:buffer";
import { and, asc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { type AlertKind, alertSettings, alerts, integrations } from "../db/schema";
import { openAlertSecret } from "./alerts-settings";

/** Tells a workspace's webhook of its alerts: once when one opens, then once an hour at most while it grows, else once a day. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** Notices of one sweep, and how many are under way at a time. */
const PORTION = 60;
const ABREAST = 6;

export interface Notice {
	url: string;
	headers: [name: string, value: string][];
	body: string;
}

/** Sends a notice through the outbound door; never rejects. */
export type Post = (notice: Notice) => Promise<{ ok: true } | { ok: false; reason: string }>;

interface AlertWords {
	kind: AlertKind | "test";
	integration: { id: string; name: string } | null;
	/** Failed events, blocked lanes, or minutes of silence. */
	count: number;
	/** ISO 8601. */
	since: string;
	/** Where a person sees more. */
	url: string;
}

/** Sends what is due. One that does not arrive comes again, later each time. @param now epoch ms */
export async function sendNotices(env: Env, db: Database, post: Post, now: number): Promise<void> {
	const grown = sql`(${alerts.kind} <> 'silence' AND ${alerts.count} > ${alerts.noticedCount})`;
	const daily = and(isNull(alerts.seenAt), lte(alerts.nextNoticeAt, now - DAY_MS + HOUR_MS));
	const due = await db
		.select({ alert: alerts, name: integrations.name, settings: alertSettings })
		.from(alerts)
		.innerJoin(integrations, eq(integrations.id, alerts.integrationId))
		.innerJoin(alertSettings, eq(alertSettings.workspaceId, alerts.workspaceId))
		.where(
			and(
				isNull(alerts.resolvedAt),
				lte(alerts.nextNoticeAt, now),
				isNull(integrations.deletedAt),
				isNotNull(alertSettings.webhookUrl),
				or(eq(alerts.notices, 0), grown, daily),
			),
		)
		.orderBy(asc(alerts.nextNoticeAt))
		.limit(PORTION);
	for (let i = 0; i < due.length; i += ABREAST) {
		await Promise.all(due.slice(i, i + ABREAST).map((one) => tell(env, db, post, one, now)));
	}
}

type Due = { alert: typeof alerts.$inferSelect; name: string; settings: typeof alertSettings.$inferSelect };

async function tell(env: Env, db: Database, post: Post, { alert, name, settings }: Due, now: number): Promise<void> {
	const { id, workspaceId, integrationId, kind, count, since, notices, failedTries } = alert;
	const origin = env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : settings.origin;
	const words: AlertWords = {
		kind,
		integration: { id: integrationId, name },
		count,
		since: new Date(since).toISOString(),
		url: `${origin}/automations/${integrationId}/logs`,
	};
	// The same id again where the last try may have arrived after all.
	const result = await postSigned(env, post, workspaceId, settings, `${id}_${notices + 1}`, words, now);
	const change = result.ok
		? { notices: notices + 1, noticedCount: count, failedTries: 0, nextNoticeAt: now + HOUR_MS, noticeError: null }
		: { failedTries: failedTries + 1, nextNoticeAt: now + Math.min(HOUR_MS, MINUTE_MS * 2 ** failedTries), noticeError: result.reason };
	await db.update(alerts).set(change).where(eq(alerts.id, id));
}

/** Sends a notice of the kind `test` to the saved URL. Null where the workspace has none. */
export async function sendTestNotice(
	env: Env,
	db: Database,
	post: Post,
	workspaceId: string,
	origin: string,
): Promise<Awaited<ReturnType<Post>> | null> {
	const [settings] = await db.select().from(alertSettings).where(eq(alertSettings.workspaceId, workspaceId));
	if (!settings?.webhookUrl) return null;
	const now = Date.now();
	const words: AlertWords = {
		kind: "test",
		integration: null,
		count: 0,
		since: new Date(now).toISOString(),
		url: `${origin}/settings/alerts`,
	};
	return postSigned(env, post, workspaceId, settings, `test_${crypto.randomUUID()}`, words, now);
}

async function postSigned(
	env: Env,
	post: Post,
	workspaceId: string,
	{ webhookUrl, sealedSecret }: Due["settings"],
	id: string,
	words: AlertWords,
	now: number,
): Promise<{ ok: true } | { ok: false; reason: string }> {
	if (webhookUrl === null || sealedSecret === null) return { ok: false, reason: "No webhook URL is set." };
	const body = JSON.stringify(words);
	const timestamp = String(Math.floor(now / 1000));
	try {
		const secret = await openAlertSecret(env, workspaceId, sealedSecret);
		const signature = await sign(secret, `${id}.${timestamp}.${body}`);
		const headers: Notice["headers"] = [
			["content-type", "application/json"],
			["webhook-id", id],
			["webhook-timestamp", timestamp],
			["webhook-signature", `v1,${signature}`],
		];
		return await post({ url: webhookUrl, headers, body });
	} catch {
		return { ok: false, reason: "The signing secret cannot be read. Make a new one." };
	}
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
async function sign(secret: string, text: string): Promise<string> {
	const bytes = new Uint8Array(Buffer.from(secret.slice("whsec_".length), "base64"));
	const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	return Buffer.from(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))).toString("base64");
}
