import { useState } from "preact/hooks";
import type { IntegrationSummary } from "../../../worker/api/types";
import { Button, LinkButton } from "../../components/button";
import { StatusBadge } from "../../components/status";
import { Callout, Card } from "../../components/surfaces";
import { Time } from "../../components/time";
import { needingAttention } from "./overview";

const SHOWN_AT_FIRST = 5;

/** Integrations with failed events: somebody has to decide. */
export function NeedsAttention({ integrations }: { integrations: readonly IntegrationSummary[] }) {
	const [all, setAll] = useState(false);
	const waiting = needingAttention(integrations);
	if (waiting.length === 0)
		return (
			<Callout kind="good" title="Nothing needs you">
				No event has failed.
			</Callout>
		);
	return (
		<Card flush title="Needs you" about="Events that failed and will not be tried again by themselves.">
			<ul class="attention">
				{waiting.slice(0, all ? undefined : SHOWN_AT_FIRST).map((one) => (
					<li key={one.id}>
						<StatusBadge status="failed" />
						<div class="grow">
							<a class="row-link" href={`/automations/${one.id}/logs`}>
								{one.name}
							</a>
							<p class="soft small">
								{one.statistics.failed.toLocaleString()} failed {one.statistics.failed === 1 ? "event" : "events"}, last execution{" "}
								{one.statistics.lastExecutionStatus ?? "unknown"} <Time iso={one.statistics.lastExecutionAt} />
							</p>
						</div>
						<LinkButton small href={`/automations/${one.id}/logs?status=failed`}>
							Show failed
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
	);
}
