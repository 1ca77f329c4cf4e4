import { makeEndpointKey } from "../integrations/endpoint-key";
import { endpointOrigin } from "../integrations/public-origin";
import { RETENTION } from "../integrations/settings";
import type { IntegrationRow, Listed, Saved, StatisticsRow } from "../integrations/store";
import type { Integration, IntegrationStatistics, IntegrationSummary } from "./answers";
import { iso, isoOrNull } from "./context";
import { presentVerification } from "./verification";

/** Rows of D1 as the API shows them. */

/** @param origin under which the endpoint answers, `https://inlet.example.com` */
export function presentIntegration(env: Env, origin: string, { row, current }: Saved): Integration {
	const { generations, webhook } = row;
	const now = Date.now();
	const previous = generations.flatMap(({ generation, expiresAt }) =>
		expiresAt !== null && expiresAt > now ? [{ generation, expiresAt }] : [],
	);
	return {
		...presentBase(row),
		region: row.region,
		templateId: row.templateId,
		applied: row.revision === row.appliedRevision,
		vars: current.vars,
		webhook: {
			...webhook,
			// Absent in what was saved before they were there.
			batch: webhook.batch ?? null,
			filter: webhook.filter ?? null,
			allowedIps: webhook.allowedIps ?? [],
			verification: presentVerification(webhook.verification, row.signing),
			url: webhook.supported ? endpointUrl(env, origin, row) : null,
			previousUrls: previous.map(({ generation, expiresAt }) => ({
				url: endpointUrl(env, origin, row, generation),
				expiresAt: iso(expiresAt),
			})),
		},
		schedule: row.schedule,
		ordering: row.ordering,
		...watchedOf(row),
		workflow: current.workflow,
	};
}

/** What is set beside the versions, in the form in which it is edited. */
export function watchedOf({ retention, silenceMinutes, onFailure }: IntegrationRow) {
	return { retention: retention ?? RETENTION, silenceMinutes, onFailureIntegrationId: onFailure?.integrationId ?? null };
}

/** As those see it who may look and not act: whoever has an endpoint's URL can start the integration. */
export function withoutUrls(integration: Integration): Integration {
	return { ...integration, webhook: { ...integration.webhook, url: null, previousUrls: [] } };
}

export function presentSummary({ row, statistics }: Listed): IntegrationSummary {
	const { webhook, schedule } = row;
	return {
		...presentBase(row),
		webhook: { supported: webhook.supported, enabled: webhook.enabled },
		schedule: { supported: schedule.supported, enabled: schedule.enabled },
		statistics: presentStatistics(statistics),
	};
}

/** The URL to give to a sender; by default the current generation's. */
export function endpointUrl(env: Env, origin: string, row: IntegrationRow, generation = row.generations.at(-1)?.generation ?? 1): string {
	return urlAt(env, endpointOrigin(env, origin), row, generation);
}

/** The same under just this origin. */
export function urlAt(env: Env, origin: string, row: IntegrationRow, generation: number): string {
	return `${origin}/in/${makeEndpointKey(env.ENDPOINT_KEYS, { integrationId: row.id, region: row.region, generation })}`;
}

function presentBase(row: IntegrationRow) {
	const { id, name, description, categories, version, status } = row;
	return { id, name, description, categories, version, status, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt) };
}

function presentStatistics(row: StatisticsRow | null): IntegrationStatistics {
	return {
		received: row?.total ?? 0,
		succeeded: row?.succeeded ?? 0,
		failed: row?.failed ?? 0,
		filtered: row?.filtered ?? 0,
		cancelled: row?.cancelled ?? 0,
		pending: row?.pending ?? 0,
		rejected: row?.rejected ?? 0,
		blockedLanes: row?.blockedLanes ?? 0,
		lastReceivedAt: isoOrNull(row?.lastReceivedAt ?? null),
		lastExecutionAt: isoOrNull(row?.lastExecutionAt ?? null),
		lastExecutionStatus: row?.lastExecutionStatus ?? null,
		nextRunAt: isoOrNull(row?.nextRunAt ?? null),
	};
}
