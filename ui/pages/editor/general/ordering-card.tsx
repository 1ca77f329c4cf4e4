import { NumberField, SelectField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { ChoiceCards } from "../components/choice-cards";
import { useEditor } from "../context";
import type { Draft } from "../editing";

const CHOICES = [
	{
		value: "none",
		label: "Side by side",
		about: "Events run as they come, several at the same time. The quickest; the order in which they end is not kept.",
	},
	{
		value: "integration",
		label: "One after another",
		about: "Each event waits until the one before it has ended. The order in which things happened is kept.",
	},
] as const;

const ON_FAILURE = [
	{ value: "continue", label: "the next one runs" },
	{ value: "block", label: "the others wait until somebody decides" },
] as const;

/** In what order events run. */
export function OrderingCard() {
	const { editing } = useEditor();
	const { ordering } = editing.draft.value;
	const errors = editing.fieldErrors.value;
	const change = (part: Partial<Draft["ordering"]>): void =>
		editing.edit("ordering", (before) => ({ ...before, ordering: { ...before.ordering, ...part } }));
	return (
		<Card title="Order" about="A change counts for events that arrive after you save it.">
			<div class="stack">
				<ChoiceCards
					label="Order in which events run"
					choices={CHOICES}
					value={ordering.mode === "integration" ? "integration" : "none"}
					disabled={editing.readOnly}
					onValue={(mode) => change({ mode, key: null })}
				/>
				{ordering.mode === "integration" && (
					<SelectField
						label="When one fails for good"
						value={ordering.onFailure}
						choices={ON_FAILURE}
						disabled={editing.readOnly}
						help="A failed event can be retried from Logs in both cases."
						onValue={(onFailure) => change({ onFailure })}
					/>
				)}
				{ordering.mode !== "integration" && (
					<NumberField
						label="At the same time, at most"
						value={ordering.concurrency}
						min={1}
						max={200}
						disabled={editing.readOnly}
						error={errors.get("ordering.concurrency")}
						help="Executions of this integration. Lower it where the target system is slow."
						onValue={(concurrency) => concurrency !== null && change({ concurrency: Math.max(1, Math.min(200, Math.round(concurrency))) })}
					/>
				)}
			</div>
		</Card>
	);
}
