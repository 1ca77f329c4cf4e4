import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { ExecutionStatus, ExecutionSummary } from "../../../../worker/api/types";
import { LinkButton } from "../../../components/button";
import { SelectField } from "../../../components/field";
import { LogsIcon } from "../../../components/icons";
import { StatusBadge } from "../../../components/status";
import { EmptyState } from "../../../components/surfaces";
import { describeDuration, Time } from "../../../components/time";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { tabPath, useEditor } from "../context";
import { ListFrame, scrolledPast } from "./list-frame";
import { Replayed } from "./replayed";
import { useLiveList } from "./use-live-list";
import { SOURCES } from "./words";

type Filter = ExecutionStatus | "";

const FILTERS: readonly { value: Filter; label: string }[] = [
	{ value: "", label: "All statuses" },
	...(["queued", "running", "waiting", "succeeded", "failed", "filtered", "cancelled"] as const).map((status) => ({
		value: status,
		label: status,
	})),
];

/** Every run, newest first, live. */
export function ExecutionList({ chosen }: { chosen: string | null }) {
	const { editing } = useEditor();
	const { query } = useLocation();
	const filter = FILTERS.find((one) => one.value === query.status)?.value ?? "";
	const top = useRef<HTMLDivElement>(null);
	const home = tabPath(editing.id, "logs");
	const list = useLiveList<ExecutionSummary>({
		key: `executions ${editing.id} ${filter}`,
		load: (cursor) => calls.executions(editing.id, { limit: 50, cursor, status: filter }),
		pick: (changes) => changes.flatMap((change) => (change.kind === "execution" ? change.execution : [])),
		// What the webhook's filter turned away is announced as it ends, and is none of those that ran.
		wanted: (row) => (filter === "" || row.status === filter) && row.error?.code !== "webhook_filter",
		newer: (a, b) => b.sequence - a.sequence || b.number - a.number,
		hold: () => scrolledPast(top.current),
	});
	const narrowed = filter === "" ? "" : `&status=${filter}`;
	return (
		<>
			<div class="log-tools">
				<SelectField
					label="Status"
					unlabelled
					choices={FILTERS}
					value={filter}
					onValue={(status) => goTo(status === "" ? home : `${home}?status=${status}`, { replace: true })}
				/>
			</div>
			<ListFrame
				list={list}
				label="Executions"
				topRef={top}
				onTop={() => top.current?.scrollIntoView()}
				empty={
					filter === "" ? (
						<Nothing />
					) : (
						<EmptyState title={`No execution is ${filter}`} actions={<LinkButton href={home}>Show all</LinkButton>} />
					)
				}
			>
				{(row) => (
					<a
						class="log-row"
						href={`${home}?execution=${encodeURIComponent(row.id)}${narrowed}`}
						aria-current={row.id === chosen ? "true" : undefined}
					>
						<StatusBadge status={row.status} plain />
						<span class="log-number">
							#{row.sequence}
							{row.number > 1 && <span class="faint"> · try {row.number}</span>}
						</span>
						<span class="log-text clip">{row.error?.message ?? SOURCES[row.source]}</span>
						<span class="log-took faint">{row.durationMs === null ? "" : describeDuration(row.durationMs)}</span>
						<span class="log-when">
							{row.number > 1 ? <Replayed at={row.startedAt} /> : <Time iso={row.startedAt ?? row.receivedAt} />}
						</span>
					</a>
				)}
			</ListFrame>
		</>
	);
}

function Nothing() {
	const { editing } = useEditor();
	const { webhook, schedule } = editing.server.value;
	const [tab, label] =
		webhook.supported && !schedule.enabled ? (["webhook", "Open Webhook"] as const) : (["schedule", "Open Schedule"] as const);
	return (
		<EmptyState
			icon={LogsIcon}
			title="Nothing has run yet"
			actions={
				<>
					<LinkButton kind="primary" href={tabPath(editing.id, tab)}>
						{label}
					</LinkButton>
					<LinkButton href={tabPath(editing.id, "run-now")}>Run now</LinkButton>
				</>
			}
		>
			{webhook.enabled
				? "Send something to the webhook URL and it appears here at once, with every step and every call."
				: "Start it by a webhook, on a schedule, or by hand. Each run then appears here, with every step and every call."}
		</EmptyState>
	);
}
