import { useEffect, useState } from "preact/hooks";
import type { BlockedLaneView } from "../../../../worker/api/types";
import { Button, LinkButton } from "../../../components/button";
import { ConfirmDialog } from "../../../components/dialog";
import { Callout } from "../../../components/surfaces";
import { toast } from "../../../components/toast";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { executionPath, useEditor } from "../context";

/** Milliseconds between two looks while executions stream by. */
const PACE_MS = 1000;

/** Failed events that hold back those behind them, until somebody retries or skips them. */
export function BlockedLanes() {
	const { editing, live } = useEditor();
	const { value, reload } = useResource(`blocked lanes ${editing.id}`, () => calls.blockedLanes(editing.id));

	const { mode, onFailure } = editing.server.value.ordering;
	const watched = (mode !== "none" && onFailure === "block") || (value?.items.length ?? 0) > 0;

	useEffect(() => {
		if (!watched) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = (): void => {
			timer = undefined;
			reload();
		};
		const stop = live.listen((changes, gap) => {
			if (gap || changes.some((change) => change.kind === "execution")) timer ??= setTimeout(look, PACE_MS);
		});
		return () => {
			clearTimeout(timer);
			stop();
		};
	}, [live, reload, watched]);

	return (
		<>
			{value?.items.map((lane) => (
				<BlockedLane key={lane.id} lane={lane} onDone={reload} />
			))}
		</>
	);
}

function BlockedLane({ lane, onDone }: { lane: BlockedLaneView; onDone: () => Promise<void> }) {
	const { editing } = useEditor();
	const [skipping, setSkipping] = useState(false);
	const behind = `${lane.behind} ${lane.behind === 1 ? "event waits" : "events wait"} behind it`;
	const key = lane.key.length === 0 ? "" : ` (key ${lane.key.map((part) => JSON.stringify(part)).join(", ")})`;
	return (
		<Callout
			kind="warn"
			title={`Event #${lane.sequence} failed and holds back the order${key}`}
			actions={
				<>
					<LinkButton href={executionPath(editing.id, lane.executionId)}>Open it</LinkButton>
					{!editing.readOnly && <Button onClick={() => setSkipping(true)}>Skip it</Button>}
				</>
			}
		>
			{lane.reason?.message.replace(/\.?$/, ".")} {behind}. Retry it, or skip it and let the others go on.
			{skipping && (
				<ConfirmDialog
					title={`Skip event #${lane.sequence}?`}
					action="Skip event"
					danger={false}
					onClose={() => setSkipping(false)}
					onConfirm={async () => {
						const answer = await calls.skipLane(editing.id, lane.id);
						if (!answer.ok) return answer.message;
						toast("Skipped. What waited runs now.");
						await onDone();
						return undefined;
					}}
				>
					It stays failed and can be retried later; its turn in the order is over then. {behind}.
				</ConfirmDialog>
			)}
		</Callout>
	);
}
