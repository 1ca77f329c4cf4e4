import { useRef } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";
import { Button } from "../../../components/button";
import { NumberField, SelectField, TextField } from "../../../components/field";
import { Card } from "../../../components/surfaces";
import { ChoiceCards } from "../components/choice-cards";
import { useEditor } from "../context";
import type { Draft } from "../editing";
import { calledInText } from "../senders";
import { FieldPicker } from "./field-picker";
import { pathsOf, READABLE, toggled } from "./key-fields";
import { OrderPreview } from "./order-preview";
import { SamplePicker } from "./sample-picker";
import type { SampleEvent } from "./use-sample-event";
import "./cards.css";

const CHOICES = [
	{ value: "none", label: "No order", about: "As many at once as the limit below allows. The quickest; a later event may end first." },
	{
		value: "integration",
		label: "One after the other",
		about: "The whole integration is one queue: each event waits until the one before it has ended.",
	},
	{
		value: "key",
		label: "In order per key",
		about: "For instance per product or order. Different keys run side by side, events with the same key one after the other.",
	},
] as const;

const ON_FAILURE = [
	{ value: "continue", label: "Go on, and keep it as failed" },
	{ value: "block", label: "Wait for a person" },
] as const;

/** In what order events run, and how many at once. */
export function OrderCard({ sample, sender }: { sample: SampleEvent; sender?: SenderView | undefined }) {
	const { editing } = useEditor();
	const { ordering } = editing.draft.value;
	const errors = editing.fieldErrors.value;
	const keyBefore = useRef(ordering.key);
	const change = (part: Partial<Draft["ordering"]>, subject: string | null = "ordering"): void =>
		editing.edit(subject, (before) => ({ ...before, ordering: { ...before.ordering, ...part } }));
	const turn = (mode: Draft["ordering"]["mode"]): void => {
		if (ordering.key !== null) keyBefore.current = ordering.key;
		change({ mode, key: mode === "key" ? keyBefore.current : null }, null);
	};
	return (
		<Card
			title="Order"
			about="A change counts for events that are accepted after you save it. Those that wait by then keep the order they have."
		>
			<div class="stack">
				<ChoiceCards label="Order in which events run" choices={CHOICES} value={ordering.mode} disabled={editing.readOnly} onValue={turn} />
				{sender !== undefined && sender.orderingKeys.length > 0 && !editing.readOnly && (
					<SuggestedKeys sender={sender} chosen={ordering.key} onKey={(key) => change({ mode: "key", key }, null)} />
				)}
				{ordering.mode === "key" && <KeyFields sample={sample} onKey={(key) => change({ key }, "ordering.key")} />}
				{ordering.mode !== "none" && (
					<SelectField
						label="When an event fails for good"
						value={ordering.onFailure}
						choices={ON_FAILURE}
						disabled={editing.readOnly}
						help={FAILURE_HELP[ordering.onFailure][ordering.mode]}
						onValue={(onFailure) => change({ onFailure })}
					/>
				)}
				<div class="answer-row">
					{ordering.mode !== "integration" && (
						<NumberField
							label="How many at once, at most"
							value={ordering.concurrency}
							min={1}
							max={200}
							disabled={editing.readOnly}
							error={errors.get("ordering.concurrency")}
							help="1 to 200. Lower it where the target system is slow."
							onValue={(concurrency) =>
								concurrency !== null && change({ concurrency: Math.max(1, Math.min(200, Math.round(concurrency))) })
							}
						/>
					)}
					<NumberField
						label="How many begin each second, at most"
						optional
						value={ordering.startsPerSecond}
						min={0.1}
						max={1000}
						step={0.1}
						disabled={editing.readOnly}
						error={outside(ordering.startsPerSecond, 0.1, 1000) ?? errors.get("ordering.startsPerSecond")}
						help="Also how fast what was held runs when a pause ends. Empty: as fast as it goes."
						onValue={(startsPerSecond) => change({ startsPerSecond })}
					/>
				</div>
			</div>
		</Card>
	);
}

/** What usually belongs together in this sender's events. */
function SuggestedKeys({ sender, chosen, onKey }: { sender: SenderView; chosen: string | null; onKey: (key: string) => void }) {
	return (
		<fieldset class="suggested-keys">
			<legend>Usual for {calledInText(sender)}: keep the order of</legend>
			<div class="row">
				{sender.orderingKeys.map(({ path, what }) => (
					<Button key={path} small title={path} aria-pressed={path === chosen} onClick={() => onKey(path)}>
						{what}
					</Button>
				))}
			</div>
		</fieldset>
	);
}

const FAILURE_HELP = {
	continue: {
		integration: "The next event runs. The failed one is listed in Logs and can be replayed.",
		key: "The key's next event runs. The failed one is listed in Logs and can be replayed.",
	},
	block: {
		integration: "All later events wait until somebody retries or skips it in Logs.",
		key: "Later events with the same key wait until somebody retries or skips it in Logs. Other keys go on.",
	},
} as const;

function KeyFields({ sample, onKey }: { sample: SampleEvent; onKey: (key: string | null) => void }) {
	const { editing } = useEditor();
	const key = editing.draft.value.ordering.key ?? "";
	const paths = pathsOf(key);
	const error =
		key.trim() !== "" && parseOrderingKey(key) === null
			? "A key is a path such as event.body.sku, or several joined by commas."
			: editing.fieldErrors.value.get("ordering.key");
	return (
		<div class="stack key-part">
			<TextField
				label="Key"
				mono
				value={key}
				spellcheck={false}
				autocomplete="off"
				placeholder="event.body.sku"
				maxLength={500}
				required
				disabled={editing.readOnly}
				error={error}
				help={`Events with the same value here run in order. Several fields, joined by commas, count together. ${READABLE}`}
				onValue={(typed) => onKey(typed === "" ? null : typed)}
			/>
			<SamplePicker sample={sample} />
			{sample.source !== undefined && (
				<>
					{!editing.readOnly && (
						<FieldPicker
							label="Its fields: choose what makes the key"
							source={sample.source}
							chosen={paths}
							onToggle={(path) => onKey(toggled(paths, path).join(", ") || null)}
						/>
					)}
					{sample.event !== undefined && (
						<OrderPreview
							ordering={editing.draft.value.ordering}
							sequence={sample.event.sequence}
							source={sample.source}
							unread={sample.unread}
						/>
					)}
				</>
			)}
		</div>
	);
}

/** What is wrong with a number that has bounds; nothing with an empty one. */
export function outside(value: number | null, lowest: number, highest: number): string | undefined {
	if (value === null || (value >= lowest && value <= highest)) return undefined;
	return `From ${lowest.toLocaleString()} to ${highest.toLocaleString()}.`;
}
