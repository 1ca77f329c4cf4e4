import { useMemo, useState } from "preact/hooks";
import type { KeySource } from "../../../../worker/integrations/lane";
import { Button } from "../../../components/button";
import { shorten } from "../../../designer/completion";
import { type KeyField, keyFields } from "./key-fields";

interface FieldPickerProps {
	/** Accessible name: "Fields of the event". */
	label: string;
	source: KeySource;
	chosen: readonly string[];
	onToggle: (path: string) => void;
}

const SHOWN = 8;

/** The fields of a received event with their values, to be chosen by a click. */
export function FieldPicker({ label, source, chosen, onToggle }: FieldPickerProps) {
	const [all, setAll] = useState(false);
	const fields = useMemo(() => keyFields(source), [source]);
	if (fields.length === 0) return <p class="field-help">This event has no plain values to choose from.</p>;
	const shown = all ? fields : fields.filter((field, i) => i < SHOWN || chosen.includes(field.path));
	return (
		<fieldset class="field-picker">
			<legend>{label}</legend>
			<div class="field-picker-list">
				{shown.map((field) => (
					<FieldOption key={field.path} field={field} checked={chosen.includes(field.path)} onToggle={() => onToggle(field.path)} />
				))}
			</div>
			{shown.length < fields.length && (
				<Button small kind="quiet" onClick={() => setAll(true)}>
					Show all {fields.length} fields
				</Button>
			)}
		</fieldset>
	);
}

function FieldOption(props: { field: KeyField; checked: boolean; onToggle: () => void }) {
	const { field, checked, onToggle } = props;
	return (
		<label class="field-option" title={field.path}>
			<input type="checkbox" checked={checked} onChange={onToggle} />
			<span class="field-option-name">{field.label}</span>
			<span class="field-option-value clip">{shorten(field.value, 60)}</span>
		</label>
	);
}
