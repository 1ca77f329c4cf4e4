import { NumberField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { Time } from "../../../components/time";
import { useResource } from "../../../resource";
import { describeBytes } from "../../settings/bytes";
import { calls } from "../calls";
import { useEditor } from "../context";
import type { Draft } from "../editing";
import { outside } from "../webhook/order-card";

const MB = 1_000_000;

/** How long and how much of the history is kept. */
export function KeepingCard() {
	const { editing } = useEditor();
	const { days, bytes } = editing.draft.value.retention;
	const errors = editing.fieldErrors.value;
	const { value: kept } = useResource(`kept ${editing.id}`, () => calls.kept(editing.id));
	const change = (part: Partial<Draft["retention"]>): void =>
		editing.edit("retention", (before) => ({ ...before, retention: { ...before.retention, ...part } }));
	return (
		<Card title="Events kept" about="Older ones are deleted, with their executions. What waits, or blocks a lane, stays. Counts stay too.">
			<div class="stack">
				<div class="answer-row">
					<NumberField
						label="Keep events for, days"
						value={days}
						min={1}
						max={365}
						disabled={editing.readOnly}
						error={outside(days, 1, 365) ?? errors.get("retention.days")}
						onValue={(next) => next !== null && change({ days: next })}
					/>
					<NumberField
						label="Keep at most, MB"
						value={bytes / MB}
						min={10}
						max={5_000}
						disabled={editing.readOnly}
						error={outside(bytes / MB, 10, 5_000) ?? errors.get("retention.bytes")}
						help="1,000 MB are 1 GB."
						onValue={(next) => next !== null && change({ bytes: Math.round(next * MB) })}
					/>
				</div>
				{kept !== undefined && (
					<p class="soft small">
						{kept.since === null ? (
							"No event is kept now."
						) : (
							<>
								Kept now: {describeBytes(kept.bytes)} of events, the oldest came <Time iso={kept.since} />. With the history and the search
								it takes {describeBytes(kept.databaseBytes)}.
							</>
						)}
					</p>
				)}
			</div>
		</Card>
	);
}
