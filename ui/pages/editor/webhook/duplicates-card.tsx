import { useState } from "preact/hooks";
import type { SenderView } from "../../../../worker/api/types";
import { parseOrderingKey } from "../../../../worker/integrations/ordering-key";
import { NumberField, SelectField, TextField } from "../../../components/field";
import { Callout, Card } from "../../../components/surfaces";
import { useEditor } from "../context";
import { sameJson } from "../draft";
import type { Draft } from "../editing";
import { DuplicatesPreview } from "./duplicates-preview";
import { FieldPicker } from "./field-picker";
import { pathsOf, READABLE, toggled } from "./key-fields";
import { SamplePicker } from "./sample-picker";
import type { SampleEvent } from "./use-sample-event";
import { joinWindow, splitWindow, UNITS, windowProblem } from "./window";
import "./cards.css";

type Dedupe = Draft["webhook"]["dedupe"];

const MODES = [
	{ value: "off", label: "Off: every delivery is an event" },
	{ value: "sender", label: "The sender's own id" },
	{ value: "header", label: "A header" },
	{ value: "fields", label: "Fields of the event" },
	{ value: "content", label: "The same content" },
] as const;

const ABOUT: Record<Dedupe["mode"], string> = {
	off: "Right where the sender never repeats itself, or where running twice does no harm.",
	sender: "Many senders name each delivery in a header, and repeat the name when they send it again: GitHub, Shopify, Svix and others.",
	header: "Two deliveries with the same value in this header are one.",
	fields: "Two deliveries with the same values in these fields are one.",
	content: "Two deliveries with the same method, path and body are one.",
};

/** By what a delivery is recognized that comes a second time. */
export function DuplicatesCard({ sample, sender }: { sample: SampleEvent; sender: SenderView | undefined }) {
	const { editing } = useEditor();
	const { dedupe } = editing.draft.value.webhook;
	const change = (part: Partial<Dedupe>, subject: string | null = null): void =>
		editing.edit(subject, (before) => ({ ...before, webhook: { ...before.webhook, dedupe: { ...before.webhook.dedupe, ...part } } }));
	return (
		<Card
			title="Duplicates"
			about="Senders repeat a delivery when they missed our answer. A repeated one is answered with 200, listed in the Inbox, and does not run again."
		>
			<div class="stack">
				<SelectField
					label="Recognize a repeated delivery by"
					value={dedupe.mode}
					choices={MODES}
					disabled={editing.readOnly}
					help={ABOUT[dedupe.mode]}
					onValue={(mode) => change({ mode })}
				/>
				{dedupe.mode === "content" && (
					<Callout kind="warn" title="Two equal messages are then one">
						A ping that looks the same every time, or a stock level that goes from 5 to 4 and back to 5, is taken for a repeat. Choose this
						only where each message differs. Messages without a body are never duplicates.
					</Callout>
				)}
				{dedupe.mode === "header" && <HeaderField sample={sample} onHeader={(header) => change({ header }, "dedupe.header")} />}
				{dedupe.mode === "fields" && <Fields sample={sample} onFields={(fields) => change({ fields }, "dedupe.fields")} />}
				{dedupe.mode !== "off" && (
					<>
						<WindowFields seconds={dedupe.windowSeconds} onSeconds={(windowSeconds) => change({ windowSeconds }, "dedupe.window")} />
						<SamplePicker sample={sample} />
						{sample.event !== undefined && sample.source !== undefined && (
							<DuplicatesPreview
								dedupe={dedupe}
								event={sample.event}
								source={sample.source}
								isItem={sample.isItem}
								unread={sample.unread}
								own={ownIds(sender, sample.isItem ? editing.draft.value.webhook.batch : null)}
							/>
						)}
					</>
				)}
			</div>
		</Card>
	);
}

function HeaderField({ sample, onHeader }: { sample: SampleEvent; onHeader: (header: string) => void }) {
	const { editing } = useEditor();
	const { header = "" } = editing.draft.value.webhook.dedupe;
	const listId = "headers-of-the-sample";
	return (
		<>
			<TextField
				label="Header"
				mono
				value={header}
				list={listId}
				spellcheck={false}
				autocomplete="off"
				placeholder="X-Delivery-Id"
				maxLength={100}
				required
				disabled={editing.readOnly}
				error={
					header !== "" && !/^[A-Za-z0-9-]{1,100}$/.test(header)
						? "The name of a header has letters, digits and dashes."
						: editing.fieldErrors.value.get("webhook.dedupe.header")
				}
				help="Its name; capitals do not matter."
				onValue={onHeader}
			/>
			<datalist id={listId}>
				{(sample.event?.headers ?? []).map(([name]) => (
					<option key={name} value={name} />
				))}
			</datalist>
		</>
	);
}

function Fields({ sample, onFields }: { sample: SampleEvent; onFields: (fields: string[] | undefined) => void }) {
	const { editing } = useEditor();
	const fields = editing.draft.value.webhook.dedupe.fields ?? [];
	const errors = [...editing.fieldErrors.value].find(([field]) => field.startsWith("webhook.dedupe.fields"));
	const take = (paths: string[]): void => onFields(paths.length === 0 ? undefined : paths.slice(0, 10));
	return (
		<div class="stack key-part">
			<TypedFields fields={fields} error={errors?.[1]} onFields={take} />
			{sample.source !== undefined && !editing.readOnly && (
				<FieldPicker
					label={`Fields of event #${sample.event?.sequence}`}
					source={sample.source}
					chosen={fields}
					onToggle={(path) => take(toggled(fields, path))}
				/>
			)}
		</div>
	);
}

/** The paths as one text; it follows the fields when they change elsewhere. */
function TypedFields({
	fields,
	error,
	onFields,
}: {
	fields: readonly string[];
	error: string | undefined;
	onFields: (paths: string[]) => void;
}) {
	const { editing } = useEditor();
	const [typed, setTyped] = useState(fields.join(", "));
	const text = sameJson(pathsOf(typed), fields) ? typed : fields.join(", ");
	const wrong = fields.find((field) => parseOrderingKey(field)?.length !== 1);
	return (
		<TextField
			label="Fields"
			mono
			value={text}
			spellcheck={false}
			autocomplete="off"
			placeholder="event.body.id"
			required
			disabled={editing.readOnly}
			error={wrong === undefined ? error : `“${wrong}” is not a path such as event.body.id.`}
			help={`Paths, joined by commas; ten at most. All of them have to be the same. ${READABLE}`}
			onValue={(next) => {
				setTyped(next);
				onFields(pathsOf(next));
			}}
		/>
	);
}

function WindowFields({ seconds, onSeconds }: { seconds: number; onSeconds: (seconds: number) => void }) {
	const { editing } = useEditor();
	const { amount, unit } = splitWindow(seconds);
	return (
		<div class="window-row">
			<NumberField
				label="Remember each for"
				value={amount}
				min={1}
				disabled={editing.readOnly}
				error={windowProblem(seconds) ?? editing.fieldErrors.value.get("webhook.dedupe.windowSeconds")}
				onValue={(next) => next !== null && onSeconds(joinWindow(next, unit))}
			/>
			<SelectField
				label="Unit"
				unlabelled
				value={unit}
				choices={UNITS}
				disabled={editing.readOnly}
				onValue={(next) => onSeconds(joinWindow(amount, next))}
			/>
			<p class="field-help">1 minute to 7 days. What comes later is a new event.</p>
		</div>
	);
}

/** Where the sender's own id stands; of an item of its own list, within that. */
function ownIds(sender: SenderView | undefined, batch: Draft["webhook"]["batch"]): readonly string[] {
	if (sender?.batch && batch && sender.batch.path === batch.path && sender.batch.duplicateId.length > 0) return sender.batch.duplicateId;
	return sender?.duplicateId ?? [];
}
