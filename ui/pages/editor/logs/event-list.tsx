import { useRef } from "preact/hooks";
import type { EventSummary } from "../../../../worker/api/types";
import { StatusBadge } from "../../../components/status";
import { EmptyState } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { calls } from "../calls";
import { describeSize } from "../components/body";
import { eventPath, useEditor } from "../context";
import { ListFrame, scrolledPast } from "./list-frame";
import { useLiveList } from "./use-live-list";
import { SOURCES } from "./words";

/** What came in and was accepted, newest first, live. */
export function EventList({ chosen }: { chosen: string | null }) {
	const { editing } = useEditor();
	const top = useRef<HTMLDivElement>(null);
	const list = useLiveList<EventSummary>({
		key: `events ${editing.id}`,
		load: (cursor) => calls.events(editing.id, { limit: 50, cursor }),
		pick: (changes) => changes.flatMap((change) => (change.kind === "event" ? change.event : [])),
		wanted: () => true,
		newer: (a, b) => b.sequence - a.sequence,
		hold: () => scrolledPast(top.current),
	});
	return (
		<ListFrame
			list={list}
			label="Events"
			topRef={top}
			onTop={() => top.current?.scrollIntoView()}
			empty={
				<EmptyState title="No events yet">An event is what an accepted delivery, a schedule or a run by hand leaves behind.</EmptyState>
			}
		>
			{(row) => (
				<a class="log-row" href={`${eventPath(editing.id, row.id)}&view=events`} aria-current={row.id === chosen ? "true" : undefined}>
					<StatusBadge status={row.status} plain />
					<span class="log-number">#{row.sequence}</span>
					<span class="log-text clip">
						{SOURCES[row.source]}
						{row.source === "webhook" && (
							<span class="faint">
								{" "}
								{row.method} {row.path}
							</span>
						)}
					</span>
					<span class="log-took faint">{describeSize(row.size)}</span>
					<span class="log-when">
						<Time iso={row.receivedAt} />
					</span>
				</a>
			)}
		</ListFrame>
	);
}
