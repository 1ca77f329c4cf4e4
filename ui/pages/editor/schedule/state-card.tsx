import { useEffect } from "preact/hooks";
import { Card } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { useEditor } from "../context";

/** What the saved schedule has done: last run, next run, and runs that were left out. */
export function StateCard() {
	const { editing, live } = useEditor();
	const { version } = editing.server.value;
	const { value, reload } = useResource(`schedule ${editing.id} ${version}`, () => calls.scheduleState(editing.id));

	useEffect(
		() =>
			live.listen((changes, gap) => {
				if (gap || changes.some((change) => change.kind === "event" && change.event.source === "schedule")) reload();
			}),
		[live, reload],
	);

	if (value === undefined) return null;
	return (
		<Card title="As saved">
			<dl class="schedule-state">
				<dt>Next run</dt>
				<dd>
					<Time iso={value.nextRunAt} full never="none" />
				</dd>
				<dt>Last run</dt>
				<dd>
					<Time iso={value.lastRunAt} full never="not yet" />
				</dd>
				{value.skipped > 0 && (
					<>
						<dt>Left out</dt>
						<dd>
							{value.skipped} {value.skipped === 1 ? "run" : "runs"}, last <Time iso={value.lastSkippedAt} />: the one before had not ended.
						</dd>
					</>
				)}
			</dl>
		</Card>
	);
}
