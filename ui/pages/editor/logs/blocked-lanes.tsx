import { useEffect, useState } from "preact/hooks";
import type { BlockedLaneView } from "../../../../worker/api/types";
import { Button, LinkButton } from "../../../components/button";
import { RetryIcon } from "../../../components/icons";
import { Callout } from "../../../components/surfaces";
import { useResource } from "../../../resource";
import { calls } from "../calls";
import { executionPath, useEditor } from "../context";
import { valueWords } from "../webhook/key-fields";
import { type BlockedAct, BlockedActDialog } from "./blocked-acts";

/** Milliseconds between two looks while executions stream by. */
const PACE_MS = 1000;
/** How many are shown at first. */
const SHOWN = 3;

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

	const lanes = value?.items ?? [];
	if (lanes.length === 0) return null;
	return <BlockedList lanes={lanes} onDone={reload} />;
}

function BlockedList({ lanes, onDone }: { lanes: readonly BlockedLaneView[]; onDone: () => Promise<void> }) {
	const { editing } = useEditor();
	const [all, setAll] = useState(false);
	const [asking, setAsking] = useState<{ act: BlockedAct; lanes: readonly BlockedLaneView[] } | null>(null);
	const waiting = lanes.reduce((sum, lane) => sum + lane.behind, 0);
	const shown = all ? lanes : lanes.slice(0, SHOWN);
	return (
		<section class="stack tight" aria-label="Blocked order">
			{lanes.length > 1 && (
				<div class="blocked-head">
					<p class="grow">
						<b>{lanes.length.toLocaleString()} failed events hold back their order</b>
						<span class="soft">
							{" "}
							· {waiting.toLocaleString()} {waiting === 1 ? "event waits" : "events wait"} behind them
						</span>
					</p>
					{!editing.readOnly && (
						<div class="row">
							<Button small icon={RetryIcon} onClick={() => setAsking({ act: "retry", lanes })}>
								Retry all
							</Button>
							<Button small onClick={() => setAsking({ act: "skip", lanes })}>
								Skip all
							</Button>
						</div>
					)}
				</div>
			)}
			{shown.map((lane) => (
				<BlockedLane key={lane.id} lane={lane} onAct={(act) => setAsking({ act, lanes: [lane] })} />
			))}
			{shown.length < lanes.length && (
				<div>
					<Button small kind="quiet" onClick={() => setAll(true)}>
						Show all {lanes.length.toLocaleString()}
					</Button>
				</div>
			)}
			{asking && <BlockedActDialog {...asking} onDone={onDone} onClose={() => setAsking(null)} />}
		</section>
	);
}

function BlockedLane({ lane, onAct }: { lane: BlockedLaneView; onAct: (act: BlockedAct) => void }) {
	const { editing } = useEditor();
	const behind =
		lane.behind === 0 ? "Nothing waits behind it" : `${lane.behind} ${lane.behind === 1 ? "event waits" : "events wait"} behind it`;
	const key = lane.key.length === 0 ? "" : ` (key ${lane.key.map(valueWords).join(", ")})`;
	return (
		<Callout
			kind="warn"
			title={`Event #${lane.sequence} failed and holds back the order${key}`}
			actions={
				<>
					<LinkButton href={executionPath(editing.id, lane.executionId)}>Open it</LinkButton>
					{!editing.readOnly && (
						<>
							<Button onClick={() => onAct("retry")}>Retry it</Button>
							<Button onClick={() => onAct("skip")}>Skip it</Button>
						</>
					)}
				</>
			}
		>
			{lane.reason?.message.replace(/\.?$/, ".")} {behind}. Retry it, replay it with another body, or skip it and let the others go on.
		</Callout>
	);
}
