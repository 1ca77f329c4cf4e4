import { useEffect, useState } from "preact/hooks";
import type { EventDetail } from "../../../../worker/api/types";
import { Callout } from "../../../components/surfaces";
import { createPreview, type Preview } from "../../../designer/preview";
import { startWorker } from "../../../designer/preview-start";
import { useEditor } from "../context";

/** Milliseconds of quiet before the condition is tried. */
const QUIET_MS = 200;
/** The filter as a step of its own: the preview says of a step whether it lets an event through. */
const STEP = "filter";

type Found = { status: "runs" } | { status: "filtered" } | { status: "failed"; message: string };

/** What the filter would do to a real event, by the code that runs it. */
export function FilterPreview({ filter, event }: { filter: string; event: EventDetail }) {
	const { editing } = useEditor();
	const { vars } = editing.draft.value;
	const [preview, setPreview] = useState<Preview | null>(null);
	const [found, setFound] = useState<Found | null>(null);

	useEffect(() => {
		const started = createPreview(startWorker);
		setPreview(started);
		return () => started.close();
	}, []);

	useEffect(() => {
		if (preview === null) return;
		let wanted = true;
		const timer = setTimeout(async () => {
			const steps = [{ id: STEP, type: "filter" as const, condition: filter }];
			const answer = await preview.load({ kind: "load", event, body: null, workflow: { steps }, vars, outputs: {} });
			if (wanted) setFound(foundIn(answer));
		}, QUIET_MS);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [preview, filter, event, vars]);

	if (found === null) return null;
	if (found.status === "failed")
		return (
			<Callout kind="bad" title={`Event #${event.sequence} would fail`}>
				{found.message}
			</Callout>
		);
	return found.status === "runs" ? (
		<Callout kind="good" title={`Event #${event.sequence} would run`}>
			The condition is true for it.
		</Callout>
	) : (
		<Callout title={`Event #${event.sequence} would be filtered`}>The condition is not true for it.</Callout>
	);
}

/** @param answer null: it took too long */
function foundIn(answer: Awaited<ReturnType<Preview["load"]>>): Found {
	if (answer === null) return { status: "failed", message: "The condition takes longer than a second here." };
	if (answer.problem !== null) return { status: "failed", message: answer.problem };
	const step = answer.steps[STEP];
	if (step?.status === "filtered") return { status: "filtered" };
	return step?.status === "failed" ? { status: "failed", message: step.message } : { status: "runs" };
}
