import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { EventSummary } from "../../../../worker/api/types";
import { EmptyState } from "../../../components/surfaces";
import { goTo } from "../../../navigation";
import { calls } from "../calls";
import { eventPath, tabPath, useEditor } from "../context";
import { EventRow } from "./event-row";
import { EventSearchForm } from "./event-search";
import { FoundEvents } from "./found-events";
import { ListFrame, scrolledPast } from "./list-frame";
import { readSearch, searchSuffix } from "./search";
import { useLiveList } from "./use-live-list";

/** What came in and was accepted: all of it, live, or what a search finds. */
export function EventList({ chosen }: { chosen: string | null }) {
	const { editing } = useEditor();
	const { query } = useLocation();
	const search = readSearch(query);
	return (
		<>
			<EventSearchForm
				search={search}
				onSearch={(next) => goTo(`${tabPath(editing.id, "logs")}?view=events${searchSuffix(next)}`, { replace: true })}
			/>
			{Object.keys(search).length > 0 ? <FoundEvents search={search} chosen={chosen} /> : <AllEvents chosen={chosen} />}
		</>
	);
}

function AllEvents({ chosen }: { chosen: string | null }) {
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
			{(row) => <EventRow row={row} href={`${eventPath(editing.id, row.id)}&view=events`} chosen={row.id === chosen} />}
		</ListFrame>
	);
}
