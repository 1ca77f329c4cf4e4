import { useId } from "preact/hooks";
import "./switch.css";

interface SwitchProps {
	label: string;
	checked: boolean;
	onValue: (checked: boolean) => void;
	/** A sentence below the label. */
	help?: string;
	disabled?: boolean;
}

/** An on/off switch that takes effect (or marks the form as changed) at once. Its role is `switch`, its name the label. */
export function Switch({ label, checked, onValue, help, disabled = false }: SwitchProps) {
	const id = useId();
	return (
		<div class="switch">
			<button
				type="button"
				role="switch"
				id={id}
				aria-checked={checked}
				aria-labelledby={`${id}-label`}
				aria-describedby={help ? `${id}-help` : undefined}
				disabled={disabled}
				onClick={() => onValue(!checked)}
			>
				<span class="switch-knob" />
			</button>
			<label id={`${id}-label`} for={id}>
				{label}
			</label>
			{help && (
				<p class="field-help" id={`${id}-help`}>
					{help}
				</p>
			)}
		</div>
	);
}
