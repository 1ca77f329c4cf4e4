import { useEffect, useState } from "preact/hooks";
import type { EventDetail } from "../../../../worker/api/types";
import { SelectField } from "../../../components/field";
import { Callout, Skeleton } from "../../../components/surfaces";
import { executionPath, useEditor } from "../context";
import { useExecution } from "../logs/use-execution";
import { SOURCES } from "../logs/words";
import { waterfallOf } from "./waterfall";
import { WaterfallChart } from "./waterfall-chart";

/** An event's way from its arrival to its end, by default that of its newest execution. */
export function EventTimeline({ event }: { event: EventDetail }) {
	const { editing } = useEditor();
	const [chosen, setChosen] = useState<string | null>(null);
	const executions = [...event.executions].sort((a, b) => b.number - a.number);
	const executionId = executions.find(({ id }) => id === chosen)?.id ?? executions[0]?.id;
	const { filteredBy } = event;
	const turnedAway = filteredBy && (
		<Callout kind="info" title="Filtered before any step">
			The webhook’s condition was not true for it, so nothing ran{executions.length > 0 && " the last time"}.
			{filteredBy.condition !== null && (
				<>
					{" "}
					The condition: <code>{filteredBy.condition}</code>
				</>
			)}
		</Callout>
	);
	if (executionId === undefined) return turnedAway;
	return (
		<section class="inbox-timeline" aria-label="Timeline">
			<header class="inbox-part-head">
				<h3 class="grow">Timeline</h3>
				{executions.length > 1 && (
					<SelectField
						label="Execution"
						unlabelled
						value={executionId}
						onValue={setChosen}
						choices={executions.map(({ id, number, status }) => ({
							value: id,
							label: number === 1 ? `First run, ${status}` : `Replay ${number - 1}, ${status}`,
						}))}
					/>
				)}
				<a href={executionPath(editing.id, executionId)}>Every call in full</a>
			</header>
			{turnedAway}
			<Timeline key={executionId} event={event} executionId={executionId} />
		</section>
	);
}

function Timeline({ event, executionId }: { event: EventDetail; executionId: string }) {
	const { detail, failure } = useExecution(executionId);
	const now = useClock(detail !== null && detail.endedAt === null);
	if (failure !== null && detail === null) return <p class="soft">{failure.message}</p>;
	if (detail === null)
		return (
			<div aria-busy="true">
				<Skeleton height="24px" lines={4} />
			</div>
		);
	const isRequest = event.source === "webhook";
	const label = isRequest ? `${event.method} ${event.path}` : SOURCES[event.source];
	return <WaterfallChart waterfall={waterfallOf({ receivedAt: event.receivedAt, label, outcome: "received" }, detail, now)} />;
}

/** Epoch ms; runs on while something is under way. */
function useClock(runs: boolean): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		if (!runs) return;
		const timer = setInterval(() => setNow(Date.now()), 500);
		return () => clearInterval(timer);
	}, [runs]);
	return now;
}
