import { useId } from "preact/hooks";
import "./choice-cards.css";

interface ChoiceCardsProps<Value extends string> {
	/** Accessible name of the group. */
	label: string;
	choices: readonly { value: Value; label: string; about: string }[];
	value: Value;
	onValue: (value: Value) => void;
	disabled?: boolean;
}

/** One of a few ways, each with a sentence on what it means. */
export function ChoiceCards<Value extends string>({ label, choices, value, onValue, disabled = false }: ChoiceCardsProps<Value>) {
	const name = useId();
	return (
		<fieldset class="choice-cards">
			<legend class="unseen">{label}</legend>
			{choices.map((choice) => (
				<label key={choice.value} class="choice-card">
					<input
						type="radio"
						name={name}
						checked={choice.value === value}
						disabled={disabled}
						aria-describedby={`${name}-${choice.value}`}
						aria-label={choice.label}
						onChange={() => onValue(choice.value)}
					/>
					<span>
						<span class="choice-card-name">{choice.label}</span>
						<span class="field-help" id={`${name}-${choice.value}`}>
							{choice.about}
						</span>
					</span>
				</label>
			))}
		</fieldset>
	);
}
