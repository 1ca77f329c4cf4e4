import { useLocation } from "preact-iso/router";
import { tabPath, useEditor } from "../context";
import { Inbox } from "../inbox/inbox";
import { BlockedLanes } from "./blocked-lanes";
import { DeliveryDetail } from "./delivery-detail";
import { DeliveryList } from "./delivery-list";
import { EventDetail } from "./event-detail";
import { EventList } from "./event-list";
import { ExecutionDetail } from "./execution-detail";
import { ExecutionList } from "./execution-list";
import { LedgerSummary } from "./ledger-summary";
import { readSearch, searchSuffix } from "./search";
import "./execution.css";
import "./logs.css";

const VIEWS = [
	{ id: "executions", label: "Executions" },
	{ id: "inbox", label: "Inbox" },
	{ id: "events", label: "Events" },
	{ id: "deliveries", label: "Deliveries" },
] as const;

/** Everything that came in and what became of it. */
export function LogsTab() {
	const { editing } = useEditor();
	const { query } = useLocation();
	const view = VIEWS.find((one) => one.id === query.view)?.id ?? (query.event ? "events" : "executions");
	const home = tabPath(editing.id, "logs");
	const chosen = query.execution ?? query.event ?? query.delivery;
	const narrowed = view === "events" ? searchSuffix(readSearch(query)) : searchSuffix(readSearch({ status: query.status }));
	const back = `${home}?view=${view}${narrowed}`;
	return (
		<div class="logs">
			<LedgerSummary />
			<BlockedLanes />
			<nav class="logs-views" aria-label="Logs">
				{VIEWS.map((one) => (
					<a key={one.id} href={`${home}?view=${one.id}`} aria-current={one.id === view ? "page" : undefined}>
						{one.label}
					</a>
				))}
			</nav>
			{view === "inbox" ? (
				<Inbox />
			) : (
				<div class="logs-body" data-detail={chosen !== undefined}>
					<div class="logs-list">
						{view === "executions" && <ExecutionList chosen={query.execution ?? null} />}
						{view === "events" && <EventList chosen={query.event ?? null} />}
						{view === "deliveries" && <DeliveryList chosen={query.event ?? query.delivery ?? null} />}
					</div>
					{query.execution !== undefined && (
						<div class="logs-detail">
							<ExecutionDetail key={query.execution} executionId={query.execution} backHref={back} />
						</div>
					)}
					{query.delivery !== undefined && (
						<div class="logs-detail">
							<DeliveryDetail key={query.delivery} deliveryId={query.delivery} backHref={back} />
						</div>
					)}
					{query.execution === undefined && query.event !== undefined && (
						<div class="logs-detail">
							<EventDetail key={query.event} eventId={query.event} backHref={back} />
						</div>
					)}
				</div>
			)}
		</div>
	);
}
