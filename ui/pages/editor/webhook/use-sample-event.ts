import { useEffect, useState } from "preact/hooks";
import type { EventDetail, EventSummary } from "../../../../worker/api/types";
import type { KeySource } from "../../../../worker/integrations/lane";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { useEditor } from "../context";
import type { ReadSample } from "./sample-reading";

/** A received event on which the cards show what their settings would do. */
export interface SampleEvent {
	/** The latest ones, newest first; undefined until they are known. */
	events: EventSummary[] | undefined;
	/** The chosen one, of a list of events the first of them; undefined while it loads, and where none came yet. */
	event: EventDetail | undefined;
	source: KeySource | undefined;
	/** Events that the chosen one would make; null where it is one. */
	items: number | null;
	/** Whether it is one of several events of a delivery. */
	isItem: boolean;
	/** Why nothing in its body can be named; null where fields can. */
	unread: string | null;
	choose: (id: string) => void;
}

const EVENTS_SHOWN = 30;

/** The newest webhook event unless another one is chosen; the first one is taken up as soon as it comes. */
export function useSampleEvent(): SampleEvent {
	const { editing, live } = useEditor();
	const list = useResource(`sample events ${editing.id}`, () => calls.events(editing.id, { limit: EVENTS_SHOWN }));
	const [chosen, choose] = useState<string | null>(null);
	const events = list.value?.items;
	const id = chosen ?? (events?.find((event) => event.source === "webhook") ?? events?.[0])?.id ?? null;
	const { value: event } = useResource(id === null ? null : `event ${id}`, () => calls.event(editing.id, id ?? ""));

	const none = events?.length === 0;
	const { reload } = list;
	useEffect(() => {
		if (!none) return;
		return live.listen((changes, gap) => {
			if (gap || changes.some((change) => change.kind === "event")) reload();
		});
	}, [none, live, reload]);

	// An event out of a list is not parted again.
	const batchPath = event?.batch ? null : (editing.draft.value.webhook.batch?.path ?? null);
	const [read, setRead] = useState<ReadSample | null>(null);
	useEffect(() => {
		if (event === undefined) return;
		let wanted = true;
		import("./sample-reading").then(
			({ readSample }) => wanted && setRead(readSample(event, batchPath)),
			() => {}, // without it nothing can be tried, and all can be typed
		);
		return () => {
			wanted = false;
		};
	}, [event, batchPath]);
	if (read === null || read.event.id !== event?.id)
		return { events, event: undefined, source: undefined, items: null, isItem: false, unread: null, choose };
	return { events, ...read, isItem: read.items !== null || event.batch !== null, choose };
}
