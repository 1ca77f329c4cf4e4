import type { IntegrationSummary } from "../../../worker/api/types";
import { api, call, type Result } from "../../api";

/** Integrations that the dashboard looks at. */
export const OVERVIEW_MAX = 500;
const PAGE_SIZE = 100;

export interface Overview {
	integrations: IntegrationSummary[];
	/** True where there are more than `OVERVIEW_MAX`. */
	more: boolean;
}

export async function loadOverview(): Promise<Result<Overview>> {
	const integrations: IntegrationSummary[] = [];
	let cursor: string | null = null;
	do {
		const query: { limit: string; cursor?: string } = { limit: String(PAGE_SIZE), ...(cursor !== null && { cursor }) };
		const page: Result<{ items: IntegrationSummary[]; cursor: string | null }> = await call(api.integrations.$get({ query }));
		if (!page.ok) return page;
		integrations.push(...page.value.items);
		cursor = page.value.cursor;
	} while (cursor !== null && integrations.length < OVERVIEW_MAX);
	return { ok: true, value: { integrations, more: cursor !== null } };
}

const TOTALS = ["received", "succeeded", "failed", "filtered", "pending", "rejected"] as const;
export type TotalName = (typeof TOTALS)[number];

/** The integrations' counts added up. */
export function totalsOf(integrations: readonly Pick<IntegrationSummary, "statistics">[]): Record<TotalName, number> {
	const totals: Record<TotalName, number> = { received: 0, succeeded: 0, failed: 0, filtered: 0, pending: 0, rejected: 0 };
	for (const { statistics } of integrations) for (const name of TOTALS) totals[name] += statistics[name];
	return totals;
}

/** Pending work that has not moved for this long needs a look. */
const STUCK_MS = 10 * 60_000;

/** Why somebody should look, the most urgent first. */
export const REASONS = ["blocked", "failing", "stuck", "failed"] as const;
export type Reason = (typeof REASONS)[number];

/**
 * blocked: lanes wait for a person; failing: the last execution failed; stuck: something is pending and nothing has
 * moved for ten minutes; failed: some failed further back. Null where nobody is needed.
 * @param now epoch ms
 */
export function reasonOf({ status, statistics }: IntegrationSummary, now: number): Reason | null {
	if (statistics.blockedLanes > 0) return "blocked";
	if (statistics.failed > 0 && statistics.lastExecutionStatus === "failed") return "failing";
	const moved = Math.max(...[statistics.lastReceivedAt, statistics.lastExecutionAt].map((at) => (at === null ? 0 : Date.parse(at))));
	if (status === "active" && statistics.pending > 0 && moved < now - STUCK_MS) return "stuck";
	return statistics.failed > 0 ? "failed" : null;
}

/** Those that need a person, the most urgent and then the most recent first. */
export function needingAttention(integrations: readonly IntegrationSummary[], now: number): { one: IntegrationSummary; reason: Reason }[] {
	return integrations
		.flatMap((one) => {
			const reason = reasonOf(one, now);
			return reason === null ? [] : [{ one, reason }];
		})
		.toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) || latest(b.one).localeCompare(latest(a.one)));
}

/** Those where something happened, the most recent first. */
export function byActivity(integrations: readonly IntegrationSummary[]): IntegrationSummary[] {
	return integrations.filter((one) => latest(one) !== "").toSorted((a, b) => latest(b).localeCompare(latest(a)));
}

/** ISO time of the last thing that happened, or an empty text. */
export function latest({ statistics }: IntegrationSummary): string {
	const times = [statistics.lastReceivedAt, statistics.lastExecutionAt].filter((time) => time !== null);
	return times.toSorted().at(-1) ?? "";
}
