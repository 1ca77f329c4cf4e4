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
				const content = (
					<>
						<StatusBadge status={row.status} plain />
						<span class="log-number">{row.sequence === null ? row.httpStatus : `#${row.sequence}`}</span>
						<span class="log-text clip" title={row.reason === null ? undefined : reasonWords(row.reason)}>
							{row.reason === null ? (
								<>
									{row.method} <span class="faint">{row.path}</span>
								</>
							) : (
								`${row.method}: ${reasonWords(row.reason)}`
							)}
						</span>
						<span class="log-took faint">{describeSize(row.size)}</span>
						<span class="log-when">
							<Time iso={row.receivedAt} />
						</span>
					</>
				);
				const href = row.eventId === null ? deliveryPath(editing.id, row.id) : eventPath(editing.id, row.eventId);
				const current = row.id === chosen || (row.eventId !== null && row.eventId === chosen);
				return (
					<a class="log-row" href={`${href}&view=deliveries`} aria-current={current ? "true" : undefined}>
						{content}
					</a>
				);
			}}
		</ListFrame>
	);
}
