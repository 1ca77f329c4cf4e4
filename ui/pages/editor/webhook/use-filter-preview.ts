import { useEffect, useState } from "preact/hooks";
import type { EventDetail } from "../../../../worker/api/types";
import { createPreview, type Preview } from "../../../designer/preview";
import { startWorker } from "../../../designer/preview-start";
import { useEditor } from "../context";

/** Milliseconds of quiet before the condition is tried. */
const QUIET_MS = 200;
/** The filter as a step of its own: the preview says of a step whether it lets an event through. */
const STEP = "filter";

export type Found = { status: "runs" } | { status: "filtered" } | { status: "failed"; message: string };

export interface FilterPreview {
	/** What the condition would do to the event; null while it is not known, and where there is none of the two. */
	found: Found | null;
	/** Names and values that the condition may use. */
	scope: Record<string, unknown>;
}

/**
 * Tries a webhook's filter on a real event, by the code that runs it, in a Web Worker.
 * @param wanted false as long as nobody works with the filter: nothing is started then
 */
export function useFilterPreview(filter: string, event: EventDetail | undefined, wanted: boolean): FilterPreview {
	const { editing } = useEditor();
	const { vars } = editing.draft.value;
	const [preview, setPreview] = useState<Preview | null>(null);
	const [found, setFound] = useState<Found | null>(null);
	const [seen, setSeen] = useState<Record<string, unknown>>({});

	useEffect(() => {
		if (!wanted) return;
		const started = createPreview(startWorker);
		setPreview(started);
		return () => started.close();
	}, [wanted]);

	useEffect(() => {
		if (preview === null) return;
		let current = true;
		const timer = setTimeout(async () => {
			const steps = filter === "" ? [] : [{ id: STEP, type: "filter" as const, condition: filter }];
			const answer = await preview.load({ kind: "load", event: event ?? null, body: null, workflow: { steps }, vars, outputs: {} });
			if (!current) return;
			if (answer !== null) setSeen(answer.event);
			setFound(filter === "" || event === undefined ? null : foundIn(answer));
		}, QUIET_MS);
		return () => {
			current = false;
			clearTimeout(timer);
		};
	}, [preview, filter, event, vars]);

	return { found: filter === "" || event === undefined ? null : found, scope: { event: seen, vars } };
}

/** @param answer null: it took too long */
function foundIn(answer: Awaited<ReturnType<Preview["load"]>>): Found {
	if (answer === null) return { status: "failed", message: "The condition takes longer than a second here." };
	if (answer.problem !== null) return { status: "failed", message: answer.problem };
	const step = answer.steps[STEP];
	if (step?.status === "filtered") return { status: "filtered" };
	return step?.status === "failed" ? { status: "failed", message: step.message } : { status: "runs" };
}
