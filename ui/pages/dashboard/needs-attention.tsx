import { useState } from "preact/hooks";
import type { IntegrationStatistics, IntegrationSummary } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button, LinkButton } from "../../components/button";
import { type Status, StatusBadge } from "../../components/status";
import { Callout, Card } from "../../components/surfaces";
import { Time } from "../../components/time";
import { useResource } from "../../resource";
import { needingAttention, type Reason } from "./overview";

const SHOWN_AT_FIRST = 5;
const REFRESH_MS = 30_000;

/** Integrations where somebody has to decide: blocked lanes, failed events, work that does not move. */
export function NeedsAttention({ integrations }: { integrations: readonly IntegrationSummary[] }) {
	const [all, setAll] = useState(false);
	const waiting = needingAttention(integrations, Date.now());
	return (
		<>
			<OpenAlerts />
			{waiting.length === 0 ? (
				<Callout kind="good" title="Nothing needs you">
					No event has failed, no lane is blocked and all work moves.
				</Callout>
			) : (
				<Card flush title="Needs you" about="What does not go on by itself.">
					<ul class="attention">
						{waiting.slice(0, all ? undefined : SHOWN_AT_FIRST).map(({ one, reason }) => (
							<li key={one.id}>
								<StatusBadge status={BADGES[reason]} />
								<div class="grow">
									<a class="row-link" href={`/automations/${one.id}/logs`}>
										{one.name}
									</a>
									<p class="soft small">
										{describe(one.statistics, reason)}, last execution {one.statistics.lastExecutionStatus ?? "unknown"}{" "}
										<Time iso={one.statistics.lastExecutionAt} />
									</p>
								</div>
								<LinkButton small href={`/automations/${one.id}/logs${isFailure(reason) ? "?status=failed" : ""}`}>
									{isFailure(reason) ? "Show failed" : "Open logs"}
									<span class="unseen"> of {one.name}</span>
								</LinkButton>
							</li>
						))}
					</ul>
					{!all && waiting.length > SHOWN_AT_FIRST && (
						<div class="attention-more">
							<Button kind="quiet" small onClick={() => setAll(true)}>
								Show all {waiting.length}
							</Button>
						</div>
					)}
				</Card>
			)}
		</>
	);
}

const BADGES: Record<Reason, Status> = { blocked: "blocked", failing: "failed", stuck: "pending", failed: "failed" };

const isFailure = (reason: Reason): boolean => reason === "failing" || reason === "failed";

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;

function describe({ blockedLanes, failed, pending }: IntegrationStatistics, reason: Reason): string {
	if (reason === "stuck") return `${counted(pending, "event has", "events have")} not moved for ten minutes`;
	const failures = counted(failed, "failed event", "failed events");
	return reason === "blocked" ? `${counted(blockedLanes, "blocked lane", "blocked lanes")}, ${failures}` : failures;
}

/** Alerts that nobody has seen yet. */
function OpenAlerts() {
	const { value } = useResource("alerts/unseen", () => call(api.alerts.$get({ query: { limit: "50" } })), REFRESH_MS);
	const unseen = value?.items.filter(({ seenAt }) => seenAt === null).length ?? 0;
	if (unseen === 0) return null;
	return (
		<Callout
			kind="warn"
			title={`${counted(unseen, "open alert", "open alerts")}${value?.cursor ? " and more" : ""}`}
			actions={
				<LinkButton small href="/settings/alerts">
					Show alerts
				</LinkButton>
			}
		>
			An integration fails, waits for a person or has gone silent.
		</Callout>
	);
}
