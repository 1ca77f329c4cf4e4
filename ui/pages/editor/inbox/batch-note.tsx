import type { BatchPlace } from "../../../../worker/api/types";
import { Callout } from "../../../components/surfaces";
import { tabPath, useEditor } from "../context";

/** What else came in the delivery of an event, and the way to it. */
export function BatchNote({ batch, entryId }: { batch: BatchPlace; entryId: string }) {
	const { editing } = useEditor();
	const { first, events } = batch;
	const href = `${tabPath(editing.id, "logs")}?view=inbox&entry=${encodeURIComponent(entryId)}&batch=${first}`;
	return (
		<Callout>
			{batchWords(batch)}
			{events > 1 && (
				<>
					{" "}
					<a href={href}>{events === 2 ? "Show both" : `Show all ${events}`}</a>
				</>
			)}
		</Callout>
	);
}

/** "Event 2 of 3 that came in one delivery; 1 more was seen before and made none." */
export function batchWords({ events, duplicates, place }: BatchPlace): string {
	const own = events === 1 ? "The only event of its delivery" : `Event ${place} of ${events} that came in one delivery`;
	if (duplicates === 0) return `${own}.`;
	return `${own}; ${duplicates === 1 ? "1 more was seen before and made none" : `${duplicates} more were seen before and made none`}.`;
}
