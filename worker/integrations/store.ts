import { and, desc, eq, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client";
import { integrationStatistics, integrations, integrationVersions, users } from "../db/schema";
import type { IntegrationStatus } from "./settings";

/** Reading integrations. Every function takes the workspace first: what belongs to another one does not exist. */

export type IntegrationRow = typeof integrations.$inferSelect;
export type VersionRow = typeof integrationVersions.$inferSelect;
export type StatisticsRow = typeof integrationStatistics.$inferSelect;

/** An integration with its current version. */
export interface Saved {
	row: IntegrationRow;
	current: VersionRow;
}

const current = and(eq(integrationVersions.integrationId, integrations.id), eq(integrationVersions.version, integrations.version));

export async function findIntegration(db: Database, workspaceId: string, id: string): Promise<Saved | null> {
	const [found] = await db
		.select({ row: integrations, current: integrationVersions })
		.from(integrations)
		.innerJoin(integrationVersions, current)
		.where(and(eq(integrations.id, id), eq(integrations.workspaceId, workspaceId), isNull(integrations.deletedAt)));
	return found ?? null;
}

export interface IntegrationQuery {
	search?: string | undefined;
	category?: string | undefined;
	status?: IntegrationStatus | undefined;
	limit: number;
	cursor?: string | undefined;
}

export interface Listed {
	row: IntegrationRow;
	statistics: StatisticsRow | null;
}

/** Newest first. `cursor` is null on the last page. @returns null where the cursor is not one of this list */
export async function listIntegrations(
	db: Database,
	workspaceId: string,
	query: IntegrationQuery,
): Promise<{ items: Listed[]; cursor: string | null } | null> {
	const { search, category, status, limit, cursor } = query;
	const beyond = cursor ? after(cursor) : undefined;
	if (beyond === null) return null;
	const rows = await db
		.select({ row: integrations, statistics: integrationStatistics })
		.from(integrations)
		.leftJoin(integrationStatistics, eq(integrationStatistics.integrationId, integrations.id))
		.where(
			and(
				eq(integrations.workspaceId, workspaceId),
				isNull(integrations.deletedAt),
				search ? or(contains(integrations.name, search), contains(integrations.description, search)) : undefined,
				category ? sql`EXISTS (SELECT 1 FROM json_each(${integrations.categories}) WHERE value = ${category})` : undefined,
				status ? eq(integrations.status, status) : undefined,
				beyond,
			),
		)
		.orderBy(desc(integrations.createdAt), desc(integrations.id))
		.limit(limit + 1);
	const items = rows.slice(0, limit);
	const last = items.at(-1)?.row;
	return { items, cursor: rows.length > limit && last !== undefined ? `${last.createdAt}.${last.id}` : null };
}

/** Not LIKE: the platform bounds its patterns to 50 bytes. */
const contains = (column: SQL | typeof integrations.name | typeof integrations.description, text: string): SQL =>
	sql`instr(lower(${column}), ${text.toLowerCase()}) > 0`;

function after(cursor: string): SQL | null {
	const match = /^(\d{1,15})\.(int_\w+)$/.exec(cursor);
	if (!match?.[1] || !match[2]) return null;
	const at = Number(match[1]);
	return sql`(${integrations.createdAt}, ${integrations.id}) < (${at}, ${match[2]})`;
}

export interface VersionListed {
	version: number;
	savedAt: number;
	/** The person's name; null where the account is gone. */
	savedBy: string | null;
}

/** Newest first. @param before versions below this number */
export function listVersions(db: Database, id: string, before: number, limit: number): Promise<VersionListed[]> {
	return db
		.select({ version: integrationVersions.version, savedAt: integrationVersions.savedAt, savedBy: users.name })
		.from(integrationVersions)
		.leftJoin(users, eq(users.id, integrationVersions.savedBy))
		.where(and(eq(integrationVersions.integrationId, id), lt(integrationVersions.version, before)))
		.orderBy(desc(integrationVersions.version))
		.limit(limit);
}

export async function findVersion(db: Database, id: string, version: number): Promise<VersionRow | null> {
	const [found] = await db
		.select()
		.from(integrationVersions)
		.where(and(eq(integrationVersions.integrationId, id), eq(integrationVersions.version, version)));
	return found ?? null;
}

/** Names of people by id; those whose account is gone are missing. */
export async function namesOf(db: Database, userIds: string[]): Promise<Map<string, string>> {
	const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds));
	return new Map(rows.map(({ id, name }) => [id, name]));
}
