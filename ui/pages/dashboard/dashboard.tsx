import { Page } from "../../components/page";
import { Card, Skeleton } from "../../components/surfaces";
import { LoadFailure } from "../../components/table";
import { useResource } from "../../resource";
import { FirstSteps } from "./first-steps";
import { FromLibrary } from "./from-library";
import { NeedsAttention } from "./needs-attention";
import { OverTime } from "./over-time";
import { loadOverview, OVERVIEW_MAX } from "./overview";
import { RecentActivity } from "./recent-activity";
import { Totals } from "./totals";
import "./dashboard.css";

const REFRESH_MS = 10_000;

/** What needs a person first, then how much happened, then where. */
export default function Dashboard() {
	const { value: overview, failure, reload } = useResource("overview", loadOverview, REFRESH_MS);
	const integrations = overview?.integrations;
	const nothingReceived = integrations?.every((one) => one.statistics.lastReceivedAt === null && one.statistics.lastExecutionAt === null);

	return (
		<Page title="Dashboard">
			{failure && <LoadFailure failure={failure} onRetry={reload} />}
			{integrations === undefined && !failure && <Waiting />}
			{integrations !== undefined && nothingReceived && (
				<>
					<FirstSteps first={integrations[0]} />
					<FromLibrary />
				</>
			)}
			{integrations !== undefined && !nothingReceived && (
				<>
					<NeedsAttention integrations={integrations} />
					<OverTime integrations={integrations} />
					<Totals integrations={integrations} />
					<RecentActivity integrations={integrations} />
					{overview?.more && (
						<p class="soft">These figures cover {OVERVIEW_MAX.toLocaleString()} integrations; all of them are in My Automations.</p>
					)}
				</>
			)}
		</Page>
	);
}

function Waiting() {
	return (
		<div class="stack" aria-busy="true">
			<Card>
				<Skeleton height="20px" lines={3} />
			</Card>
			<Card>
				<Skeleton height="44px" />
			</Card>
			<Card>
				<Skeleton height="20px" lines={5} />
			</Card>
		</div>
	);
}
