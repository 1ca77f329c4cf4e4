import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { goTo } from "../../../navigation";
import { tabPath, useEditor } from "../context";
import { movedTo } from "../inbox/filters";
import { Inbox } from "../inbox/inbox";
import { BlockedLanes } from "./blocked-lanes";
import { ExecutionDetail } from "./execution-detail";
import { ExecutionList } from "./execution-list";
import { LedgerSummary } from "./ledger-summary";
import "./execution.css";
import "./logs.css";

const VIEWS = [
	{ id: "executions", label: "Executions" },
	{ id: "inbox", label: "Inbox" },
] as const;

/** Everything that came in and what became of it. */
export function LogsTab() {
	const { editing } = useEditor();
	const { query } = useLocation();
	const home = tabPath(editing.id, "logs");
	const moved = movedTo(query);
	useEffect(() => {
		if (moved !== null) goTo(`${home}${moved}`, { replace: true });
	}, [home, moved]);
	const view = moved !== null || query.view === "inbox" ? "inbox" : "executions";
	const narrowed = query.status ? `&status=${encodeURIComponent(query.status)}` : "";
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
				moved === null && <Inbox />
			) : (
				<div class="logs-body" data-detail={query.execution !== undefined}>
					<div class="logs-list">
						<ExecutionList chosen={query.execution ?? null} />
					</div>
					{query.execution !== undefined && (
						<div class="logs-detail">
							<ExecutionDetail key={query.execution} executionId={query.execution} backHref={`${home}?view=executions${narrowed}`} />
						</div>
					)}
				</div>
			)}
		</div>
	);
}
