import type { IntegrationSummary } from "../../../worker/api/types";
import { StatusBadge } from "../../components/status";
import { Card } from "../../components/surfaces";
import { type Column, DataTable } from "../../components/table";
import { Time } from "../../components/time";
import { goTo } from "../../navigation";
import { byActivity, latest } from "./overview";

const SHOWN = 12;

/** Where something happened last. */
export function RecentActivity({ integrations }: { integrations: readonly IntegrationSummary[] }) {
	return (
		<Card flush title="Recent activity">
			<DataTable
				label="Recent activity"
				columns={COLUMNS}
				rows={byActivity(integrations).slice(0, SHOWN)}
				rowKey={(one) => one.id}
				onOpen={(one) => goTo(`/automations/${one.id}/logs`)}
			/>
		</Card>
	);
}

const COLUMNS: readonly Column<IntegrationSummary>[] = [
	{
		id: "name",
		header: "Integration",
		narrow: "bare",
		cell: (one) => (
			<a class="row-link" href={`/automations/${one.id}/logs`}>
				{one.name}
			</a>
		),
	},
	{
		id: "last",
		header: "Last execution",
		cell: (one) =>
			one.statistics.lastExecutionStatus ? (
				<StatusBadge status={one.statistics.lastExecutionStatus} plain />
			) : (
				<span class="faint">none yet</span>
			),
	},
	{ id: "when", header: "When", cell: (one) => <Time iso={latest(one)} /> },
	{ id: "events", header: "Events", align: "end", cell: (one) => one.statistics.received.toLocaleString() },
	{ id: "outcome", header: "How they ended", narrow: "wide", cell: (one) => <OutcomeBar statistics={one.statistics} /> },
];

const PARTS = ["succeeded", "filtered", "failed", "pending"] as const;

/** One bar: the share of each outcome, in words for whoever cannot see it. */
function OutcomeBar({ statistics }: Pick<IntegrationSummary, "statistics">) {
	const total = PARTS.reduce((sum, part) => sum + statistics[part], 0);
	const words = PARTS.filter((part) => statistics[part] > 0)
		.map((part) => `${statistics[part].toLocaleString()} ${part}`)
		.join(", ");
	let x = 0;
	return (
		<div class="outcome">
			<svg class="outcome-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
				<rect class="outcome-none" width="100" height="6" />
				{total > 0 &&
					PARTS.map((part) => {
						const width = (statistics[part] / total) * 100;
						const from = x;
						x += width;
						return <rect key={part} class={`outcome-${part}`} x={from} width={width} height="6" />;
					})}
			</svg>
			<span class="soft small">{words === "" ? "nothing yet" : words}</span>
		</div>
	);
}
