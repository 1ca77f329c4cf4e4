import { useRef } from "preact/hooks";
import type { DeliverySummary } from "../../../../worker/api/types";
import { LinkButton } from "../../../components/button";
import { StatusBadge } from "../../../components/status";
import { EmptyState } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { calls } from "../calls";
import { describeSize } from "../components/body";
import { deliveryPath, eventPath, tabPath, useEditor } from "../context";
import { ListFrame, scrolledPast } from "./list-frame";
import { useLiveList } from "./use-live-list";
import { reasonWords } from "./words";

/** Every request that reached the URL, those that were turned down included, with the reason. */
export function DeliveryList({ chosen }: { chosen: string | null }) {
	const { editing } = useEditor();
	const top = useRef<HTMLDivElement>(null);
	const list = useLiveList<DeliverySummary>({
		key: `deliveries ${editing.id}`,
		load: (cursor) => calls.deliveries(editing.id, { limit: 50, cursor }),
		pick: (changes) => changes.flatMap((change) => (change.kind === "delivery" ? change.delivery : [])),
		wanted: () => true,
		newer: (a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (b.sequence ?? 0) - (a.sequence ?? 0),
		hold: () => scrolledPast(top.current),
	});
	return (
		<ListFrame
			list={list}
			label="Deliveries"
			topRef={top}
			onTop={() => top.current?.scrollIntoView()}
			empty={
				<EmptyState title="No deliveries yet" actions={<LinkButton href={tabPath(editing.id, "webhook")}>Open Webhook</LinkButton>}>
					Each request that reaches the webhook URL is listed here, accepted or not.
				</EmptyState>
			}
		>
			{(row) => {
				// What repeats an event is another request than the one that made it.
				const made = row.status === "accepted" ? row.eventId : null;
				const href = made === null ? deliveryPath(editing.id, row.id) : eventPath(editing.id, made);
				return (
					<a class="log-row" href={`${href}&view=deliveries`} aria-current={chosen === (made ?? row.id) ? "true" : undefined}>
						<StatusBadge status={row.status} plain />
						<span class="log-number">{placeOf(row)}</span>
						<DeliveryWords row={row} />
						<span class="log-took faint">{describeSize(row.size)}</span>
						<span class="log-when">
							<Time iso={row.receivedAt} />
						</span>
					</a>
				);
			}}
		</ListFrame>
	);
}

function DeliveryWords({ row }: { row: DeliverySummary }) {
	if (row.status === "duplicate")
		return (
			<span class="log-text clip">
				{row.reason === "conflict" ? `Conflict: like #${row.sequence}, with another body` : `Repeat of #${row.sequence}`}
			</span>
		);
	if (row.reason !== null)
		return (
			<span class="log-text clip" title={reasonWords(row.reason)}>
				{row.method}: {reasonWords(row.reason)}
			</span>
		);
	return (
		<span class="log-text clip">
			{row.method} <span class="faint">{row.path}</span>
		</span>
	);
}

/** The event that it made or repeats; else what it was answered. */
function placeOf({ status, sequence, httpStatus }: DeliverySummary): string {
	if (sequence === null) return String(httpStatus);
	return status === "duplicate" ? `of #${sequence}` : `#${sequence}`;
}
