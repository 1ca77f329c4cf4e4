import { NumberField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { useEditor } from "../context";
import type { Draft } from "../editing";
import { outside } from "./order-card";

/** What the URL takes at most; beyond it, the sender is asked to come back later. */
export function LimitsCard() {
	const { editing } = useEditor();
	const { ratePerSecond, pendingMax } = editing.draft.value.webhook;
	const errors = editing.fieldErrors.value;
	const change = (part: Partial<Draft["webhook"]>): void =>
		editing.edit("webhook.limits", (before) => ({ ...before, webhook: { ...before.webhook, ...part } }));
	return (
		<Card
			title="Limits"
			about="Empty means no bound. What is turned away is not stored; the sender is told when to try again, and nearly all do so by themselves."
		>
			<div class="answer-row">
				<NumberField
					label="Deliveries each second"
					optional
					value={ratePerSecond}
					min={0.1}
					max={1000}
					step={0.1}
					disabled={editing.readOnly}
					error={outside(ratePerSecond, 0.1, 1000) ?? errors.get("webhook.ratePerSecond")}
					help="More are answered 429 (too many requests)."
					onValue={(next) => change({ ratePerSecond: next })}
				/>
				<NumberField
					label="Events that may wait"
					optional
					value={pendingMax}
					min={1}
					max={1_000_000}
					disabled={editing.readOnly}
					error={outside(pendingMax, 1, 1_000_000) ?? errors.get("webhook.pendingMax")}
					help="Beyond, new deliveries are answered 503 (try again later). Events that are held by a pause count."
					onValue={(next) => change({ pendingMax: next })}
				/>
			</div>
		</Card>
	);
}
