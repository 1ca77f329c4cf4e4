import type { EventDetail, ExecutionDetail } from "../../../../worker/api/types";
import { Callout } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { eventPath, executionPath, tabPath, useEditor } from "../context";

/** An integration by its name, for a sentence. */
function useName(id: string): { name: string; gone: boolean } {
	const { value, failure } = useResource(`integration named ${id}`, () => calls.integration(id));
	const gone = failure?.status === 404;
	return { name: value === undefined ? (gone ? "an integration that was deleted" : "another integration") : `“${value.name}”`, gone };
}

/** Below a failure: what became of running the integration that was named for it. */
export function FailureCall({ call: { integrationId, status, eventId } }: { call: NonNullable<ExecutionDetail["failureCall"]> }) {
	const { editing } = useEditor();
	const { name, gone } = useName(integrationId);
	const settings = <a href={tabPath(editing.id, "general")}>General</a>;
	switch (status) {
		case "delivered":
			return (
				<p class="soft">
					Because it failed, {gone || eventId === null ? name : <a href={eventPath(integrationId, eventId)}>{name}</a>} was run.
				</p>
			);
		case "due":
			return <p class="soft">Because it failed, {name} is to run. It is told as soon as it can take it.</p>;
		case "gone":
			return (
				<Callout kind="warn" title="No other integration was run">
					The one that was to run is deleted. Choose another one under {settings}.
				</Callout>
			);
		case "too_many_hops":
			return (
				<Callout kind="warn" title={`${name} was not run`}>
					Integrations run one another in a circle when they fail. Break it under {settings}.
				</Callout>
			);
		case "given_up":
			return (
				<Callout kind="warn" title={`${name} was not run`}>
					It had no room for another event for a week.
				</Callout>
			);
	}
}

/** Which integration made an event by a call, with a way there. */
export function CalledBy({ by: { integrationId, executionId } }: { by: NonNullable<EventDetail["calledBy"]> }) {
	const { name, gone } = useName(integrationId);
	return <>Called by {gone ? name : <a href={executionPath(integrationId, executionId)}>{name}</a>}</>;
}
