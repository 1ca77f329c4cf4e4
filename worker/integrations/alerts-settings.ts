import { Buffer } from "node:buffer";
import { and, eq, sql } from "drizzle-orm";
import { newestVersion, open, rewrap, type Sealed, seal } from "../connections/vault";
import type { Database } from "../db/client";
import { ALERT_KINDS, alertSettings } from "../db/schema";
import { closeAlerts } from "./alerts";

type Row = typeof alertSettings.$inferSelect;
export type AlertSettings = Pick<Row, "webhookUrl" | "failed" | "blocked" | "silence" | "silenceMinutes"> & { hasSecret: boolean };
export type AlertSettingsChange = Partial<Omit<AlertSettings, "hasSecret">>;

const SECRET_BYTES = 32;
/** Secrets that one look moves to a new key. */
const MOVED_MAX = 50;

export async function readAlertSettings(db: Database, workspaceId: string): Promise<AlertSettings> {
	const [row] = await db.select().from(alertSettings).where(eq(alertSettings.workspaceId, workspaceId));
	if (row === undefined) return { webhookUrl: null, failed: true, blocked: true, silence: true, silenceMinutes: null, hasSecret: false };
	const { webhookUrl, failed, blocked, silence, silenceMinutes, sealedSecret } = row;
	return { webhookUrl, failed, blocked, silence, silenceMinutes, hasSecret: sealedSecret !== null };
}

/**
 * @param origin of this deployment, for the links in alerts
 * @returns the settings and, where a webhook URL is there for the first time, the secret that signs: shown now and never again
 */
export async function saveAlertSettings(
	env: Env,
	db: Database,
	workspaceId: string,
	origin: string,
	change: AlertSettingsChange,
): Promise<AlertSettings & { secret: string | null }> {
	const now = Date.now();
	const row = { ...change, origin, updatedAt: now };
	await db
		.insert(alertSettings)
		.values({ workspaceId, ...row })
		.onConflictDoUpdate({ target: alertSettings.workspaceId, set: row });
	const unwanted = ALERT_KINDS.filter((kind) => change[kind] === false);
	await closeAlerts(db, workspaceId, unwanted, now);
	const saved = await readAlertSettings(db, workspaceId);
	if (saved.webhookUrl === null || saved.hasSecret) return { ...saved, secret: null };
	return { ...saved, hasSecret: true, secret: await renewAlertSecret(env, db, workspaceId, origin) };
}

/** A new secret in place of the old one, which signs nothing from now on. Shown once. */
export async function renewAlertSecret(env: Env, db: Database, workspaceId: string, origin: string): Promise<string> {
	const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))).toString("base64")}`;
	const row = {
		origin,
		sealedSecret: JSON.stringify(await seal(env.VAULT_KEYS, secret, purposeOf(workspaceId))),
		updatedAt: Date.now(),
	};
	await db
		.insert(alertSettings)
		.values({ workspaceId, ...row })
		.onConflictDoUpdate({ target: alertSettings.workspaceId, set: row });
	return secret;
}

export function openAlertSecret(env: Env, workspaceId: string, sealed: string): Promise<string> {
	return open(env.VAULT_KEYS, JSON.parse(sealed) as Sealed, purposeOf(workspaceId));
}

/** After the vault got a new key: moves the signing secrets under it, some at a time. One that cannot be opened is left. */
export async function moveAlertSecrets(env: Env, db: Database): Promise<void> {
	const newest = newestVersion(env.VAULT_KEYS);
	const behind = await db
		.select({ workspaceId: alertSettings.workspaceId, sealedSecret: alertSettings.sealedSecret })
		.from(alertSettings)
		.where(sql`${alertSettings.sealedSecret} ->> 'keyVersion' <> ${newest}`)
		.orderBy(sql`random()`)
		.limit(MOVED_MAX);
	for (const { workspaceId, sealedSecret } of behind) {
		if (sealedSecret === null) continue;
		const moved = await rewrap(env.VAULT_KEYS, JSON.parse(sealedSecret) as Sealed, purposeOf(workspaceId)).catch(() => null);
		if (moved === null) continue;
		// One that a person made meanwhile stays.
		const same = and(eq(alertSettings.workspaceId, workspaceId), eq(alertSettings.sealedSecret, sealedSecret));
		await db
			.update(alertSettings)
			.set({ sealedSecret: JSON.stringify(moved) })
			.where(same);
	}
}

const purposeOf = (workspaceId: string) => ({ workspaceId, holder: "alerts", field: "secret", terms: "sign alerts" });
