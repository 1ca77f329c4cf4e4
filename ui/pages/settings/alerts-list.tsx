import { useState } from "preact/hooks";
import type { Alert } from "../../../worker/api/types";
import { api, call } from "../../api";
import { Button } from "../../components/button";
import { SelectField } from "../../components/field";
import { CheckIcon } from "../../components/icons";
import { Card, EmptyState } from "../../components/surfaces";
import { type Column, DataTable, LoadFailure, Pager } from "../../components/table";
import { describeDuration, Time } from "../../components/time";
import { toastFailure } from "../../components/toast";
import { usePages } from "../../resource";
import { hasRole } from "../../session";

const PAGE_SIZE = 20;
const REFRESH_MS = 30_000;
const MINUTE_MS = 60_000;

type State = "open" | "past";

/** Alerts that are open, or those that are over. Seen ones are told of no more, unless they grow. */
export function AlertList() {
	const [state, setState] = useState<State>("open");
	const pages = usePages(
		`alerts/${state}`,
		(cursor) => call(api.alerts.$get({ query: { state, limit: String(PAGE_SIZE), ...(cursor !== undefined && { cursor }) } })),
		REFRESH_MS,
	);
	const maySee = hasRole("member");
	const unseen = pages.items?.filter(({ seenAt }) => seenAt === null) ?? [];

	async function see(ids?: string[]) {
		const result = await call(api.alerts.seen.$post({ json: ids === undefined ? {} : { ids } }));
		if (result.ok) await pages.reload();
		else toastFailure(result);
	}

	const columns: Column<Alert>[] = [
		{
			id: "integration",
			header: "Integration",
			narrow: "bare",
			cell: ({ integration }) => <a href={`/automations/${integration.id}/logs`}>{integration.name}</a>,
		},
		{ id: "what", header: "What", cell: (alert) => describeAlert(alert) },
		{ id: "since", header: "Since", cell: (alert) => <Time iso={alert.since} /> },
		{ id: "sent", header: "Sent", cell: (alert) => describeNotices(alert) },
		{
			id: "seen",
			header: state === "open" ? "Seen" : "Over",
			cell: (alert) =>
				state === "past" ? (
					<Time iso={alert.resolvedAt} />
				) : alert.seenAt !== null || !maySee ? (
					<Time iso={alert.seenAt} never="not yet" />
				) : (
					<Button small onClick={() => see([alert.id])}>
						Mark as seen<span class="unseen"> ({alert.integration.name})</span>
					</Button>
				),
		},
	];

	return (
		<>
			{pages.failure && <LoadFailure failure={pages.failure} onRetry={pages.reload} />}
			<Card
				flush
				title="Alerts"
				actions={
					<>
						{state === "open" && maySee && unseen.length > 1 && (
							<Button small onClick={() => see()}>
								Mark all as seen
							</Button>
						)}
						<SelectField
							label="Alerts shown"
							unlabelled
							value={state}
							onValue={setState}
							choices={[
								{ value: "open", label: "Open" },
								{ value: "past", label: "Past" },
							]}
						/>
					</>
				}
			>
				<DataTable
					label={state === "open" ? "Open alerts" : "Past alerts"}
					columns={columns}
					rows={pages.items}
					rowKey={(alert) => alert.id}
					expected={2}
					empty={
						<EmptyState level={3} icon={CheckIcon} title={state === "open" ? "No open alerts" : "No past alerts"}>
							{state === "open"
								? "Nothing fails, no lane is blocked and nobody is silent."
								: "Alerts stay here for 90 days after they are over."}
						</EmptyState>
					}
				/>
				<Pager pages={pages} size={PAGE_SIZE} label="alerts" />
			</Card>
		</>
	);
}

function describeAlert({ kind, count }: Alert): string {
	if (kind === "silence") return `Silent for ${describeDuration(count * MINUTE_MS)}`;
	const shown = count.toLocaleString();
	if (kind === "blocked") return count === 1 ? "1 blocked lane" : `${shown} blocked lanes`;
	return count === 1 ? "1 failed event" : `${shown} failed events`;
}

function describeNotices({ notices, noticeError }: Alert) {
	if (noticeError !== null) return <span class="alert-error">Not delivered: {noticeError}</span>;
	if (notices === 0) return <span class="faint">no</span>;
	return notices === 1 ? "once" : `${notices} times`;
}
