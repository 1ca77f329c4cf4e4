import { useRef, useState } from "preact/hooks";
import type { FoundEvent } from "../../../../worker/api/types";
import { Button } from "../../../components/button";
import { EmptyState } from "../../../components/surfaces";
import { calls } from "../calls";
import { eventPath, useEditor } from "../context";
import { EventRow } from "./event-row";
import { ListFrame } from "./list-frame";
import { askedOf, type EventSearch, markHits, needsIndex, searchSuffix } from "./search";
import { useLiveList } from "./use-live-list";

/** The events that a search found, newest first, with the piece of the payload where it was found. */
export function FoundEvents({ search, chosen }: { search: EventSearch; chosen: string | null }) {
	const { editing } = useEditor();
	const top = useRef<HTMLDivElement>(null);
	const [reach, setReach] = useState<{ indexedThrough: number; lastSequence: number } | null>(null);
	const suffix = searchSuffix(search);
	const list = useLiveList<FoundEvent>({
		key: `found events ${editing.id} ${suffix}`,
		load: async (cursor) => {
			const answer = await calls.searchEvents(editing.id, askedOf(search), cursor);
			if (answer.ok) setReach(answer.value);
			return answer;
		},
		// What comes in now is found by the next search: its words are not known here.
		pick: () => [],
		wanted: () => true,
		newer: (a, b) => b.sequence - a.sequence,
		hold: () => false,
	});
	const more = list.older !== null;
	return (
		<>
			<p class="search-state" role="status">
				<span>{list.rows === undefined ? "Searching…" : `${list.rows.length}${more ? " so far" : ""} found, newest first.`}</span>
				{reach !== null && needsIndex(search) && <Reach {...reach} />}
				<Button small kind="quiet" onClick={list.reload}>
					Search again
				</Button>
			</p>
			<ListFrame
				list={list}
				label="Events found"
				topRef={top}
				onTop={() => top.current?.scrollIntoView()}
				empty={
					more ? (
						<EmptyState title="Nothing found so far">Many events had to be looked at. Load older to look further back.</EmptyState>
					) : (
						<EmptyState title="No event is like that">
							Try fewer words, or another time. Words are found as a whole, in any order.
						</EmptyState>
					)
				}
			>
				{(row) => (
					<EventRow row={row} href={`${eventPath(editing.id, row.id)}&view=events${suffix}`} chosen={row.id === chosen}>
						{row.snippet !== null && row.snippet !== "" && (
							<span class="log-snippet">
								{markHits(row.snippet, search).map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))}
							</span>
						)}
					</EventRow>
				)}
			</ListFrame>
		</>
	);
}

/** How far words are known. */
function Reach({ indexedThrough, lastSequence }: { indexedThrough: number; lastSequence: number }) {
	const behind = lastSequence - indexedThrough;
	if (behind <= 0) return <span>All events are searched.</span>;
	return (
		<span>
			Searched up to event #{indexedThrough.toLocaleString()}; {behind.toLocaleString()} newer{" "}
			{behind === 1 ? "one follows" : "ones follow"} in a moment.
		</span>
	);
}
